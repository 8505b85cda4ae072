package io.gatehouse.gateway.page;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.SelfRegistration;
import io.gatehouse.common.model.SelfRegistration.Source;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client that nobody vouches for: its name is its own word, and only where the answer goes is a fact, and
 * whose document describes it.
 *
 * @param site host of the page that it says to be its own; null: it names none
 * @param answer host that gets the answer, or what kind of URI opens an app
 * @param document host of the client id, where that is the address of a document; null: it is none
 */
public record StrangerLine(
        @Nullable String site, String answer, @Nullable String document) {
    /** Null where somebody vouches for the client. */
    static @Nullable StrangerLine of(Client client, String redirectUri) {
        SelfRegistration registration = client.selfRegistration();
        if (registration == null || registration.verified()) {
            return null;
        }
        String page = registration.clientUri();
        URI redirect = URI.create(redirectUri);
        String scheme = redirect.getScheme();
        boolean web = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
        return new StrangerLine(
                page == null ? null : URI.create(page).getHost(),
                web ? Objects.requireNonNullElse(redirect.getHost(), redirectUri) : scheme + ":",
                registration.source() == Source.METADATA_DOCUMENT
                        ? URI.create(client.clientId()).getHost()
                        : null);
    }
}
