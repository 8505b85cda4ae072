package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.GrantId;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {
    private final RefreshToken token = RefreshToken.first(Samples.GRANT);

    private static String text(RefreshToken token) {
        return token.encode().reveal();
    }

    @Test
    void itIsTheGrantAndTwoSecretsInBase64Url() {
        Bytes bytes = Bytes.of(Base64.getUrlDecoder().decode(text(token)));

        assertThat(text(token)).matches("[A-Za-z0-9_-]{86}");
        assertThat(bytes.length()).isEqualTo(64);
        assertThat(bytes.slice(0, 16)).isEqualTo(Samples.GRANT.value());
        assertThat(Digest.of(bytes.slice(16, 32))).isEqualTo(token.familyDigest());
        assertThat(Digest.of(bytes.slice(32, 64))).isEqualTo(token.secretDigest());
    }

    @Test
    void whatWasWrittenIsRead() {
        RefreshToken read = RefreshToken.parse(text(token));

        assertThat(read).isNotNull();
        assertThat(read.grant()).isEqualTo(Samples.GRANT);
        assertThat(read.familyDigest()).isEqualTo(token.familyDigest());
        assertThat(read.secretDigest()).isEqualTo(token.secretDigest());
        assertThat(text(read)).isEqualTo(text(token));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 43, 84, 85, 87, 88, 172, 100_000})
    void anotherLengthIsNoToken(int length) {
        assertThat(RefreshToken.parse("A".repeat(length))).isNull();
    }

    @Test
    void onlyOneSpellingIsRead() {
        String good = text(token);
        assertThat(RefreshToken.parse(good)).isNotNull();
        for (String bad : new String[] {
            good.substring(1) + "=",
            good.substring(0, 85) + "+",
            good.substring(0, 85) + "/",
            " " + good.substring(1),
            good.substring(0, 85) + "\n",
            good.substring(0, 42) + "." + good.substring(43),
            good.substring(0, 85) + "\u00e4"
        }) {
            assertThat(RefreshToken.parse(bad)).as(bad).isNull();
        }
        // 64 bytes leave four bits of the last character over.
        assertThat(RefreshToken.parse("A".repeat(85) + "B")).isNull();
        assertThat(RefreshToken.parse("A".repeat(86))).isNotNull();
    }

    @Test
    void aSuccessorKeepsGrantAndFamilyOnly() {
        RefreshToken successor = token.successor();

        assertThat(successor.grant()).isEqualTo(token.grant());
        assertThat(successor.familyDigest()).isEqualTo(token.familyDigest());
        assertThat(successor.secretDigest()).isNotEqualTo(token.secretDigest());
        assertThat(successor.secretDigest()).isNotEqualTo(token.successor().secretDigest());
    }

    @Test
    void noTwoAreAlike() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            all.add(text(RefreshToken.first(Samples.GRANT)));
        }
        assertThat(all).hasSize(1000);
    }

    @Test
    void whoHoldsTheTokenOpensItsSuccessor() {
        RefreshToken successor = token.successor();
        Bytes sealed = token.seal(successor, "main", "web");

        assertThat(text(token.open(sealed, "main", "web"))).isEqualTo(text(successor));
        assertThat(text(RefreshToken.parse(text(token)).open(sealed, "main", "web")))
                .isEqualTo(text(successor));
        assertThat(token.seal(successor, "main", "web")).isNotEqualTo(sealed);
    }

    @Test
    void nobodyElseDoes() {
        RefreshToken successor = token.successor();
        Bytes sealed = token.seal(successor, "main", "web");
        RefreshToken sameSecretOtherGrant = otherGrant(token);

        assertThat(token.open(sealed, "shop", "web")).isNull();
        assertThat(token.open(sealed, "main", "other")).isNull();
        assertThat(token.open(sealed, "mainweb", "")).isNull();
        assertThat(successor.open(sealed, "main", "web")).isNull();
        assertThat(token.successor().open(sealed, "main", "web")).isNull();
        assertThat(RefreshToken.first(Samples.GRANT).open(sealed, "main", "web"))
                .isNull();
        assertThat(sameSecretOtherGrant.secretDigest()).isEqualTo(token.secretDigest());
        assertThat(sameSecretOtherGrant.open(sealed, "main", "web")).isNull();
    }

    private static RefreshToken otherGrant(RefreshToken token) {
        byte[] bytes = Base64.getUrlDecoder().decode(text(token));
        GrantId other = GrantId.expiring(TestClock.START);
        other.value().copyTo(bytes, 0);
        return RefreshToken.parse(Bytes.of(bytes).base64Url());
    }

    @Test
    void aSealedSuccessorThatWasTouchedDoesNotOpen() {
        byte[] sealed = token.seal(token.successor(), "main", "web").toArray();
        for (int i = 0; i < sealed.length; i++) {
            byte[] touched = sealed.clone();
            touched[i] ^= 1;
            assertThat(token.open(Bytes.of(touched), "main", "web")).isNull();
        }
        assertThat(token.open(Bytes.of(Arrays.copyOf(sealed, 20)), "main", "web"))
                .isNull();
        assertThat(token.open(Bytes.EMPTY, "main", "web")).isNull();
    }
}
