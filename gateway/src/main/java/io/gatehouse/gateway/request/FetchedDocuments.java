package io.gatehouse.gateway.request;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.client.GuardedHttpClient;
import io.gatehouse.gateway.client.OutboundFailure;
import io.gatehouse.gateway.client.OutboundRequest;
import io.gatehouse.gateway.client.OutboundResponse;
import io.gatehouse.gateway.oauth.ClientDocuments;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fetches each time anew, a few at once. One per event loop. */
public final class FetchedDocuments implements ClientDocuments {
    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[,\\s])max-age\\s*=\\s*\"?(\\d{1,9})");

    private final GuardedHttpClient client;
    private final FetchLanes lanes = new FetchLanes();

    /** @param client whatever it allows, only public addresses are reached */
    public static FetchedDocuments by(GuardedHttpClient client) {
        return new FetchedDocuments(client.forStrangers());
    }

    FetchedDocuments(GuardedHttpClient client) {
        this.client = client;
    }

    @Override
    public Future<Document> fetch(URI place, int largest) {
        return lanes.run(place, () -> client.send(OutboundRequest.get(place, "application/json")))
                .map(response -> document(response, largest))
                .recover(failure -> Future.failedFuture(failure instanceof OutboundFailure ? useless() : failure));
    }

    private static Document document(OutboundResponse response, int largest) {
        if (response.status() != 200 || response.body().length() > largest) {
            throw useless();
        }
        return new Document(response.body().toString(StandardCharsets.UTF_8), life(response.cacheControl()));
    }

    private static @Nullable Duration life(@Nullable String cacheControl) {
        if (cacheControl == null) {
            return null;
        }
        String directives = cacheControl.toLowerCase(Locale.ROOT);
        if (directives.contains("no-store") || directives.contains("no-cache")) {
            return Duration.ZERO;
        }
        Matcher age = MAX_AGE.matcher(directives);
        return age.find() ? Duration.ofSeconds(Long.parseLong(age.group(1))) : null;
    }

    private static RuntimeException useless() {
        return OAuthError.failure(
                Code.INVALID_CLIENT_METADATA, "a document that the client names could not be fetched, or is too large");
    }
}
