package io.gatehouse.store;

import com.password4j.BcryptFunction;
import com.password4j.CompressedPBKDF2Function;
import com.password4j.HashingFunction;
import com.password4j.ScryptFunction;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.store.argon2.Argon2;
import io.gatehouse.store.argon2.Cost;
import io.gatehouse.store.argon2.Cost.Variant;
import io.gatehouse.store.argon2.HashMemory;
import io.gatehouse.store.argon2.PhcString;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Argon2id (RFC 9106) at the strength OWASP names first: 19 MiB, two passes, one lane; in the PHC string format. Reads
 * what password4j writes of bcrypt, scrypt and PBKDF2 as well, for users that come from elsewhere. A hash that takes more
 * memory than half of the heap is no user's.
 */
public final class Argon2Hasher implements PasswordHasher {
    private static final Cost COST = new Cost(Variant.ID, Cost.CURRENT_VERSION, 19 * 1024, 2, 1);
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int SCRYPT_BLOCK_BYTES = 128;
    private static final Pattern BCRYPT = Pattern.compile("\\$2[abxy]?\\$\\d\\d\\$.{53}");

    /** What a password is compared with where there is none: as dear as any other, and the hash of nothing. */
    private static final PhcString NOBODY =
            new PhcString(COST, Bytes.owned(new byte[SALT_BYTES]), Bytes.owned(new byte[HASH_BYTES]));

    private final long mostBytes;
    private final HashMemory memory;

    public Argon2Hasher() {
        this(Runtime.getRuntime().maxMemory() / 2);
    }

    /** @param mostBytes of memory for one hash */
    Argon2Hasher(long mostBytes) {
        this.mostBytes = mostBytes;
        this.memory = new HashMemory(COST.words(), mostBytes);
    }

    @Override
    public Secret hash(Secret password) {
        Bytes salt = Entropy.bytes(SALT_BYTES);
        return Secret.of(new PhcString(COST, salt, argon2(COST, password, salt, HASH_BYTES)).text());
    }

    @Override
    public boolean matches(Secret password, @Nullable Secret hash) {
        try {
            return hash == null ? check(password, NOBODY) : check(password, hash.reveal());
        } catch (RuntimeException unreadable) {
            // Not passed on: messages of the library quote the hash.
            return check(password, NOBODY);
        }
    }

    private boolean check(Secret password, String stored) {
        return stored.startsWith("$argon2")
                ? check(password, PhcString.parse(stored))
                : function(stored).check(password.value().toArray(), stored.getBytes(StandardCharsets.UTF_8));
    }

    private boolean check(Secret password, PhcString stored) {
        Bytes salt = stored.salt();
        return argon2(stored.cost(), password, salt, stored.hash().length()).equals(stored.hash());
    }

    private Bytes argon2(Cost cost, Secret password, Bytes salt, int length) {
        return memory.with(
                cost.words(),
                words -> Bytes.owned(Argon2.hash(cost, words, password.value().toArray(), salt.toArray(), length)));
    }

    private HashingFunction function(String stored) {
        if (BCRYPT.matcher(stored).matches()) {
            return BcryptFunction.getInstanceFromHash(stored);
        }
        return stored.split("\\$").length == 5 ? CompressedPBKDF2Function.getInstanceFromHash(stored) : scrypt(stored);
    }

    private ScryptFunction scrypt(String stored) {
        ScryptFunction scrypt = ScryptFunction.getInstanceFromHash(stored);
        if ((long) scrypt.getWorkFactor() * scrypt.getResources() * SCRYPT_BLOCK_BYTES > mostBytes) {
            throw new IllegalArgumentException("the hash takes more memory than this process may give");
        }
        return scrypt;
    }
}
