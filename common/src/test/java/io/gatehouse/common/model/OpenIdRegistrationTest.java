package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.message.Samples;
import org.junit.jupiter.api.Test;

class OpenIdRegistrationTest {
    private static final Sealed BOX = new Sealed("master", Bytes.utf8("box"));

    private final OpenIdRegistration registration =
            Samples.of(OpenIdRegistration.class).withSecret(BOX);

    @Test
    void aSecretSealedAnewByTheSameKeyIsNoOther() {
        Sealed anew = new Sealed("master", Bytes.utf8("another box"));

        assertThat(registration.declaresSameAs(registration.withSecret(anew))).isTrue();
    }

    @Test
    void anotherMasterKeyIsAnotherSeal() {
        Sealed other = new Sealed("another master", BOX.box());

        assertThat(registration.declaresSameAs(registration.withSecret(other))).isFalse();
        assertThat(registration.declaresSameAs(registration.withSecret(null))).isFalse();
        assertThat(registration.withSecret(null).declaresSameAs(registration)).isFalse();
    }

    @Test
    void whatIsRegisteredTellsOneFromAnother() {
        OpenIdRegistration nothing = OpenIdRegistration.DEFAULT.withSecret(BOX);

        assertThat(registration.declaresSameAs(nothing)).isFalse();
        assertThat(nothing.declaresSameAs(registration)).isFalse();
    }
}
