package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientTest {
    private static final Secret OLD = Secret.of("the old secret of the client, long enough");
    private static final Secret NEW = Secret.of("the new secret of the client, long enough");

    @Test
    void acceptsEverySecretThatIsValidNow() {
        Client client = client(AuthMethod.CLIENT_SECRET_BASIC, List.of(OLD.digest(), NEW.digest()));

        assertThat(client.accepts(OLD)).isTrue();
        assertThat(client.accepts(NEW)).isTrue();
    }

    @Test
    void acceptsNoOtherSecret() {
        Client client = client(AuthMethod.CLIENT_SECRET_BASIC, List.of(OLD.digest()));

        assertThat(client.accepts(NEW)).isFalse();
        assertThat(client.accepts(Secret.of(""))).isFalse();
        assertThat(client.accepts(Secret.of(OLD.digest().value().base64Url()))).isFalse();
    }

    /** What the configuration declared once is no secret that counts. */
    @Test
    void acceptsNothingWhereItHasNoSecret() {
        Client client = client(AuthMethod.NONE, List.of());

        assertThat(client.accepts(OLD)).isFalse();
        assertThat(client.accepts(Secret.of(""))).isFalse();
    }

    @Test
    void isPublicWhereItCannotAuthenticate() {
        assertThat(client(AuthMethod.NONE, List.of()).isPublic()).isTrue();
        assertThat(client(AuthMethod.CLIENT_SECRET_POST, List.of(OLD.digest())).isPublic())
                .isFalse();
    }

    @Test
    void mayUseTheGrantsThatItWasRegisteredFor() {
        Client client = client(AuthMethod.NONE, List.of());

        assertThat(client.mayUse("refresh_token")).isTrue();
        assertThat(client.mayUse("client_credentials")).isFalse();
        assertThat(client.mayUse("")).isFalse();
    }

    private static Client client(AuthMethod method, List<Digest> secrets) {
        return new Client(
                "main",
                "client-1",
                null,
                method,
                secrets,
                OLD.digest(),
                List.of(),
                List.of("authorization_code", "refresh_token"),
                List.of("code"),
                Scope.parse("openid"),
                null,
                true,
                false,
                0,
                1,
                Instant.EPOCH,
                null,
                null);
    }
}
