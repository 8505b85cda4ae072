package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.model.AuthMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAuthenticatorTest {
    private final TestNode node = new TestNode();
    private ClientAuthenticator clients;

    @BeforeEach
    void start() {
        node.on(Clients.Find.class, find -> switch (find.clientId()) {
            case "web" -> Samples.found(Samples.client("web"));
            case "spa" -> Samples.found(Samples.publicClient("spa"));
            case "off" -> Samples.found(Samples.disabledClient("off"));
            default -> new Clients.Found(null);
        });
        clients = node.protocol(node.knowledge()).clients();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static ClientCredentials credentials(String method, String clientId, String secret) {
        return new ClientCredentials(AuthMethod.valueOf(method), clientId, secret == null ? null : Secret.of(secret));
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT_SECRET_BASIC, web, " + Samples.SECRET,
        "CLIENT_SECRET_POST, web, " + Samples.SECRET,
        "NONE, spa, "
    })
    void aClientWithTheRightCredentialsIsKnown(String method, String clientId, String secret) {
        AuthenticatedClient client = await(clients.authenticate("main", credentials(method, clientId, secret)));

        assertThat(client.clientId()).isEqualTo(clientId);
        assertThat(client.tenant()).isEqualTo("main");
        assertThat(client.statement().read(ClientStatement.class).client()).isEqualTo(client.client());
        assertThat(client.secret()).isEqualTo(secret == null ? null : Secret.of(secret));
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT_SECRET_BASIC, web, wrong",
        "CLIENT_SECRET_BASIC, web, ''",
        "CLIENT_SECRET_POST, web, wrong",
        "NONE, web, ",
        "CLIENT_SECRET_BASIC, spa, " + Samples.SECRET,
        "CLIENT_SECRET_BASIC, spa, ''",
        "CLIENT_SECRET_BASIC, off, " + Samples.SECRET,
        "NONE, off, ",
        "CLIENT_SECRET_BASIC, nobody, " + Samples.SECRET,
        "NONE, nobody, ",
        "NONE, WEB, "
    })
    void anyOtherIsRefusedInTheSameWords(String method, String clientId, String secret) {
        assertThat(refusal(clients.authenticate("main", credentials(method, clientId, secret))))
                .isEqualTo(new Protocol(
                        Code.INVALID_CLIENT,
                        "client authentication failed: check client_id, and the client_secret or certificate that goes with"
                                + " it"));
    }

    @Test
    void noCredentialsAreRefused() {
        OAuthError error = refusal(clients.authenticate("main", null));

        assertThat(((Protocol) error).code()).isEqualTo(Code.INVALID_CLIENT);
        assertThat(node.asked(Clients.Find.class)).isEmpty();
    }

    @Test
    void whereOneMayBeUnregisteredOnlyThatIsForgiven() {
        assertThat(await(clients.authenticateIfRegistered("main", credentials("NONE", "nobody", null))))
                .isNull();
        assertThat(await(clients.authenticateIfRegistered("main", credentials("CLIENT_SECRET_POST", "nobody", "x"))))
                .isNull();
        assertThat(await(clients.authenticateIfRegistered(
                        "main", credentials("CLIENT_SECRET_POST", "web", Samples.SECRET))))
                .isNotNull();
        assertThat(refusal(clients.authenticateIfRegistered("main", credentials("CLIENT_SECRET_POST", "web", "x"))))
                .isInstanceOf(Protocol.class);
        assertThat(refusal(clients.authenticateIfRegistered("main", credentials("NONE", "web", null))))
                .isInstanceOf(Protocol.class);
        assertThat(refusal(clients.authenticateIfRegistered(
                        "main", credentials("CLIENT_SECRET_POST", "off", Samples.SECRET))))
                .isInstanceOf(Protocol.class);
    }

    @Test
    void aStoreThatIsAwayIsNotTheClientsFault() {
        node.failing(Clients.Find.class, new OAuthError.Unavailable("store"));

        assertThat(refusal(clients.authenticate("main", credentials("NONE", "other", null))))
                .isEqualTo(new OAuthError.Unavailable("store"));
    }
}
