package io.gatehouse.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.CodeClient;
import io.gatehouse.gateway.oauth.Samples;
import io.gatehouse.gateway.oauth.TestClock;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The answer to a code: OpenID Connect Core, section 3.1.3.3. */
class TokenEndpointTest {
    private static final String BASIC = "Authorization: Basic "
            + Base64.getEncoder().encodeToString(("web:" + Samples.SECRET).getBytes(StandardCharsets.US_ASCII));

    @Test
    void anIdTokenStandsBesideTheAccessToken() {
        try (TestGateway gateway = new TestGateway()) {
            gateway.node
                    .on(
                            Clients.Find.class,
                            find -> Samples.found(CodeClient.named("web").build()))
                    .on(
                            Codes.Take.class,
                            take -> new Codes.Taking.Taken(Samples.ticket(TokenFamily.OAUTH, "web", "openid profile")))
                    .on(Grants.Open.class, open -> new Grants.Opened(TestClock.START.plusSeconds(600)))
                    .on(
                            Issuer.Issue.class,
                            issue -> new Issuer.Issued(
                                    Secret.of("access-token"),
                                    issue.scope(),
                                    TestClock.START,
                                    TestClock.START.plusSeconds(600),
                                    Secret.of("id-token")));
            String code = CodeId.make(TestClock.START.plusSeconds(60)).code().reveal();
            RawReply reply = gateway.postForm(
                    "/oauth2/token",
                    "grant_type=authorization_code&code=" + code,
                    BASIC,
                    // whatever it accepts, it is answered in JSON
                    "Accept: text/html");

            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            assertThat(reply.header("content-type")).isEqualTo("application/json");
            assertThat(reply.header("cache-control")).isEqualTo("no-store");
            assertThat(reply.json().getString("id_token")).isEqualTo("id-token");
            assertThat(reply.json().getString("access_token")).isEqualTo("access-token");
            assertThat(reply.json().getString("scope")).isEqualTo("openid profile");
        }
    }
}
