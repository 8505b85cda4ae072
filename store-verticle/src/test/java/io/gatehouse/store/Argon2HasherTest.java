package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.BcryptFunction;
import com.password4j.CompressedPBKDF2Function;
import com.password4j.ScryptFunction;
import com.password4j.types.Bcrypt;
import com.password4j.types.Hmac;
import io.gatehouse.common.crypto.Secret;
import org.junit.jupiter.api.Test;

class Argon2HasherTest {
    private static final String PASSWORD = "correct horse 🐎 battery";

    private final PasswordHasher hasher = new Argon2Hasher();

    @Test
    void hash_isArgon2idInPhcFormat() {
        Secret hash = hasher.hash(Secret.of(PASSWORD));
        assertThat(hash.reveal())
                .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(hasher.hash(Secret.of(PASSWORD))).as("salted").isNotEqualTo(hash);
        assertThat(hasher.matches(Secret.of(PASSWORD), hash)).isTrue();
        assertThat(hasher.matches(Secret.of("Correct horse 🐎 battery"), hash)).isFalse();
        assertThat(hasher.matches(Secret.of(""), hash)).isFalse();
    }

    /** RFC 9106 names no vector for these parameters; this one is from the reference implementation's tests. */
    @Test
    void matches_readsTheReferenceImplementation() {
        Secret reference =
                Secret.of("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
        assertThat(hasher.matches(Secret.of("password"), reference)).isTrue();
        assertThat(hasher.matches(Secret.of("Password"), reference)).isFalse();
    }

    @Test
    void matches_readsBcryptScryptAndPbkdf2() {
        imported(BcryptFunction.getInstance(Bcrypt.B, 5).hash(PASSWORD).getResult());
        imported(ScryptFunction.getInstance(1024, 8, 1).hash(PASSWORD).getResult());
        imported(CompressedPBKDF2Function.getInstance(Hmac.SHA256, 1000, 256)
                .hash(PASSWORD)
                .getResult());
    }

    private void imported(String hash) {
        assertThat(hasher.matches(Secret.of(PASSWORD), Secret.of(hash)))
                .as(hash)
                .isTrue();
        assertThat(hasher.matches(Secret.of("wrong"), Secret.of(hash))).as(hash).isFalse();
    }

    @Test
    void matches_isNeverTrueWithoutAHash() {
        assertThat(hasher.matches(Secret.of(PASSWORD), null)).isFalse();
        assertThat(hasher.matches(Secret.of(""), null)).isFalse();
    }

    @Test
    void matches_refusesWhatItCantRead() {
        for (String garbage : new String[] {
            "",
            "plain",
            "$",
            "$$$$",
            "$argon2id$",
            "$2b$05$short",
            "$pbkdf2-sha256$1$a$b",
            "$argon2id$v=19$m=x,t=2,p=1$a$b"
        }) {
            assertThat(hasher.matches(Secret.of(PASSWORD), Secret.of(garbage)))
                    .as(garbage)
                    .isFalse();
            assertThat(hasher.matches(Secret.of(garbage), Secret.of(garbage)))
                    .as(garbage)
                    .isFalse();
        }
    }

    /** Who can write a hash could end the process by it. */
    @Test
    void matches_refusesAHashThatTakesTooMuchMemory() {
        String argon2 = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        String scrypt =
                ScryptFunction.getInstance(32_768, 8, 1).hash("password").getResult();
        int ours = 19 << 20;
        assertThat(matches(ours, argon2)).isTrue();
        assertThat(matches(ours, argon2.replace("m=256", "m=65536"))).isFalse();
        assertThat(matches(2 * ours, scrypt)).isTrue();
        assertThat(matches(ours, scrypt)).isFalse();
    }

    private static boolean matches(long mostBytes, String hash) {
        return new Argon2Hasher(mostBytes).matches(Secret.of("password"), Secret.of(hash));
    }
}
