package io.gatehouse.common.bus;

import io.gatehouse.common.bus.seal.Peer;
import io.vertx.core.Future;
import java.util.List;

/** The other members of a cluster. */
public interface Company {
    /** Ids of those that say they serve an address; whether they may is for their certificates to say. */
    Future<List<String>> serving(String address);

    /** Who it is, by its hello. Fails where there is none, or not a right one, or not yet. */
    Future<Peer> peer(String node);

    /** Whether it is there now. */
    boolean has(String node);
}
