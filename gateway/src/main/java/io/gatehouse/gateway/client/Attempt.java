package io.gatehouse.gateway.client;

import io.gatehouse.gateway.client.OutboundFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request on its way: whatever it waits for, it ends when its time is over. Of one event loop. */
final class Attempt {
    private final Promise<OutboundResponse> outcome = Promise.promise();
    private @Nullable HttpClientRequest request;

    /** Completes by then, and at the end of {@link #exchange} at the latest. */
    Future<OutboundResponse> within(Vertx vertx, Duration time) {
        long timer = vertx.setTimer(time.toMillis(), late -> fail(Reason.TIME));
        return outcome.future().eventually(() -> {
            vertx.cancelTimer(timer);
            return Future.succeededFuture();
        });
    }

    /** Sends and reads, on a connection that was just made. */
    void exchange(HttpClientRequest connected, OutboundRequest sent) {
        request = connected;
        if (outcome.future().isComplete()) {
            close();
            return;
        }
        connected.headers().addAll(sent.headers());
        connected.send(sent.body()).onComplete(this::read, failure -> fail(Reason.CONNECTION));
    }

    private void read(HttpClientResponse response) {
        try {
            listen(response);
        } catch (IllegalStateException alreadyEnded) {
            fail(Reason.CONNECTION);
        }
    }

    private void listen(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        List<String> caching = response.headers().getAll(HttpHeaders.CACHE_CONTROL);
        String cacheControl = caching.size() == 1 ? caching.getFirst() : null;
        response.exceptionHandler(failure -> fail(Reason.CONNECTION))
                .endHandler(end -> outcome.tryComplete(new OutboundResponse(response.statusCode(), body, cacheControl)))
                .handler(chunk -> append(body, chunk));
    }

    private void append(Buffer body, Buffer chunk) {
        if (body.length() + chunk.length() > GuardedHttpClient.LARGEST_BODY) {
            fail(Reason.SIZE);
        } else {
            body.appendBuffer(chunk);
        }
    }

    void fail(Throwable failure) {
        fail(failure instanceof OutboundFailure known ? known.reason() : Reason.CONNECTION);
    }

    private void fail(Reason reason) {
        if (outcome.tryFail(new OutboundFailure(reason))) {
            close();
        }
    }

    /** What the other side still sends is not even read. */
    private void close() {
        if (request != null) {
            var unused = request.reset();
        }
    }
}
