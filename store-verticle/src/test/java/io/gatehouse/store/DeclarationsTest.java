package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Branding;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.JwtLogin;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.common.model.Tenant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeclarationsTest {
    private static final Digest FIRST = Digest.of("first");
    private static final Digest SECOND = Digest.of("second");
    private static final Digest ROTATED = Digest.of("rotated");

    @Test
    void client_isTakenAsDeclaredWhenNew() {
        assertThat(Declarations.client(null, client(List.of(FIRST), FIRST)).secretDigests())
                .containsExactly(FIRST);
    }

    @Test
    void client_followsADeclaredSecretThatWasNotRotated() {
        Client changed = Declarations.client(client(List.of(FIRST), FIRST), client(List.of(SECOND), SECOND));
        assertThat(changed.secretDigests()).containsExactly(SECOND);
        assertThat(changed.declaredSecret()).isEqualTo(SECOND);
    }

    @Test
    void client_keepsASecretThatWasRotatedSince() {
        Client rotated = client(List.of(ROTATED), FIRST);
        assertThat(Declarations.client(rotated, client(List.of(FIRST), FIRST))).isSameAs(rotated);
        Client changed = Declarations.client(rotated, client(List.of(SECOND), SECOND));
        assertThat(changed.secretDigests())
                .as("also when the declaration changed")
                .containsExactly(ROTATED);
        Client overlapping = client(List.of(FIRST, ROTATED), FIRST);
        assertThat(Declarations.client(overlapping, client(List.of(FIRST), FIRST)))
                .isSameAs(overlapping);
    }

    @Test
    void client_mayBecomeConfidentialOrPublic() {
        Client open = client(List.of(), null);
        assertThat(Declarations.client(open, client(List.of(FIRST), FIRST)).secretDigests())
                .containsExactly(FIRST);
        assertThat(Declarations.client(client(List.of(FIRST), FIRST), open).secretDigests())
                .isEmpty();
    }

    @Test
    void client_keepsTheBoxOfAKeyThatWasSealedAnew() {
        Client stored = client(List.of(), null, jwtLogin("key", "master", "box", false));
        assertThat(Declarations.client(stored, client(List.of(), null, jwtLogin("key", "master", "box 2", false))))
                .isSameAs(stored);
        for (JwtLogin changed : List.of(
                jwtLogin("other", "master", "box 2", false),
                jwtLogin("key", "another master", "box 2", false),
                jwtLogin("key", "master", "box 2", true))) {
            Client updated = Declarations.client(stored, client(List.of(), null, changed));
            assertThat(updated.jwtLogin()).isEqualTo(changed);
            assertThat(updated.version()).isEqualTo(stored.version() + 1);
        }
        assertThat(Declarations.client(stored, client(List.of(), null)).jwtLogin())
                .isNull();
        assertThat(Declarations.client(client(List.of(), null), stored).jwtLogin())
                .isEqualTo(stored.jwtLogin());
    }

    @Test
    void client_followsWhatItRegisteredForOpenId() {
        Client plain = client(List.of(FIRST), FIRST);
        Client registered = withOpenId(plain, registration("https://app.example.org/bye", null));
        Client stored = Declarations.client(plain, registered);

        assertThat(stored.openId()).isEqualTo(registered.openId());
        assertThat(stored.version()).isEqualTo(plain.version() + 1);
        assertThat(Declarations.client(stored, registered)).isSameAs(stored);
        Client moved = withOpenId(plain, registration("https://app.example.org/", null));
        assertThat(Declarations.client(stored, moved).openId()).isEqualTo(moved.openId());
        assertThat(Declarations.client(stored, plain).openId()).isNull();
    }

    @Test
    void client_keepsTheBoxOfASecretThatWasSealedAnew() {
        Client stored = sealed(client(List.of(FIRST), FIRST), "master", "box");

        assertThat(Declarations.client(null, stored)).isEqualTo(stored);
        assertThat(Declarations.client(stored, sealed(stored, "master", "box 2")))
                .isSameAs(stored);
        for (Client changed : List.of(
                sealed(stored, "another master", "box 2"),
                sealed(client(List.of(SECOND), SECOND), "master", "box 2"))) {
            Client updated = Declarations.client(stored, changed);
            assertThat(updated.openId()).isEqualTo(changed.openId());
            assertThat(updated.version()).isEqualTo(stored.version() + 1);
        }
    }

    /** Tokens by the declared secret would be refused by a client that knows another one. */
    @Test
    void client_neverSignsByASecretThatWasReplaced() {
        Client rotated = sealed(client(List.of(ROTATED), FIRST), "master", "box of the new one");
        Client declared = sealed(client(List.of(FIRST), FIRST), "master", "box of the first");

        assertThat(Declarations.client(rotated, declared)).isSameAs(rotated);
        assertThat(Declarations.client(client(List.of(ROTATED), FIRST), declared)
                        .registration()
                        .secret())
                .isNull();
    }

    @Test
    void tenant_followsHowItsPagesLook() {
        Tenant plain = Declarations.tenant(null, new Tenant("acme", null, null, 0));
        Tenant branded = Declarations.tenant(plain, branded("#1f5fbf"));

        assertThat(branded).isEqualTo(branded("#1f5fbf").withVersion(2));
        assertThat(Declarations.tenant(branded, branded("#1f5fbf"))).isSameAs(branded);
        assertThat(Declarations.tenant(branded, branded("#000000")).version()).isEqualTo(3);
        assertThat(Declarations.tenant(branded, new Tenant("acme", null, null, 0))
                        .branding())
                .isNull();
    }

    private static Tenant branded(String color) {
        return new Tenant("acme", null, null, 0, List.of(), List.of(), new Branding("Acme", null, color));
    }

    private static Client sealed(Client client, String masterKey, String box) {
        Sealed secret = new Sealed(masterKey, Bytes.utf8(box));
        return withOpenId(client, registration("https://app.example.org/", secret));
    }

    private static OpenIdRegistration registration(String afterLogout, @Nullable Sealed secret) {
        return new OpenIdRegistration(
                IdTokenAlgorithm.HS256, null, secret, -1, false, List.of(afterLogout), null, false, null, null, null);
    }

    private static Client withOpenId(Client client, OpenIdRegistration registration) {
        return new Client(
                client.tenant(),
                client.clientId(),
                client.clientName(),
                client.authMethod(),
                client.secretDigests(),
                client.declaredSecret(),
                client.redirectUris(),
                client.grantTypes(),
                client.responseTypes(),
                client.scope(),
                client.accessTokenAlgorithm(),
                client.rotatesRefreshTokens(),
                client.disabled(),
                client.epoch(),
                client.version(),
                client.createdAt(),
                client.jwtLogin(),
                client.pkce(),
                registration,
                null,
                null);
    }

    @Test
    void jwtApp_keepsTheBoxOfAKeyThatWasSealedAnew() {
        JwtApp stored = Declarations.jwtApp(null, jwtApp("key", "master", "box"));
        assertThat(stored.version()).isEqualTo(1);
        assertThat(Declarations.jwtApp(stored, jwtApp("key", "master", "box 2")))
                .isSameAs(stored);
        for (JwtApp changed : List.of(
                jwtApp("other", "master", "box 2"),
                jwtApp("key", "another master", "box 2"),
                jwtApp("key", "master", "box 2", "an audience"))) {
            assertThat(Declarations.jwtApp(stored, changed)).isEqualTo(changed.withVersion(2));
        }
    }

    private static JwtApp jwtApp(String key, String masterKey, String box, String... audiences) {
        return Samples.jwtApp(Tenant.MAIN, "shop", key, new Sealed(masterKey, Bytes.utf8(box)), audiences);
    }

    private static JwtLogin jwtLogin(String key, String masterKey, String box, boolean allowUndated) {
        return new JwtLogin(
                "HS256",
                new Sealed(masterKey, Bytes.utf8(box)),
                Digest.of(key),
                allowUndated,
                false,
                false,
                "payload",
                Map.of("email", LoginName.Kind.EMAIL),
                List.of());
    }

    private static Client client(List<Digest> secrets, @Nullable Digest declared) {
        return client(secrets, declared, null);
    }

    private static Client client(List<Digest> secrets, @Nullable Digest declared, @Nullable JwtLogin jwtLogin) {
        Client web = Samples.client("web");
        return new Client(
                web.tenant(),
                web.clientId(),
                web.clientName(),
                secrets.isEmpty() ? AuthMethod.NONE : AuthMethod.CLIENT_SECRET_BASIC,
                secrets,
                declared,
                web.redirectUris(),
                web.grantTypes(),
                web.responseTypes(),
                web.scope(),
                null,
                true,
                false,
                0,
                1,
                web.createdAt(),
                jwtLogin,
                null);
    }
}
