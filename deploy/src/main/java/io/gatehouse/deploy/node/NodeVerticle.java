package io.gatehouse.deploy.node;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * All parts of one event loop, on one context: a request that is answered where it was accepted wakes up no other loop.
 */
final class NodeVerticle extends VerticleBase {
    private final Roles roles;
    private final BusNode node;
    private final int loop;
    private final Preparation preparation;
    private final Deque<Deployable> running = new ArrayDeque<>();

    NodeVerticle(Roles roles, BusNode node, int loop, Preparation preparation) {
        this.roles = roles;
        this.node = node;
        this.loop = loop;
        this.preparation = preparation;
    }

    @Override
    public Future<?> start() {
        Thread.currentThread().setName("loop-" + loop);
        Bus bus = new Bus(vertx, node, loop);
        return deploy(roles.answering(bus))
                .compose(answering -> preparation.once(bus))
                .compose(prepared -> deploy(roles.asking(bus)));
    }

    private Future<Void> deploy(List<Deployable> parts) {
        Future<Void> all = Future.succeededFuture();
        for (Deployable part : parts) {
            all = all.compose(before -> deploy(part));
        }
        return all;
    }

    /** On this loop, wherever what came before has ended: a listener stays where it was opened. */
    private Future<Void> deploy(Deployable part) {
        Promise<Void> deployed = Promise.promise();
        context.runOnContext(here -> deployHere(part).onComplete(deployed));
        return deployed.future();
    }

    private Future<Void> deployHere(Deployable part) {
        running.push(part);
        try {
            return part.deploy(context).mapEmpty();
        } catch (Exception failure) {
            return Future.failedFuture(failure);
        }
    }

    /** The last that was started stops first; a part that fails to stop keeps no other from stopping. */
    @Override
    public Future<?> stop() {
        Future<Void> all = Future.succeededFuture();
        for (Deployable part : running) {
            all = all.eventually(() -> undeploy(part));
        }
        return all;
    }

    private Future<?> undeploy(Deployable part) {
        try {
            return part.undeploy(context);
        } catch (Exception failure) {
            return Future.failedFuture(failure);
        }
    }
}
