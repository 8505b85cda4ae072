package io.gatehouse.gateway.proxy;

import static io.gatehouse.gateway.oauth.TestNode.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.UpstreamAssertions.Basis.ByToken;
import io.gatehouse.common.message.UpstreamAssertions.Mint;
import io.gatehouse.common.message.UpstreamAssertions.Minted;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Tokens;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The assertion of a request that may go on: minted seldom, never for one that may not. */
class UpstreamAssertionTest {
    private static final String SECRET = "hop-secret-0123456789abcdef0123456789";
    private static final String ROUTES = """
            forward_auth: {secret: %s}
            routes:
              - {id: open, match: {host: a, path: /open}, demand: public}
              - {id: shop, match: {host: a, path: /shop}, demand: bearer}
              - {id: named, match: {host: a, path: /named}, demand: bearer, assertion: "urn:named"}
              - {id: none, match: {host: a, path: /none}, demand: bearer, assertion: none}
              - {id: chiefs, match: {host: a, path: /chiefs}, demand: bearer, roles: [chief]}
            """.formatted(SECRET);

    private final AtomicInteger minted = new AtomicInteger();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway(ROUTES);
        gateway.node.on(VerificationKeys.Get.class, get -> Tokens.keySet(get.tenant()));
        gateway.node.on(Mint.class, mint -> answer(mint, Duration.ofSeconds(60)));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Minted answer(Mint mint, Duration life) {
        String jwt = mint.audience() + "#" + minted.incrementAndGet();
        return new Minted(Secret.of(jwt), gateway.node.clock.instant().plus(life));
    }

    private RawReply ask(String path, String token) {
        return gateway.get(
                "/forward-auth",
                "X-Gatehouse-Hop: " + SECRET,
                "X-Forwarded-Method: GET",
                "X-Forwarded-Host: a",
                "X-Forwarded-Uri: " + path,
                "Authorization: Bearer " + token);
    }

    private String assertion(String path, String token) {
        RawReply reply = ask(path, token);
        assertThat(reply.status()).isEqualTo(200);
        return reply.header("x-gatehouse-assertion");
    }

    private static String token(String jti) {
        Map<String, Object> claims = Tokens.claims();
        claims.put("jti", jti);
        return Tokens.signed(claims);
    }

    @Test
    void itIsForTheServiceOfTheRoute() {
        String token = token("1");
        assertThat(assertion("/shop", token)).startsWith("shop#");
        assertThat(assertion("/named", token)).startsWith("urn:named#");
        assertThat(assertion("/none", token)).isEmpty();
        assertThat(assertion("/open", token)).isEmpty();
        assertThat(gateway.node.asked(Mint.class))
                .extracting(
                        Mint::tenant,
                        Mint::audience,
                        mint -> ((ByToken) mint.basis()).accessToken().reveal())
                .containsExactly(tuple("main", "shop", token), tuple("main", "urn:named", token));
    }

    @Test
    void oneIsMintedForEachSenderAndService() {
        for (int i = 0; i < 3; i++) {
            for (String jti : List.of("1", "2")) {
                assertThat(assertion("/shop", token(jti))).isEqualTo("shop#1");
                assertThat(assertion("/named", token(jti))).isEqualTo("urn:named#2");
            }
        }
    }

    /** Whatever an assertion says. */
    @ParameterizedTest
    @CsvSource({"sub, other", "client_id, other", "scope, openid", "sid, other", "gid, other", "sep, 7"})
    void whoIsNotTheSameSenderGetsAnother(String claim, String value) {
        assertThat(assertion("/shop", token("1"))).isEqualTo("shop#1");
        Map<String, Object> claims = Tokens.claims();
        claims.put(claim, claim.equals("sep") ? (Object) Integer.valueOf(value) : value);
        assertThat(claims).isNotEqualTo(Tokens.claims());
        assertThat(assertion("/shop", Tokens.signed(claims))).isEqualTo("shop#2");
        assertThat(assertion("/shop", token("1"))).isEqualTo("shop#1");
    }

    @Test
    void norWhoHasOtherRoles() {
        assertThat(assertion("/shop", token("1"))).isEqualTo("shop#1");
        Map<String, Object> claims = Tokens.claims();
        claims.put("roles", List.of("editor", "chief"));
        assertThat(assertion("/shop", Tokens.signed(claims))).isEqualTo("shop#2");
    }

