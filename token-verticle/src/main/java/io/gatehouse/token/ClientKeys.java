package io.gatehouse.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.JwtLogin;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys that clients share with us: sealed for their place, opened here and nowhere else. */
final class ClientKeys {
    private record Place(Sealed box, String tenant, String clientId, String algorithm) {}

    private static final String PURPOSE = "jwt_login";

    private final MasterKeys masterKeys;
    private final Cache<Place, Mac> opened =
            Caffeine.newBuilder().maximumSize(1_000).executor(Runnable::run).build();

    /** For one event loop: a {@link Mac} is used by one thread. */
    ClientKeys(MasterKeys masterKeys) {
        this.masterKeys = masterKeys;
    }

    /** Seals the key for the client that it is declared for. */
    static Sealed seal(MasterKeys masterKeys, String tenant, String clientId, String algorithm, Secret key) {
        return masterKeys.seal(key.value(), binding(tenant, clientId, algorithm));
    }

    static Digest digest(Secret key) {
        // Not the digest a client secret would have: one text used as both must not show.
        return Digest.of(Bytes.utf8("gatehouse jwt_login key ").plus(key.value()));
    }

    /** The MAC by the client's key. */
    Bytes sign(Client client, JwtLogin login, Bytes input) {
        Place place = new Place(login.key(), client.tenant(), client.clientId(), login.algorithm());
        return Bytes.owned(opened.get(place, this::open).doFinal(input.toArray()));
    }

    private Mac open(Place place) {
        Bytes key = masterKeys.open(place.box, binding(place.tenant, place.clientId, place.algorithm));
        if (key == null) {
            throw new UnusableKey("The JWT login key of client " + place.clientId + " of tenant " + place.tenant
                    + " can't be opened: declare it again, or restore the master key it was sealed under");
        }
        return mac(place.algorithm, key);
    }

    private static Mac mac(String algorithm, Bytes key) {
        String name = "HmacSHA" + algorithm.substring(2);
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key.toArray(), name));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }

    private static Bytes binding(String tenant, String clientId, String algorithm) {
        return Binding.of("gatehouse client key v1", tenant, clientId, PURPOSE, algorithm);
    }
}
