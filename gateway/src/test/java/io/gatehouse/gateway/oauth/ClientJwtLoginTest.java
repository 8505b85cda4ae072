package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.ClientJwts;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Putting;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From where a client may log users in, and where to the code may go. */
class ClientJwtLoginTest {
    private final TestNode node = new TestNode();
    private ClientJwtLogin logins;

    @BeforeEach
    void start() {
        node.on(ClientJwts.Verify.class, verify -> new ClientJwts.Verified(verify.client()));
        node.on(Codes.PutByClientJwt.class, put -> new Putting.Stored(put.expiresAt()));
        logins = node.protocol(node.knowledge()).clientJwts();
        mayLogInFrom("10.0.0.0/8", "2001:db8::/32");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void mayLogInFrom(String... networks) {
        node.on(Clients.Find.class, find -> Samples.found(Samples.loginClient(find.clientId(), List.of(networks))));
    }

    private Future<Secret> from(String address) {
        return login(address, null);
    }

    private Future<Secret> login(String address, @Nullable String redirectUri) {
        return logins.login(new ClientJwtLogin.Request(
                "main",
                "web",
                TokenFamily.BABELBIRD,
                Secret.of("a.b.c"),
                null,
                address,
                Duration.ofMinutes(5),
                redirectUri));
    }

    private void assertDenied(Future<?> login) {
        assertThat(refusal(login))
                .isInstanceOfSatisfying(
                        OAuthError.Protocol.class,
                        error -> assertThat(error.code()).isEqualTo(Code.ACCESS_DENIED));
        assertThat(node.asked(ClientJwts.Verify.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "2001:db8::1", "::ffff:10.1.2.3"})
    void itsNetworksAreLetIn(String address) {
        assertThat(await(from(address)).reveal()).isNotEmpty();
    }

    /** The last ones are what a socket or a proxy may say instead of a plain address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "11.1.2.3",
                "2001:db9::1",
                "::1",
                "fe80::1%eth0",
                "2001:db8::1%eth0",
                "10.1.2.3%1",
                "",
                "localhost"
            })
    void nothingElseIs(String address) {
        assertDenied(from(address));
    }

    @Test
    void withoutNetworksEveryAddressIs() {
        mayLogInFrom();

        assertThat(await(from("fe80::1%eth0")).reveal()).isNotEmpty();
    }

    /** The JWT is still good for the right one. */
    @Test
    void aRedirectUriOfNobodysIsRefusedBeforeTheJwtIsLookedAt() {
        assertThat(refusal(login("10.1.2.3", "https://evil.example/")))
                .isInstanceOfSatisfying(
                        OAuthError.Protocol.class,
                        error -> assertThat(error.code()).isEqualTo(Code.INVALID_REQUEST));
        assertThat(node.asked(ClientJwts.Verify.class)).isEmpty();
    }

    @Test
    void aClientWithoutALoginKeyIsDenied() {
        node.on(Clients.Find.class, find -> Samples.found(Samples.client(find.clientId())));

        assertDenied(from("10.1.2.3"));
    }
}
