package io.gatehouse.token;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.model.IdTokenAlgorithm;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A client's secret as the key of HS256 (OpenID Connect Core, section 10.1): the octets of its UTF-8 form. For one event loop.
 */
final class ClientSecretKey implements TokenKey {
    private static final String NAME = "HmacSHA256";
    private static final Map<TokenType, byte[]> HEADERS = TokenType.headers(IdTokenAlgorithm.HS256.jwsName(), null);

    private final Mac mac;

    ClientSecretKey(Bytes secret) {
        try {
            this.mac = Mac.getInstance(NAME);
            mac.init(new SecretKeySpec(secret.toArray(), NAME));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + NAME, e);
        }
    }

    @Override
    public byte[] header(TokenType type) {
        return Objects.requireNonNull(HEADERS.get(type));
    }

    @Override
    public @Nullable String kid() {
        return null;
    }

    @Override
    public boolean isSlow() {
        return false;
    }

    @Override
    public byte[] sign(byte[] input) {
        return mac.doFinal(input);
    }

    /** Whether {@code value} is the MAC of {@code input} by this key. */
    boolean verifies(Bytes input, Bytes value) {
        return Bytes.owned(sign(input.toArray())).equals(value);
    }
}
