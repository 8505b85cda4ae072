package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that trusts issuers of assertions about users, and what tests ask of it. */
abstract class AssertionGrantCase {
    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    static final String SECRET = "secret-of-the-client-0123456789abcdef0123456789";
    static final String PARTNER = "https://partner.example.org";
    static final String MAILER = "https://mail.example.org";
    static final String MIRROR = "https://mirror.example.org";
    static final String REMOTE = "https://remote.example.org";
    static final String STOCK = "https://stock.example.org/";
    static final KeyPair EC = Assertion.key("EC");
    static final KeyPair RSA = Assertion.key("RSA");
    static final KeyPair EDWARDS = Assertion.key("Ed25519");
    static final KeyPair OTHER = Assertion.key("EC");
    static final KeySetServer SERVER = new KeySetServer("127.0.0.1");

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            # Ports change with every start: a token shall not end because its issuer does.
            issuer: http://127.0.0.1:18080
            http_client: {allow: [127.0.0.1]}
            bootstrap:
              tenants:
                - id: main
                  trusted_issuers:
                    - {issuer: "%2$s", jwks: '%6$s', subject: username, clients: [app, spa, bound, pair, strict], scope: api email}
                    - {issuer: "%3$s", jwks: '%7$s', subject: email, clients: [app], algorithms: [ES256], max_life: PT10S}
                    - {issuer: "%4$s", jwks: '%7$s', subject: subject, clients: [app]}
                    - {issuer: "%5$s", jwks_uri: "%8$s", subject: username, clients: [app]}
                - id: side
              clients:
                - {client_id: app, client_secret: %1$s, scope: openid email api stock offline_access, resources: ["%9$s"],
                   grant_types: ["%10$s", refresh_token]}
                - {client_id: spa, token_endpoint_auth_method: none, scope: api, grant_types: ["%10$s"]}
                - {client_id: bound, client_secret: %1$s, scope: api, grant_types: ["%10$s"], dpop_bound_access_tokens: true}
                - {client_id: pair, client_secret: %1$s, scope: api, grant_types: ["%10$s"], subject_type: pairwise,
                   sector_identifier_uri: "https://pair.example.org/"}
                - {client_id: strict, client_secret: %1$s, scope: api, grant_types: [client_credentials]}
                - {client_id: unlisted, client_secret: %1$s, scope: api, grant_types: ["%10$s"]}
                - {client_id: app, client_secret: %1$s, scope: api, grant_types: ["%10$s"], tenant: side}
              users:
                - {username: ada, password: %11$s, email: ada@example.org, email_verified: true, roles: [buyer]}
                - {username: max, password: %11$s, email: max@example.org}
                - {username: gone, password: %11$s, disabled: true}
                - {username: eve, password: %11$s}
                - {username: ada, password: %11$s, tenant: side}
            """.formatted(
                    SECRET,
                    PARTNER,
                    MAILER,
                    MIRROR,
                    REMOTE,
                    set(Assertion.jwk(EC, "ec"), Assertion.jwk(RSA, "rsa"), Assertion.jwk(EDWARDS, "ed")),
                    set(Assertion.jwk(OTHER, "other")),
                    SERVER.uri(),
                    STOCK,
                    GRANT_TYPE,
                    RunningNode.ADA_PASSWORD));

    static final String ISSUER = "http://127.0.0.1:18080";

    Caller caller = NODE.caller();

    static String set(JsonObject... keys) {
        return new JsonObject().put("keys", new JsonArray(List.of(keys))).encode();
    }

    /** A right one of the partner, about ada. */
    static Assertion usual() {
        return of(PARTNER, "ada");
    }

    static Assertion of(String issuer, String subject) {
        return Assertion.of(issuer, ISSUER, "ES256").with("sub", subject);
    }

    Answer grant(String assertion, String... more) {
        return grantTo("app", assertion, more);
    }

    Answer grantTo(String clientId, String assertion, String... more) {
        return caller.post("/oauth2/token", Caller.basic(clientId, SECRET), pairs(assertion, more));
    }

    static String[] pairs(String assertion, String... more) {
        List<String> pairs = new ArrayList<>(List.of("grant_type", GRANT_TYPE, "assertion", assertion));
        pairs.addAll(List.of(more));
        return pairs.toArray(String[]::new);
    }

    static JsonObject claims(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return BabelBirdCaller.claims(answer.text("access_token"));
    }

    static void assertRefused(Answer answer) {
        assertThat(answer.error()).as(answer.body()).isEqualTo("400 invalid_grant");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    boolean isActive(String token) {
        return caller.post("/oauth2/introspect", Caller.basic("app", SECRET), "token", token)
                .json()
                .getBoolean("active");
    }
}
