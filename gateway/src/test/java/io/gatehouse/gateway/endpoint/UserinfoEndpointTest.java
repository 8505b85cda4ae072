package io.gatehouse.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.message.UserSeal;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.CodeClient;
import io.gatehouse.gateway.oauth.PageKeySets;
import io.gatehouse.gateway.oauth.Samples;
import io.gatehouse.gateway.oauth.TestClock;
import io.gatehouse.gateway.oauth.TestNode;
import io.gatehouse.gateway.oauth.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GET and POST /oauth2/userinfo: OpenID Connect Core, section 5.3, and RFC 6750. */
class UserinfoEndpointTest {
    private static final String METADATA =
            ", resource_metadata=\"" + TestNode.ISSUER + "/.well-known/oauth-protected-resource/oauth2/userinfo\"";

    private final TestGateway gateway = new TestGateway();

    @BeforeEach
    void somebody() {
        gateway.node
                .on(
                        Clients.Find.class,
                        find -> Samples.found(CodeClient.named("web").build()))
                .on(Users.Find.class, find -> new Users.Found(user(UserState.ACTIVE)));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private static UserProfile user(UserState state) {
        return new UserProfile(
                "main",
                Tokens.SUBJECT,
                "ada",
                "Ada Lovelace",
                "ada@example.org",
                true,
                "+15550101",
                false,
                null,
                List.of(),
                state,
                TestClock.START,
                null,
                Map.of("nickname", "Countess"));
    }

    private static String token(String scope, List<String> claims) {
        Map<String, Object> all = Tokens.claims();
        all.put("client_id", "web");
        all.put("family", "oauth");
        all.put("scope", scope);
        all.put("claims", claims);
        return Tokens.signed(all);
    }

    private RawReply userinfo(String token) {
        return gateway.get("/oauth2/userinfo", "Authorization: Bearer " + token);
    }

    @Test
    void claimsFollowTheScope() {
        assertThat(userinfo(token("openid", List.of())).json().getMap()).containsOnlyKeys("sub");
        RawReply reply = userinfo(token("openid profile email phone", List.of()));
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.json().getMap())
                .containsEntry("sub", Tokens.SUBJECT)
                .containsEntry("name", "Ada Lovelace")
                .containsEntry("preferred_username", "ada")
                .containsEntry("nickname", "Countess")
                .containsEntry("email", "ada@example.org")
                .containsEntry("email_verified", true)
                .containsEntry("phone_number", "+15550101")
                .containsEntry("phone_number_verified", false);
    }

    @Test
    void claimsThatWereAskedForOneByOneComeToo() {
        assertThat(userinfo(token("openid", List.of("name", "email"))).json().getMap())
                .containsOnlyKeys("sub", "name", "email");
    }

    @Test
    void theTokenComesInTheHeaderOrInAFormButNotInBothNorInTheUrl() {
        String token = token("openid", List.of());
        assertThat(gateway.post("/oauth2/userinfo", "Authorization: Bearer " + token)
                        .status())
                .isEqualTo(200);
        assertThat(gateway.postForm("/oauth2/userinfo", "access_token=" + token).status())
                .isEqualTo(200);
        assertThat(gateway.postForm("/oauth2/userinfo", "access_token=" + token, "Authorization: Bearer " + token)
                        .status())
                .isEqualTo(400);
        assertThat(gateway.get("/oauth2/userinfo?access_token=" + token).status())
                .isEqualTo(401);
    }

    @Test
    void aPairwiseTokenTellsItsOwnSubAboutTheRealUser() {
        String usr = UserSeal.seal(
                PageKeySets.of(2, TestClock.START), "main", "jti-1", new UserSeal.User(Tokens.SUBJECT, null));
        Map<String, Object> claims = Tokens.claims();
        claims.put("client_id", "web");
        claims.put("sub", "W9Pliv3-m2oACmT6uiABMQ");
        claims.put("usr", usr);
        RawReply reply = userinfo(Tokens.signed(claims));

        assertThat(reply.json().getMap())
                .containsEntry("sub", "W9Pliv3-m2oACmT6uiABMQ")
                .containsEntry("name", "Ada Lovelace");
        assertThat(reply.body()).doesNotContain(Tokens.SUBJECT);
        assertThat(gateway.node.askedOnce(Users.Find.class).subject()).isEqualTo(Tokens.SUBJECT);
    }

    @Test
    void whoShowsNoTokenIsToldNoError() {
        RawReply reply = gateway.get("/oauth2/userinfo");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.headers().get("www-authenticate"))
                .containsExactly(
                        "Bearer realm=\"gatehouse\"" + METADATA,
                        "DPoP realm=\"gatehouse\", algs=\"ES256 RS256 PS256 EdDSA\"" + METADATA);
    }

    @Test
    void refusalsAreChallenges() {
        RawReply wrong = userinfo("x.y.z");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("www-authenticate")).contains("error=\"invalid_token\"");
        RawReply narrow = userinfo(token("profile", List.of()));
        assertThat(narrow.status()).isEqualTo(403);
        assertThat(narrow.header("www-authenticate")).contains("error=\"insufficient_scope\"");
        assertThat(narrow.json().getString("error")).isEqualTo("insufficient_scope");
    }

    @Test
    void aUserWhoMayNotLogInAnyMoreIsNotDescribed() {
        gateway.node.on(Users.Find.class, find -> new Users.Found(user(UserState.BLOCKED)));
        assertThat(userinfo(token("openid", List.of())).status()).isEqualTo(401);
        gateway.node.on(Users.Find.class, find -> new Users.Found(null));
        assertThat(userinfo(token("openid", List.of())).status()).isEqualTo(401);
    }

    @Test
    void aClientsOwnTokenHasNoUser() {
        Map<String, Object> claims = Tokens.claims();
        claims.put("sub", "web");
        claims.put("client_id", "web");
        claims.put("family", "oauth");
        assertThat(userinfo(Tokens.signed(claims)).status()).isEqualTo(401);
    }

    @Test
    void aClientThatRegisteredAnAlgorithmGetsAJwt() {
        OpenIdRegistration signed = new OpenIdRegistration(
                IdTokenAlgorithm.RS256,
                IdTokenAlgorithm.ES256,
                null,
                -1,
                false,
                List.of(),
                null,
                false,
                null,
                null,
                null);
        gateway.node
                .on(
                        Clients.Find.class,
                        find -> Samples.found(
                                CodeClient.named("web").registration(signed).build()))
                .on(Users.Vouch.class, vouch -> new Users.Vouched(Samples.profile(user(UserState.ACTIVE))))
                .on(IdTokens.SignUserinfo.class, sign -> new IdTokens.Signed(Secret.of("a.signed.jwt")));
        RawReply reply = userinfo(token("openid", List.of()));
        assertThat(reply.header("content-type")).isEqualTo("application/jwt");
        assertThat(reply.body()).isEqualTo("a.signed.jwt");
    }
}
