package io.gatehouse.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Aead;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Hkdf;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.PageKeys.KeySet;
import io.gatehouse.common.message.PageKeys.PageKey;
import io.gatehouse.common.message.UserSeal.User;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose token it is: for whom, with which token and how long that opens. */
class UserSealTest {
    private static final User USER = new User("0c7e6d0a-5d2c-4a7b-8f3e-1b2c3d4e5f60", "UMQAAAAAAAAAAAAAAAAAAAAA");

    private final String sealed = UserSeal.seal(keys(20_000), "main", "jti", USER);

    private static KeySet keys(int day) {
        return new KeySet(List.of(key(day), key(day - 1)));
    }

    private static PageKey key(int day) {
        return new PageKey(day, new Secret(Hkdf.derive(Bytes.utf8("master"), "day " + day)), Instant.EPOCH);
    }

    private static @Nullable User open(String claim) {
        return UserSeal.open(keys(20_000), "main", "jti", claim);
    }

    @Test
    void opensForTheTokenItWasSealedFor() {
        assertThat(open(sealed)).isEqualTo(USER);
        assertThat(UserSeal.open(keys(20_000), "acme", "jti", sealed)).isNull();
        assertThat(UserSeal.open(keys(20_000), "main", "other", sealed)).isNull();
    }

    @Test
    void aUserWithoutASessionHasNone() {
        User alone = new User(USER.subject(), null);

        assertThat(open(UserSeal.seal(keys(20_000), "main", "jti", alone))).isEqualTo(alone);
    }

    @Test
    void opensTheNextDayAndNoLater() {
        assertThat(UserSeal.open(keys(20_001), "main", "jti", sealed)).isEqualTo(USER);
        assertThat(UserSeal.open(keys(20_002), "main", "jti", sealed)).isNull();
    }

    @Test
    void aNewerKeyIsToldFromAnOlderOne() {
        assertThat(UserSeal.isNewer(keys(19_999), sealed)).isTrue();
        assertThat(UserSeal.open(keys(19_999), "main", "jti", sealed)).isNull();
        assertThat(UserSeal.isNewer(keys(20_000), sealed)).isFalse();
        assertThat(UserSeal.isNewer(keys(20_002), sealed)).isFalse();
        assertThat(UserSeal.isNewer(keys(20_000), "AAAA")).isFalse();
    }

    @Test
    void twoSealsOfOneUserDiffer() {
        assertThat(UserSeal.seal(keys(20_000), "main", "jti", USER)).isNotEqualTo(sealed);
    }

    @Test
    void whatWasChangedOpensNothing() {
        byte[] box = Objects.requireNonNull(Base64Url.decode(sealed)).toArray();
        for (int i = 0; i < box.length; i++) {
            byte[] changed = box.clone();
            changed[i] ^= (byte) (1 << (i % 8));
            assertThat(open(Base64Url.encode(changed))).as("byte %d", i).isNull();
        }
        for (String text : List.of("", "AAAA", "AAAAAAAA", "%%", "A".repeat(100), "A".repeat(401))) {
            assertThat(open(text)).as(text).isNull();
        }
    }

    /** What a page sealed for somebody is no user, even if it were worded like one. */
    @Test
    void thePageKeyItselfOpensAndSealsNothing() {
        Bytes id = Bytes.of(new byte[] {0, 0, 0x4E, 0x20});
        Bytes bound = Bytes.utf8("gatehouse access token user v1\nmain\njti");
        Bytes box = Objects.requireNonNull(Base64Url.decode(sealed));
        Bytes byPageKey = Aead.seal(key(20_000).key().value(), Bytes.utf8("x"), bound);

        assertThat(box.slice(0, 4)).isEqualTo(id);
        assertThat(Aead.open(key(20_000).key().value(), box.slice(4, box.length()), bound))
                .isNull();
        assertThat(open(id.plus(byPageKey).base64Url())).isNull();
    }
}
