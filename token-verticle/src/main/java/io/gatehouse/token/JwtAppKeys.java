package io.gatehouse.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.model.JwtAlgorithm;
import io.gatehouse.common.model.JwtApp;
import io.vertx.core.Future;
import java.security.GeneralSecurityException;
import java.text.ParseException;

/** Keys of JWT apps: sealed for their place, opened here and nowhere else. For one event loop. */
final class JwtAppKeys {
    /** Where a sealed key belongs: in another place it does not open. */
    record Place(String tenant, String app, JwtAlgorithm algorithm) {
        private Bytes binding() {
            return Binding.of("gatehouse app key v1", tenant, "jwt_app", app, algorithm.name());
        }
    }

    private record Box(Sealed key, Place place) {}

    private final MasterKeys masterKeys;
    private final WorkerLane workers;
    private final Cache<Box, JwtAppKey> opened =
            Caffeine.newBuilder().maximumSize(1_000).executor(Runnable::run).build();
    private final SingleFlight<Box, JwtAppKey> opening = new SingleFlight<>();

    JwtAppKeys(MasterKeys masterKeys, WorkerLane workers) {
        this.masterKeys = masterKeys;
        this.workers = workers;
    }

    /** @param key the shared secret, or a private JWK as JSON */
    static Sealed seal(MasterKeys masterKeys, Place place, Bytes key) {
        return masterKeys.seal(key, place.binding());
    }

    static Digest digest(Bytes key) {
        // Not the digest that another kind of secret would have: one text used as both must not show.
        return Digest.of(Bytes.utf8("gatehouse jwt_app key ").plus(key));
    }

    /** @return fails with {@link UnusableKey} where it does not open */
    Future<JwtAppKey> find(JwtApp app) {
        Box box = new Box(app.key(), new Place(app.tenant(), app.name(), app.algorithm()));
        JwtAppKey ready = opened.getIfPresent(box);
        return ready == null
                ? opening.run(box, () -> workers.run(() -> open(box)).onSuccess(key -> opened.put(box, key)))
                : Future.succeededFuture(ready);
    }

    private JwtAppKey open(Box box) {
        Place place = box.place;
        Bytes key = masterKeys.open(box.key, place.binding());
        if (key == null) {
            throw new UnusableKey("The key of JWT app " + place.app + " of tenant " + place.tenant
                    + " can't be opened: declare it again, or restore the master key it was sealed under");
        }
        try {
            return JwtAppKey.of(place.algorithm, key);
        } catch (GeneralSecurityException | ParseException | JOSEException malformed) {
            throw new UnusableKey(
                    "The box of JWT app " + place.app + " of tenant " + place.tenant + " holds no key for "
                            + place.algorithm,
                    malformed);
        }
    }
}
