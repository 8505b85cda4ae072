package io.gatehouse.gateway.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Tokens;
import io.gatehouse.gateway.proxy.Pretences;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a client says of itself, or of its request, stands in for what a route demands. */
class NoWayRoundTest {
    @RegisterExtension
    static final Door DOOR = new Door("""
                routes:
                  - {id: open, match: {host: shop, path: /open}, demand: public, upstream: ["%1$s"]}
                  - {id: api, match: {host: shop, path: /api}, demand: bearer, scope: [api], upstream: ["%1$s"]}
                  - {id: editors, match: {host: shop, path: /editors}, demand: bearer, roles: [editor], upstream: ["%1$s"]}
                  - {id: chiefs, match: {host: shop, path: /chiefs}, demand: bearer, roles: [chief], upstream: ["%1$s"]}
                  - {id: other, match: {host: shop, path: /other}, demand: bearer, audience: "https://api.example.org",
                     upstream: ["%1$s"]}
                  - {id: claims, match: {host: shop, path: /claims}, demand: bearer, claims: "client_id == 'web'",
                     upstream: ["%1$s"]}
                  - {id: tenant, tenant: shop, match: {host: shop, path: /tenant}, demand: bearer, upstream: ["%1$s"]}
                  - {id: any, match: {host: shop}, demand: bearer, upstream: ["%1$s"]}
                """);

    private static RawReply get(String target, String... headers) {
        return DOOR.get(target, headers);
    }

    @ParameterizedTest
    @DisplayName("CVE-2026-34457: no user agent, and nothing in the query, opens a door")
    @MethodSource("io.gatehouse.gateway.proxy.Pretences#targets")
    void neitherQueryNorUserAgentDecides(String target) {
        for (String agent : Pretences.userAgents()) {
            assertThat(get(target, "User-Agent: " + agent).status()).isIn(400, 401, 403);
        }
        assertThat(DOOR.service.seen).isEmpty();
    }

    @Test
    @DisplayName("RFC 6750, 2.3: a token in the query counts as none")
    void aTokenInTheQueryIsNotLookedAt() {
        assertThat(get("/cart?access_token=" + Tokens.signed(Tokens.claims())).status())
                .isEqualTo(401);
        assertThat(DOOR.service.seen).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("CVE-2024-47070, CVE-2026-40575: no forwarded header skips what is demanded")
    @MethodSource("io.gatehouse.gateway.proxy.Pretences#headers")
    @ValueSource(strings = "X-Gatehouse-Hop: anything")
    void noForwardedHeaderOpens(String header) {
        assertThat(get("/cart", header).status()).isEqualTo(401);
        assertThat(DOOR.service.seen).isEmpty();
    }

    /** One way and the other: what is remembered of a token is never what a route said of it. */
    @Test
    @DisplayName("CVE-2021-32701: a token that passed at one route passes nowhere else by that")
    void theSameTokenIsJudgedAnewAtEachRoute() {
        Map<String, Object> claims = Tokens.claims();
        claims.put("jti", "seen-everywhere");
        String bearer = "Authorization: Bearer " + Tokens.signed(claims);
        for (int round = 0; round < 2; round++) {
            assertThat(get("/cart", bearer).status()).isEqualTo(200);
            assertThat(get("/editors", bearer).status()).isEqualTo(200);
            for (String path : List.of("/api", "/chiefs", "/other", "/claims")) {
                assertThat(get(path, bearer).status()).as(path).isEqualTo(403);
            }
            assertThat(get("/tenant", bearer).status()).isEqualTo(401);
        }
        assertThat(DOOR.service.seen).hasSize(4);
    }
}
