package io.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A node that proxies ask about requests. */
abstract class ForwardAuthCase {
    static final String SECRET = "hop-secret-0123456789abcdef0123456789";
    static final String OLD_SECRET = "old-hop-secret-0123456789abcdef0123456789";
    static final String HOP = "X-Gatehouse-Hop: " + SECRET;
    static final String ROUTES = """
            forward_auth: {secret: [%s, %s]}
            routes:
              - {id: open, match: {host: a, path: /open}, demand: public}
              - {id: scoped, match: {host: a, path: /scoped}, demand: bearer, scope: [openid, api]}
              - {id: roles, match: {host: a, path: /roles}, demand: bearer, roles: [owner, editor]}
              - {id: chiefs, match: {host: a, path: /chiefs}, demand: bearer, roles: [owner]}
              - {id: other, match: {host: a, path: /other}, demand: bearer, audience: "https://api.example.org"}
              - {id: nowhere, tenant: nowhere, match: {host: a, path: /nowhere}, demand: bearer}
              - {id: claims, match: {host: a, path: /claims}, demand: bearer, claims: "sub_type == 'user' and not (roles has 'guest' or family == 'oauth' or client_id in ['legacy'] or aud has 'urn:x' or scope has 'admin')"}
              - {id: any, match: {host: a, path: /any}, demand: bearer}
            """.formatted(SECRET, OLD_SECRET);

    static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway(ROUTES);
        gateway.node.on(VerificationKeys.Get.class, get -> Tokens.keySet(get.tenant()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    static RawReply forwarded(String target, String... more) {
        return ask(
                "/forward-auth", "X-Forwarded-Method: GET", "X-Forwarded-Host: a", "X-Forwarded-Uri: " + target, more);
    }

    static RawReply ask(String path, String method, String host, String uri, String... more) {
        List<String> lines = new ArrayList<>(List.of(HOP, method, host, uri));
        lines.addAll(List.of(more));
        return gateway.get(path, lines.toArray(String[]::new));
    }

    static String bearer(Map<String, Object> claims) {
        return "Authorization: Bearer " + Tokens.signed(claims);
    }

    static String bearer(String name, Object value) {
        Map<String, Object> claims = Tokens.claims();
        claims.put(name, value);
        return bearer(claims);
    }

    static String bearer() {
        return bearer(Tokens.claims());
    }

    static void assertNobody(RawReply reply) {
        assertThat(reply.status()).isEqualTo(200);
        for (String name : List.of("subject", "subject-type", "client", "scope", "roles", "assertion")) {
            assertThat(reply.header("x-gatehouse-" + name)).isEmpty();
        }
    }

    static void assertInvalid(String authorization) {
        RawReply reply = forwarded("/any", authorization);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("www-authenticate")).startsWith("Bearer realm=\"gatehouse\", error=\"invalid_token\"");
    }

    static String[] with(String[] lines, String one) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add(one);
        return all.toArray(String[]::new);
    }
}
