package io.gatehouse.common.message;

import io.gatehouse.common.codec.MalformedRecord;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Aead;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Hkdf;
import io.gatehouse.common.message.PageKeys.KeySet;
import io.gatehouse.common.message.PageKeys.PageKey;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Whose access token it is, where its {@code sub} and {@code sid} are names that one sector knows: sealed into the token itself
 * by the token role, for the gateways that must know who was logged out and for nobody else. The key comes from the day's page
 * key, of which two open at a time: no access token lives longer than a day.
 */
public final class UserSeal {
    /** The claim that holds it. */
    public static final String CLAIM = "usr";

    private static final String LABEL = "gatehouse access token user v1";
    private static final int KEY_ID_BYTES = 4;
    /** What a box of an honest user needs is a third of it. */
    private static final int LONGEST = 400;

    /**
     * @param subject as the store knows it
     * @param sessionId likewise; null: the token names no session
     */
    public record User(String subject, @Nullable String sessionId) {}

    private UserSeal() {}

    /** The value of the claim, which opens for the tenant and the {@code jti} alone. */
    public static String seal(KeySet keys, String tenant, String jti, User user) {
        PageKey key = keys.keys().get(0);
        Bytes box = Aead.seal(derived(key), RecordCodec.encode(user), bound(tenant, jti));
        return idBytes(key).plus(box).base64Url();
    }

    /** Null where none of the keys sealed it, or not for this token. */
    public static @Nullable User open(KeySet keys, String tenant, String jti, String claim) {
        Bytes box = box(claim);
        PageKey key = box == null ? null : keyOf(keys, id(box));
        return box == null || key == null
                ? null
                : read(Aead.open(derived(key), box.slice(KEY_ID_BYTES, box.length()), bound(tenant, jti)));
    }

    /** Whether a key sealed it that is newer than all of them, and may just not be known here yet. */
    public static boolean isNewer(KeySet keys, String claim) {
        Bytes box = box(claim);
        return box != null && id(box) > keys.keys().get(0).id();
    }

    private static @Nullable Bytes box(String claim) {
        Bytes box = claim.length() > LONGEST ? null : Base64Url.decode(claim);
        return box == null || box.length() <= KEY_ID_BYTES ? null : box;
    }

    private static @Nullable User read(@Nullable Bytes opened) {
        try {
            return opened == null ? null : RecordCodec.decode(opened, User.class);
        } catch (MalformedRecord newer) {
            return null;
        }
    }

    private static @Nullable PageKey keyOf(KeySet keys, int id) {
        for (PageKey key : keys.keys()) {
            if (key.id() == id) {
                return key;
            }
        }
        return null;
    }

    /** One key, one use: pages are sealed under the page key itself. */
    private static Bytes derived(PageKey key) {
        return Hkdf.derive(key.key().value(), LABEL);
    }

    /** Neither has a line break in it. */
    private static Bytes bound(String tenant, String jti) {
        return Bytes.utf8(LABEL + "\n" + tenant + "\n" + jti);
    }

    private static int id(Bytes box) {
        return ByteBuffer.wrap(box.slice(0, KEY_ID_BYTES).toArray()).getInt();
    }

    private static Bytes idBytes(PageKey key) {
        return Bytes.owned(ByteBuffer.allocate(KEY_ID_BYTES).putInt(key.id()).array());
    }
}
