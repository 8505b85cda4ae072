package io.gatehouse.store;

import com.password4j.Argon2Function;
import com.password4j.BcryptFunction;
import com.password4j.CompressedPBKDF2Function;
import com.password4j.HashingFunction;
import com.password4j.ScryptFunction;
import com.password4j.types.Argon2;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Secret;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Argon2id (RFC 9106) at the strength OWASP names first: 19 MiB, two passes, one lane; in the PHC string format. Reads
 * what password4j writes of bcrypt, scrypt and PBKDF2 as well, for users that come from elsewhere.
 */
public final class Argon2Hasher implements PasswordHasher {
    private static final int MEMORY_KIBIBYTES = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern BCRYPT = Pattern.compile("\\$2[abxy]?\\$\\d\\d\\$.{53}");

    /** What a password is compared with where there is none: as dear as any other, and the hash of nothing. */
    private static final String NOBODY = "$argon2id$v=19$m=" + MEMORY_KIBIBYTES + ",t=" + PASSES + ",p=" + LANES
            + "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @Override
    public Secret hash(Secret password) {
        Argon2Function argon2 = Argon2Function.getInstance(MEMORY_KIBIBYTES, PASSES, LANES, HASH_BYTES, Argon2.ID);
        byte[] salt = Entropy.bytes(SALT_BYTES).toArray();
        return Secret.of(argon2.hash(password.value().toArray(), salt).getResult());
    }

    @Override
    public boolean matches(Secret password, @Nullable Secret hash) {
        String stored = hash == null ? NOBODY : hash.reveal();
        try {
            return check(password, stored);
        } catch (RuntimeException unreadable) {
            // Not passed on: messages of the library quote the hash.
            return check(password, NOBODY);
        }
    }

    private static boolean check(Secret password, String stored) {
        return function(stored).check(password.value().toArray(), stored.getBytes(StandardCharsets.UTF_8));
    }

    private static HashingFunction function(String stored) {
        if (stored.startsWith("$argon2")) {
            return Argon2Function.getInstanceFromHash(stored);
        }
        if (BCRYPT.matcher(stored).matches()) {
            return BcryptFunction.getInstanceFromHash(stored);
        }
        return stored.split("\\$").length == 5
                ? CompressedPBKDF2Function.getInstanceFromHash(stored)
                : ScryptFunction.getInstanceFromHash(stored);
    }
}
