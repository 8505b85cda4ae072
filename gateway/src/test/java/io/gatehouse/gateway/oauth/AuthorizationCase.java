package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.TokenFamily;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The authorization endpoint's protocol, asked by one client: {@code web} unless a test registers another. */
abstract class AuthorizationCase {
    static final String STATE = "state-1";
    static final String CHALLENGE = Digest.of("verifier").value().base64Url();

    final TestNode node = new TestNode();
    AuthorizationService service;
    PushedAuthorization pushing;
    private Client client = CodeClient.named("web").build();

    @BeforeEach
    void start() {
        node.on(
                Clients.Find.class,
                find -> find.clientId().equals(client.clientId()) ? Samples.found(client) : new Clients.Found(null));
        Protocol protocol = node.protocol(node.knowledge());
        service = protocol.authorization();
        pushing = protocol.pushedRequests();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    /** Before the first request: the gateway remembers a client. */
    void register(CodeClient registered) {
        client = registered.build();
    }

    /**
     * A good request of {@code web} but for what is said.
     *
     * @param more names and values; an empty value leaves the parameter out
     */
    Parameters request(String... more) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("client_id", client.clientId());
        all.put("redirect_uri", CodeClient.REDIRECT_URI);
        all.put("response_type", "code");
        all.put("scope", "openid profile");
        all.put("state", STATE);
        all.put("code_challenge", CHALLENGE);
        all.put("code_challenge_method", "S256");
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        Parameters parameters = new Parameters();
        all.forEach(parameters::add);
        return parameters;
    }

    AuthorizationRequest read(String... more) {
        return await(service.read("main", TokenFamily.OAUTH, request(more)));
    }

    /** What the client is told. */
    AuthorizationResponse told(String... more) {
        try {
            throw new AssertionError("succeeded with " + read(more));
        } catch (AuthorizationRefusal refusal) {
            return refusal.response();
        }
    }

    /** The code that the client is told, with all that belongs to it. */
    void assertTold(Code code, String... more) {
        AuthorizationResponse response = told(more);
        assertThat(response.redirectUri()).isEqualTo(CodeClient.REDIRECT_URI);
        assertThat(response.parameters())
                .containsEntry("error", code.error())
                .containsEntry("state", STATE)
                .containsEntry("iss", TestNode.ISSUER)
                .doesNotContainKey("code");
        assertThat(response.parameters().get("error_description")).isNotEmpty().matches("[ !#-\\[\\]-~]+");
    }

    /** What the person in front of the page is told: nobody is sent anywhere. */
    void assertOwnPage(String... more) {
        OAuthError error = TestNode.refusal(service.read("main", TokenFamily.OAUTH, request(more)));
        assertThat(((OAuthError.Protocol) error).code()).isEqualTo(Code.INVALID_REQUEST);
    }
}
