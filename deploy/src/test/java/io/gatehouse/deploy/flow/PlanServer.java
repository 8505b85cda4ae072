package io.gatehouse.deploy.flow;

import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The server as the conformance plans want it prepared: two clients, and a user of whom every claim is known. */
final class PlanServer {
    static final String SECRET = "plan-secret-0123456789abcdef0123456789";
    static final String POST_SECRET = "plan-post-secret-0123456789abcdef0123456789";
    static final String REDIRECT_URI = "http://127.0.0.1:9999/callback";
    static final String LOGGED_OUT_URI = "http://127.0.0.1:9999/logged-out";
    static final String SCOPE = "openid profile email address phone offline_access";

    /** A user of whom little is known. */
    static final String DECLARED = "ada";

    /** A user that no configuration declares: no key of a declared one sets an address. */
    static final String COMPLETE = "grace";

    static final String PASSWORD = "plan password 0123456789";

    static final Map<String, String> FURTHER_CLAIMS = Map.ofEntries(
            Map.entry("family_name", "Hopper"),
            Map.entry("given_name", "Grace"),
            Map.entry("middle_name", "Brewster"),
            Map.entry("nickname", "Amazing"),
            Map.entry("profile", "http://127.0.0.1:9999/grace"),
            Map.entry("picture", "http://127.0.0.1:9999/grace.png"),
            Map.entry("website", "http://127.0.0.1:9999/"),
            Map.entry("gender", "female"),
            Map.entry("birthdate", "1906-12-09"),
            Map.entry("zoneinfo", "America/New_York"),
            Map.entry("locale", "en-US"),
            Map.entry("address", "1 Navy Yard, Arlington"));

    private PlanServer() {}

    /** Their modules send no PKCE but where they test it, so the clients are registered as ones that can't. */
    static RunningNode node() {
        return node("");
    }

    /** @param keys of the first client, each on a line of its own */
    static RunningNode node(String keys) {
        return node("client_secret: " + SECRET, keys);
    }

    /** @param credential of the first client */
    static RunningNode node(String credential, String keys) {
        return RunningNode.configured("""
                bootstrap:
                  clients:
                    - client_id: plan
                      %1$s
                      redirect_uris: [%3$s]
                      post_logout_redirect_uris: [%4$s]
                      grant_types: [authorization_code, refresh_token]
                      scope: %5$s
                      require_pkce: false
                %6$s
                    - client_id: plan-post
                      client_secret: %2$s
                      redirect_uris: [%3$s]
                      grant_types: [authorization_code, refresh_token]
                      scope: %5$s
                      token_endpoint_auth_method: client_secret_post
                      require_pkce: false
                  users:
                    - {username: %8$s, password: %7$s, name: Ada Lovelace}
                """.formatted(
                credential, POST_SECRET, REDIRECT_URI, LOGGED_OUT_URI, SCOPE, keys.indent(6), PASSWORD, DECLARED));
    }

    /** The user with every claim. */
    static Future<?> declareUser(Store store) {
        return store.users()
                .named("main", new LoginName(LoginName.Kind.USERNAME, DECLARED))
                .compose(ada -> store.users().declare(withClaims(ada), ada.passwordHash()));
    }

    private static UserProfile withClaims(User ada) {
        return new UserProfile(
                "main",
                UUID.randomUUID().toString(),
                COMPLETE,
                "Grace Hopper",
                "grace@example.org",
                true,
                "+15550107",
                true,
                null,
                List.of(),
                ada.profile().state(),
                ada.profile().createdAt(),
                null,
                new HashMap<>(FURTHER_CLAIMS));
    }
}
