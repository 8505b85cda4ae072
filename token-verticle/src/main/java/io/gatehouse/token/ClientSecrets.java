package io.gatehouse.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.Client;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of clients whose tokens are signed by them: sealed for their place, opened here and nowhere else. For one event
 * loop.
 */
final class ClientSecrets {
    private record Place(Sealed box, String tenant, String clientId) {}

    private static final String PURPOSE = "client_secret";

    private final MasterKeys masterKeys;
    private final Cache<Place, ClientSecretKey> opened =
            Caffeine.newBuilder().maximumSize(1_000).executor(Runnable::run).build();

    ClientSecrets(MasterKeys masterKeys) {
        this.masterKeys = masterKeys;
    }

    /** Seals the secret for the client that it is declared for. */
    static Sealed seal(MasterKeys masterKeys, String tenant, String clientId, Secret secret) {
        return masterKeys.seal(secret.value(), binding(tenant, clientId));
    }

    /** Null where none is sealed, or not so that it can be opened here. */
    @Nullable
    ClientSecretKey find(Client client) {
        Sealed box = client.registration().secret();
        return box == null ? null : opened.get(new Place(box, client.tenant(), client.clientId()), this::open);
    }

    private @Nullable ClientSecretKey open(Place place) {
        Bytes secret = masterKeys.open(place.box, binding(place.tenant, place.clientId));
        return secret == null ? null : new ClientSecretKey(secret);
    }

    private static Bytes binding(String tenant, String clientId) {
        return Binding.of("gatehouse client key v1", tenant, clientId, PURPOSE, "HS256");
    }
}
