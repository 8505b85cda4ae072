package io.gatehouse.gateway.oauth;

import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** JSON documents that lie where strangers say: at public https addresses only, whatever the operator allows otherwise. */
public interface ClientDocuments {
    /**
     * @param text JSON, as it came
     * @param life how long it may be kept, as whoever gave it says; null: that is not said
     */
    record Document(String text, @Nullable Duration life) {}

    /**
     * @param largest in bytes
     * @return fails with invalid_client_metadata where there is none, and with {@code Throttled}
     */
    Future<Document> fetch(URI place, int largest);
}
