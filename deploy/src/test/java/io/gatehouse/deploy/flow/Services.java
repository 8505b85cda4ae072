package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/** A node with a client that gets tokens, and clients that are the services which the tokens are for. */
final class Services {
    static final String SECRET = "services-secret-0123456789abcdef0123456789";
    static final String ORDERS = "https://orders.example.org/api";

    private final Caller caller;

    Services(Caller caller) {
        this.caller = caller;
    }

    /**
     * The client {@code web} gets tokens for the default audience, for {@link #ORDERS} and for {@code named}. {@code api}
     * serves the default audience, {@code orders} the orders; {@code named} is a service by its client id, {@code other} is
     * another one.
     */
    static RunningNode node() {
        return RunningNode.configured("""
                bootstrap:
                  clients:
                    - {client_id: web, client_secret: %1$s, redirect_uris: ["%2$s"], scope: openid api offline_access,
                       grant_types: [authorization_code, refresh_token, client_credentials], resources: ["%3$s", "app:named"]}
                    - {client_id: api, client_secret: %1$s, grant_types: [client_credentials], serves: [default],
                       introspection_signed_response_alg: ES256}
                    - {client_id: orders, client_secret: %1$s, grant_types: [client_credentials], serves: ["%3$s"]}
                    - {client_id: "app:named", client_secret: %1$s, grant_types: [client_credentials]}
                    - {client_id: other, client_secret: %1$s, grant_types: [client_credentials],
                       serves: ["https://other.example.org"]}
                    - {client_id: spa, redirect_uris: ["%2$s"], scope: openid offline_access,
                       grant_types: [authorization_code, refresh_token], token_endpoint_auth_method: none}
                  users:
                    - {username: ada, password: %4$s}
                """.formatted(SECRET, CodeFlow.REDIRECT_URI, ORDERS, RunningNode.ADA_PASSWORD));
    }

    /** An access token of {@code web}'s own. */
    String token(String... more) {
        Answer answer = caller.post(
                "/oauth2/token",
                basic("web"),
                joined(List.of("grant_type", "client_credentials", "scope", "api"), more));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.text("access_token");
    }

    /** What {@code web} and {@code spa} get for a user. */
    Answer login(String clientId, Person person) {
        return flow(clientId).tokens(person, "openid offline_access", "prompt", "consent");
    }

    CodeFlow flow(String clientId) {
        return new CodeFlow(caller, clientId, clientId.equals("spa") ? null : SECRET);
    }

    Answer introspect(String clientId, String token, String... more) {
        return caller.post("/oauth2/introspect", basic(clientId), joined(List.of("token", token), more));
    }

    boolean isActive(String clientId, String token) {
        return introspect(clientId, token).json().getBoolean("active");
    }

    Answer revoke(String clientId, String token, String... more) {
        return caller.post("/oauth2/revoke", basic(clientId), joined(List.of("token", token), more));
    }

    /** {@code application/x-www-form-urlencoded} first, as RFC 6749, section 2.3.1, says. */
    static String basic(String clientId) {
        return Caller.basic(clientId.replace(":", "%3A"), SECRET);
    }

    private static String[] joined(List<String> usual, String... more) {
        return Stream.concat(usual.stream(), Stream.of(more)).toArray(String[]::new);
    }
}
