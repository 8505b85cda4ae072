package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import java.util.List;
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

    private static Client client(List<Digest> secrets, Digest declared) {
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
                web.createdAt());
    }
}
