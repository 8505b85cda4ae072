package io.gatehouse.token;

import io.gatehouse.common.crypto.AesBlock;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Hkdf;
import io.gatehouse.common.model.SessionId;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The names of one sector (OpenID Connect Core, section 8.1): what a user is called elsewhere can't be told from them, nor
 * which of them are one user, without the tenant's secret; with it, both ways. Nothing is stored. A session has a name of the
 * sector too, for clients that compared theirs would know whom they share.
 */
final class SectorNaming implements Naming {
    private static final int DAY_BYTES = SessionId.LENGTH - AesBlock.LENGTH;

    private final Bytes secret;
    private final String place;

    /**
     * @param secret of the tenant
     * @param sector a host name
     */
    SectorNaming(Bytes secret, String tenant, String sector) {
        this.secret = secret;
        // Neither has a line break in it.
        this.place = tenant + "\n" + sector;
    }

    /** 22 characters of base64url: the 16 bytes of the UUID, encrypted. */
    @Override
    public String sub(String subject) {
        return AesBlock.encrypt(subjects(), block(subject)).base64Url();
    }

    @Override
    public @Nullable String subject(String sub) {
        Bytes name = Base64Url.decode(sub);
        return name == null || name.length() != AesBlock.LENGTH ? null : text(AesBlock.decrypt(subjects(), name));
    }

    /** The day at its front stays readable: many sessions share it. */
    @Override
    public String sid(String sessionId) {
        SessionId real = SessionId.parse(sessionId);
        if (real == null) {
            throw new IllegalArgumentException("a session id has the form of one");
        }
        Bytes value = real.value();
        return day(value).plus(AesBlock.encrypt(sessions(), random(value))).base64Url();
    }

    @Override
    public @Nullable String sessionId(String sid) {
        SessionId told = SessionId.parse(sid);
        if (told == null) {
            return null;
        }
        Bytes value = told.value();
        return day(value).plus(AesBlock.decrypt(sessions(), random(value))).base64Url();
    }

    private Bytes subjects() {
        return key("gatehouse pairwise subject v1");
    }

    private Bytes sessions() {
        return key("gatehouse pairwise session v1");
    }

    private Bytes key(String label) {
        return Hkdf.derive(secret, label + "\n" + place);
    }

    private static Bytes day(Bytes sessionId) {
        return sessionId.slice(0, DAY_BYTES);
    }

    private static Bytes random(Bytes sessionId) {
        return sessionId.slice(DAY_BYTES, SessionId.LENGTH);
    }

    private static Bytes block(String subject) {
        UUID uuid = UUID.fromString(subject);
        if (!uuid.toString().equals(subject)) {
            // Two spellings would be one user to the client, and two here.
            throw new IllegalArgumentException("a subject is a UUID in lower case");
        }
        ByteBuffer bytes = ByteBuffer.allocate(AesBlock.LENGTH);
        bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        return Bytes.owned(bytes.array());
    }

    private static String text(Bytes block) {
        ByteBuffer bytes = ByteBuffer.wrap(block.toArray());
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }
}
