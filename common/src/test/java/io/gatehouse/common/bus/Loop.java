package io.gatehouse.common.bus;

import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.StoreHealth;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** An event loop with a bus of its own, as a node has one per loop. */
final class Loop extends VerticleBase {
    static final StoreHealth.Check CHECK = new StoreHealth.Check();

    private final BusNode node;
    private final int number;
    private Bus bus;
    private String deployment;

    private Loop(BusNode node, int number) {
        this.node = node;
        this.number = number;
    }

    /** Numbers of one Vert.x instance count from 0: each gets the next of its threads. */
    static Loop start(Vertx vertx, BusNode node, int number) {
        Loop loop = new Loop(node, number);
        loop.deployment = await(vertx.deployVerticle(loop));
        return loop;
    }

    @Override
    public Future<?> start() {
        bus = new Bus(vertx, node, number);
        return Future.succeededFuture();
    }

    /** Serves health checks, naming itself in the answer. */
    Loop serveHealth(String name) {
        return serveHealth(check -> Future.succeededFuture(new PartHealth(true, Map.of("name", name))));
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    Loop serveHealth(Function<StoreHealth, Future<?>> handler) {
        await(run(() -> bus.serve(StoreHealth.class, StoreHealth.ADDRESS, handler)));
        return this;
    }

    /** The name of whoever answered. */
    String whoAnswers() {
        return await(ask(CHECK)).details().get("name");
    }

    <R> Future<R> ask(Request<R> request) {
        return run(() -> bus.ask(request));
    }

    Bus bus() {
        return bus;
    }

    void closeBus() {
        await(run(bus::close));
    }

    /** As a verticle ends that forgot to close its bus. */
    void undeploy() {
        await(vertx.undeploy(deployment));
    }

    /** On this loop's own thread. */
    <R> Future<R> run(java.util.function.Supplier<Future<R>> task) {
        Promise<R> done = Promise.promise();
        context.runOnContext(go -> task.get().onComplete(done));
        return done.future();
    }

    static <R> R await(Future<R> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** The failure of a future that must fail. */
    static Throwable failure(Future<?> future) {
        return await(future.transform(outcome -> Future.succeededFuture(outcome.cause())));
    }
}
