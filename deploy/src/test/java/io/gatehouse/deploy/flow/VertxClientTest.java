package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Vert.x application with vertx-auth-oauth2, which reads the metadata by itself. */
class VertxClientTest {
    private static final String VERIFIER = "verifier-of-vertx-0123456789abcdefghijklmnop";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private static final Vertx VERTX = Vertx.vertx();

    private final URI base = NODE.caller().base();
    private final Person person = new Person(base);

    @AfterAll
    static void close() throws Exception {
        await(VERTX.close());
    }

    @Test
    void logsInReadsTheUserRefreshesAndLogsOut() throws Exception {
        OAuth2Auth auth = await(OpenIDConnectAuth.discover(
                VERTX,
                new OAuth2Options()
                        .setClientId("demo")
                        .setClientSecret(RunningNode.DEMO_SECRET)
                        .setSite(base.toString())));
        User user = await(auth.authenticate(credentials(code(auth))));
        assertThat(user.principal().getString("id_token")).isNotBlank();
        JsonObject idToken = user.attributes().getJsonObject("idToken");
        assertThat(idToken.getString("iss")).isEqualTo(base.toString());

        assertThat(await(auth.userInfo(user)).getString("email")).isEqualTo("ada@example.org");
        User fresh = await(auth.refresh(user));
        assertThat(fresh.principal().getString("refresh_token"))
                .isNotBlank()
                .isNotEqualTo(user.principal().getString("refresh_token"));
        assertThat(await(auth.userInfo(fresh)).getString("sub")).isEqualTo(idToken.getString("sub"));

        Page goodbye = person.open(
                auth.endSessionURL(user, new JsonObject().put("post_logout_redirect_uri", "http://127.0.0.1:9999/")));
        assertThat(goodbye.location()).isEqualTo(URI.create("http://127.0.0.1:9999/"));
        assertThat(person.open("/account").asksForPassword()).isTrue();
    }

    private String code(OAuth2Auth auth) {
        Page page = person.open(auth.authorizeURL(new OAuth2AuthorizationURL()
                .setRedirectUri(CodeFlow.REDIRECT_URI)
                .setScopes(List.of("openid", "email"))
                .setState("state-of-vertx")
                .setCodeChallenge(CodeFlow.challenge(VERIFIER))
                .setCodeChallengeMethod("S256")));
        Page answer = person.goOn(page);
        assertThat(answer.answer()).containsEntry("state", "state-of-vertx");
        return answer.code();
    }

    private static Oauth2Credentials credentials(String code) {
        return new Oauth2Credentials()
                .setFlow(OAuth2FlowType.AUTH_CODE)
                .setCode(code)
                .setRedirectUri(CodeFlow.REDIRECT_URI)
                .setCodeVerifier(VERIFIER);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
