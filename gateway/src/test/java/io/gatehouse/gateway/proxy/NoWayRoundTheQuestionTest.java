package io.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that a client says, and its proxy passes on with the question, stands in for what a route demands. */
class NoWayRoundTheQuestionTest {
    private static final String HOP = "hop-secret-0123456789abcdef0123456789";

    /** How proxies tell of the request that they ask about. */
    enum Form {
        TRAEFIK,
        CADDY,
        NGINX,
        HAPROXY,
        ENVOY;

        RawReply ask(String target, String... clients) {
            List<String> lines = new ArrayList<>(List.of("X-Gatehouse-Hop: " + HOP));
            lines.addAll(List.of(clients));
            String path = "/forward-auth/" + name().toLowerCase(java.util.Locale.ROOT);
            if (this == ENVOY) {
                return gateway.exchangeAt("shop", "GET", path + target, "", lines.toArray(String[]::new));
            }
            String prefix = this == NGINX || this == HAPROXY ? "X-Original-" : "X-Forwarded-";
            lines.addAll(List.of(prefix + "Method: GET", prefix + "Host: shop", prefix + "Uri: " + target));
            return gateway.get(path, lines.toArray(String[]::new));
        }

        /** What it tells by itself, a client's own of that name it replaces. */
        boolean tells(String header) {
            return this == TRAEFIK || this == CADDY
                    ? List.of("X-Forwarded-Method", "X-Forwarded-Host", "X-Forwarded-Uri")
                            .contains(header)
                    : this != ENVOY
                            && List.of("X-Original-Method", "X-Original-Host", "X-Original-URI")
                                    .contains(header);
        }
    }

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway("""
                server: {port: 0, event_loops: 1, trusted_proxies: [127.0.0.0/8]}
                revocation: {heartbeat: PT1S, staleness: PT2M}
                forward_auth: {secret: %s}
                routes:
                  - {id: open, match: {host: shop, path: /open}, demand: public}
                  - {id: api, match: {host: shop, path: /api}, demand: bearer, scope: [api]}
                  - {id: editors, match: {host: shop, path: /editors}, demand: bearer, roles: [editor]}
                  - {id: chiefs, match: {host: shop, path: /chiefs}, demand: bearer, roles: [chief]}
                  - {id: other, match: {host: shop, path: /other}, demand: bearer, audience: "https://api.example.org"}
                  - {id: claims, match: {host: shop, path: /claims}, demand: bearer, claims: "client_id == 'web'"}
                  - {id: tenant, tenant: shop, match: {host: shop, path: /tenant}, demand: bearer}
                  - {id: any, match: {host: shop}, demand: bearer}
                """.formatted(HOP));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @DisplayName(
            "CVE-2026-34457, CVE-2025-54576: no user agent, and nothing in the query, opens a door that is asked about")
    @EnumSource(Form.class)
    void neitherQueryNorUserAgentDecides(Form form) {
        assertThat(form.ask("/open").status()).isEqualTo(200);
        List<String> targets = new ArrayList<>(Pretences.targets());
        targets.add("/cart?access_token=" + Tokens.signed(Tokens.claims()));
        for (String target : targets) {
            for (String agent : Pretences.userAgents()) {
                assertThat(form.ask(target, "User-Agent: " + agent).status())
                        .as(target)
                        .isIn(400, 401, 403);
            }
        }
    }

    @ParameterizedTest
    @DisplayName("CVE-2024-47070, CVE-2026-40575: no forwarded header skips what is demanded of what is asked about")
    @EnumSource(Form.class)
    void noForwardedHeaderOpens(Form form) {
        for (String header : Pretences.headers()) {
            int expected = form.tells(header.substring(0, header.indexOf(':'))) ? 403 : 401;
            assertThat(form.ask("/cart", header).status()).as(header).isEqualTo(expected);
        }
    }

    /** One way and the other: what is remembered of a token is never what a route said of it. */
    @ParameterizedTest
    @DisplayName(
            "CVE-2021-32701, CVE-2026-33496: a token that passed at one route is judged anew at each that is asked about")
    @EnumSource(Form.class)
    void theSameTokenIsJudgedAnewAtEachRoute(Form form) {
        Map<String, Object> claims = Tokens.claims();
        claims.put("jti", "seen-everywhere-by-" + form);
        String bearer = "Authorization: Bearer " + Tokens.signed(claims);
        for (int round = 0; round < 2; round++) {
            assertThat(form.ask("/cart", bearer).header("x-gatehouse-assertion"))
                    .isEqualTo("assertion.for.any");
            assertThat(form.ask("/editors", bearer).header("x-gatehouse-assertion"))
                    .isEqualTo("assertion.for.editors");
            for (String path : List.of("/api", "/chiefs", "/other", "/claims")) {
                assertThat(form.ask(path, bearer).status()).as(path).isEqualTo(403);
            }
            assertThat(form.ask("/tenant", bearer).status()).isEqualTo(401);
        }
    }
}