    /** What is shown now ends before it does. */
    @Test
    void oneThatOutlivesATokenIsNotItsOwn() {
        assertThat(assertion("/shop", token("1"))).isEqualTo("shop#1");
        Map<String, Object> claims = Tokens.claims();
        claims.put("exp", gateway.node.clock.instant().plusSeconds(50).getEpochSecond());
        String shorter = Tokens.signed(claims);
        gateway.node.on(Mint.class, mint -> answer(mint, Duration.ofSeconds(50)));
        for (int i = 0; i < 2; i++) {
            assertThat(assertion("/shop", shorter)).isEqualTo("shop#2");
            assertThat(assertion("/shop", token("1"))).isEqualTo("shop#1");
        }
    }

    @Test
    void itIsMintedAgainShortlyBeforeItEnds() {
        String token = token("1");
        assertThat(assertion("/shop", token)).isEqualTo("shop#1");
        gateway.node.clock.pass(Duration.ofSeconds(44));
        assertThat(assertion("/shop", token)).isEqualTo("shop#1");
        gateway.node.clock.pass(Duration.ofSeconds(1));
        assertThat(assertion("/shop", token)).isEqualTo("shop#2");
    }

    /** Another one would not live longer. */
    @Test
    void oneThatEndsWithItsTokenIsKeptToTheEnd() {
        String token = token("1");
        gateway.node.clock.pass(Duration.ofSeconds(590));
        gateway.node.on(Mint.class, mint -> answer(mint, Duration.ofSeconds(10)));
        for (int i = 0; i < 9; i++) {
            assertThat(assertion("/shop", token)).isEqualTo("shop#1");
            gateway.node.clock.pass(Duration.ofSeconds(1));
        }
        gateway.node.clock.pass(Duration.ofSeconds(1));
        assertThat(ask("/shop", token).status()).isEqualTo(401);
    }

    @Test
    void aTokenThatCountsNoMoreGetsNoneThatIsRemembered() {
        String token = token("jti-1");
        assertThat(assertion("/shop", token)).isEqualTo("shop#1");
        gateway.node.publish(gateway.node.log.push(gateway.node.log.append("jti-1")));
        eventually("it is revoked", () -> ask("/shop", token).status() == 401);
        assertThat(ask("/shop", token).has("x-gatehouse-assertion")).isFalse();
        assertThat(minted).hasValue(1);
    }

    @Test
    void aTokenThatLacksSomethingGetsNone() {
        assertThat(ask("/chiefs", token("1")).status()).isEqualTo(403);
        assertThat(ask("/shop", token("1") + "x").status()).isEqualTo(401);
        assertThat(gateway.node.asked(Mint.class)).isEmpty();
    }

    @Test
    void withoutTheAssertionTheRequestDoesNotGoOn() {
        gateway.node.failing(Mint.class, new OAuthError.Unavailable("token"));
        RawReply reply = ask("/shop", token("1"));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.has("retry-after")).isTrue();
        assertThat(reply.has("x-gatehouse-subject")).isFalse();
        assertThat(ask("/none", token("1")).status()).isEqualTo(200);

        gateway.node.failing(Mint.class, new OAuthError.Protocol(Code.INVALID_TOKEN, "expired meanwhile"));
        assertThat(ask("/shop", token("1")).status()).isEqualTo(401);
        gateway.node.on(Mint.class, mint -> answer(mint, Duration.ofSeconds(60)));
        assertThat(ask("/shop", token("1")).status())
                .as("no failure is remembered")
                .isEqualTo(200);
    }

    @Test
    void requestsAtOnceWaitForOneMint() {
        Promise<Minted> slow = Promise.promise();
        gateway.node.onLater(Mint.class, mint -> slow.future());
        String token = token("1");
        List<CompletableFuture<String>> underway = IntStream.range(0, 16)
                .mapToObj(
                        i -> CompletableFuture.supplyAsync(() -> assertion("/shop", token), Thread::startVirtualThread))
                .toList();
        eventually("it is asked for", () -> !gateway.node.asked(Mint.class).isEmpty());
        gateway.node.vertx.setTimer(
                200, late -> slow.complete(answer(gateway.node.askedOnce(Mint.class), Duration.ofSeconds(60))));
        assertThat(underway).extracting(CompletableFuture::join).containsOnly("shop#1");
        gateway.node.askedOnce(Mint.class);
    }

    /** Signed by a key that is no more published, it would be worth nothing. */
    @Test
    void otherKeysMakeAnotherOne() {
        String token = token("1");
        assertThat(assertion("/shop", token)).isEqualTo("shop#1");
        gateway.node.on(VerificationKeys.Get.class, get -> Tokens.keySet(get.tenant(), 2));
        gateway.node.publish(new Event.KeysChanged("main", 2));
        eventually("another one is minted", () -> assertion("/shop", token).equals("shop#2"));
    }
}
