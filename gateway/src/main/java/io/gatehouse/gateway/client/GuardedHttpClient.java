package io.gatehouse.gateway.client;

import io.gatehouse.common.config.Cidr;
import io.gatehouse.common.model.Client;
import io.gatehouse.gateway.client.OutboundFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * The HTTP client for URLs that others chose: such a URL must not reach what only this machine reaches, and whoever answers
 * must not keep us busy. It resolves the name itself, refuses addresses that are not public or allowed, connects to just the
 * address that it checked, follows no redirect, and bounds time and size. https only, but on an allowed loopback address.
 *
 * <p>One per event loop, to be used on it.
 */
public final class GuardedHttpClient {
    /** In bytes. */
    public static final int LARGEST_BODY = 64 * 1024;

    private static final Duration TIME = Duration.ofSeconds(5);

    /** Beyond what any caller sends at once to one target: nobody waits here for a connection. */
    private static final int MOST_CONNECTIONS_OF_TARGET = 64;

    private final Vertx vertx;
    private final AddressRule rule;
    private final Duration time;
    private final HttpClient client;

    /** @param allow private addresses that URLs may lead to */
    public GuardedHttpClient(Vertx vertx, List<Cidr> allow) {
        this(vertx, allow, TIME);
    }

    /** @param time for a whole request, from the name to the last byte */
    public GuardedHttpClient(Vertx vertx, List<Cidr> allow, Duration time) {
        this(vertx, allow, time, new HttpClientOptions());
    }

    /** @param options whom to trust; the rest is set here */
    GuardedHttpClient(Vertx vertx, List<Cidr> allow, Duration time, HttpClientOptions options) {
        this.vertx = vertx;
        this.rule = new AddressRule(allow);
        this.time = time;
        this.client = vertx.createHttpClient(
                bounded(options, time), new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS_OF_TARGET));
    }

    private GuardedHttpClient(Vertx vertx, AddressRule rule, Duration time, HttpClient client) {
        this.vertx = vertx;
        this.rule = rule;
        this.time = time;
        this.client = client;
    }

    /** The same for URLs of strangers: what is allowed here counts for whom the operator knows, and for nobody else. */
    public GuardedHttpClient forStrangers() {
        return new GuardedHttpClient(vertx, new AddressRule(List.of()), time, client);
    }

    /** The one for the URLs of a client: one that nobody declared is a stranger. */
    public GuardedHttpClient of(Client owner) {
        return owner.selfRegistration() == null ? this : forStrangers();
    }

    /** A connection lives for one request: who may be reached is asked anew each time. */
    private static HttpClientOptions bounded(HttpClientOptions options, Duration time) {
        int seconds = (int) Math.max(1, time.toSeconds());
        return new HttpClientOptions(options)
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setConnectTimeout((int) time.toMillis())
                .setSslHandshakeTimeout(seconds)
                .setIdleTimeout(seconds);
    }

    /** @return fails with {@link OutboundFailure} only */
    public Future<OutboundResponse> send(OutboundRequest request) {
        Attempt attempt = new Attempt();
        Future<OutboundResponse> response = attempt.within(vertx, time);
        Future.succeededFuture(request.url())
                .map(Target::of)
                .compose(target -> resolve(target.name())
                        .map(addresses -> target.options(request.method(), target.choose(addresses, rule))))
                .compose(client::request)
                .onComplete(connected -> attempt.exchange(connected, request), attempt::fail);
        return response;
    }

    private Future<List<InetAddress>> resolve(String name) {
        VertxInternal internal = (VertxInternal) vertx;
        // Bound to the caller's context: a response that is read from another one may end before anybody listens.
        Promise<List<InetSocketAddress>> resolved = internal.promise();
        internal.nameResolver().resolveAll(name, resolved::handle);
        return resolved.future()
                .map(addresses ->
                        addresses.stream().map(InetSocketAddress::getAddress).toList())
                .recover(unknown -> Future.failedFuture(new OutboundFailure(Reason.NAME)));
    }

    /** Ends what is under way. */
    public Future<Void> close() {
        return client.close();
    }
}
