package io.gatehouse.deploy.cluster;

import io.gatehouse.common.bus.Company;
import io.gatehouse.common.bus.seal.Peer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.util.List;

/** The others, as the cluster's memory and their hellos tell of them. */
final class Neighbourhood implements Company {
    private final Vertx vertx;
    private final Members members;
    private final HelloCheck check;

    Neighbourhood(Vertx vertx, Members members, HelloCheck check) {
        this.vertx = vertx;
        this.members = members;
        this.check = check;
    }

    @Override
    public Future<List<String>> serving(String address) {
        Promise<List<RegistrationInfo>> found = Promise.promise();
        members.getRegistrations(address, found);
        String own = members.getNodeId();
        return found.future()
                .map(all -> all.stream()
                        .filter(one -> !one.localOnly())
                        .map(RegistrationInfo::nodeId)
                        .filter(node -> !node.equals(own))
                        .distinct()
                        .toList());
    }

    /** Away from the event loops: there are signatures to check. */
    @Override
    public Future<Peer> peer(String node) {
        Promise<NodeInfo> found = Promise.promise();
        members.getNodeInfo(node, found);
        return found.future()
                .compose(info ->
                        vertx.executeBlocking(() -> check.check(node, info == null ? null : info.metadata()), false));
    }

    @Override
    public boolean has(String node) {
        return members.getNodes().contains(node);
    }
}
