package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.JwtLogin;
import io.gatehouse.common.model.LoginName;
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
