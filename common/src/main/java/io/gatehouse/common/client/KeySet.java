package io.gatehouse.common.client;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.model.JcaAlgorithm;
import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that sign the tenant's access tokens. Each decides its algorithm, whatever a token says. */
final class KeySet {
    /** @param kid of the key that it was signed with */
    record Verified(String kid, JsonObject claims) {}

    private record Key(SigningAlgorithm algorithm, PublicKey key) {
        boolean signed(Bytes input, Bytes value) {
            return JcaAlgorithm.of(algorithm).isSigned(key, input, value);
        }
    }

    private static final System.Logger LOG = System.getLogger(KeySet.class.getName());

    private final Map<String, Key> keys = new HashMap<>();
    private final String tenant;
    private final String issuer;
    private final long version;

    private KeySet(String tenant, String issuer, long version) {
        this.tenant = tenant;
        this.issuer = issuer;
        this.version = version;
    }

    /** @param told as the gateway answers {@code keys} */
    static KeySet read(JsonObject told) {
        KeySet set = new KeySet(told.getString("tenant"), told.getString("issuer"), told.getLong("version"));
        for (Object one : told.getJsonArray("keys", new JsonArray())) {
            JsonObject jwk = (JsonObject) one;
            try {
                SigningAlgorithm algorithm = SigningAlgorithm.of(jwk.getString("alg", ""));
                set.keys.put(jwk.getString("kid"), new Key(algorithm, PublicKeys.read(algorithm, jwk)));
            } catch (GeneralSecurityException | IllegalArgumentException newer) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a key is of a kind that this build does not know: its tokens are none here");
            }
        }
        return set;
    }

    String tenant() {
        return tenant;
    }

    String issuer() {
        return issuer;
    }

    long version() {
        return version;
    }

    /** The {@code kid} that a token names; null: it is no token of the form that ours have (RFC 9068, section 2.1). */
    static @Nullable String kid(String token) {
        int dot = token.indexOf('.');
        Bytes json = dot <= 0 ? null : Base64Url.decode(token.substring(0, dot));
        try {
            JsonObject header = json == null ? new JsonObject() : new JsonObject(json.utf8());
            boolean ours = "at+jwt".equals(header.getValue("typ")) && !header.containsKey("crit");
            return ours ? header.getString("kid") : null;
        } catch (RuntimeException notJson) {
            return null;
        }
    }

    boolean knows(String kid) {
        return keys.containsKey(kid);
    }

    /** Null where no key of the set signed it. */
    @Nullable
    Verified verify(String token, String kid) {
        Key key = keys.get(kid);
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (key == null || second < 0 || token.indexOf('.', second + 1) >= 0) {
            return null;
        }
        Bytes claims = Base64Url.decode(token.substring(first + 1, second));
        Bytes signature = Base64Url.decode(token.substring(second + 1));
        if (claims == null || signature == null) {
            return null;
        }
        boolean right = key.signed(Bytes.utf8(token.substring(0, second)), signature);
        return right ? new Verified(kid, new JsonObject(claims.utf8())) : null;
    }
}
