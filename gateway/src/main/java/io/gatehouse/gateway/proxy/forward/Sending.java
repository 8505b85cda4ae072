package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.gateway.proxy.upstream.Attempt;
import io.gatehouse.gateway.proxy.upstream.Failure;
import io.vertx.core.Future;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/** A request on its way to one upstream: a connection to it, the head, the body, until an answer begins. Of one event loop. */
final class Sending {
    /** Told how it went, once, unless it was abandoned before. */
    interface Outcome {
        /** The head of a final answer arrived, or the switch that was asked for. */
        void answered(HttpClientResponse answer);

        void failed(Failure how);

        /** Nothing was sent: more wait for the upstream than may. */
        void tooBusy();
    }

    /** RFC 9113, section 7. */
    private static final long CANCEL = 8;
    /** Of three digits (RFC 9110, section 15). */
    private static final int HIGHEST_STATUS = 999;

    private final Attempt attempt;
    private final Passage passage;
    private final Outcome outcome;
    private final long since = System.nanoTime();
    private @Nullable HttpClientRequest sent;
    private @Nullable Upload upload;
    private boolean over;

    Sending(Attempt attempt, Passage passage, Outcome outcome) {
        this.attempt = attempt;
        this.passage = passage;
        this.outcome = outcome;
    }

    Attempt attempt() {
        return attempt;
    }

    void begin(Clients clients) {
        clients.open(attempt.upstream(), passage.request().method(), passage.target(), passage.asksForWebSocket())
                .onSuccess(this::deliver)
                .onFailure(this::unreachable);
    }

    private void unreachable(Throwable failure) {
        if (!over && failure instanceof ConnectionPoolTooBusyException) {
            over = true;
            outcome.tooBusy();
        } else {
            fail(Failure.UNREACHABLE);
        }
    }

    private void fail(Failure how) {
        if (!over) {
            over = true;
            outcome.failed(how);
        }
    }

    private void deliver(HttpClientRequest opened) {
        if (over) {
            // Else it is told to the log.
            opened.exceptionHandler(told -> {});
            Future<Void> unused = opened.reset(CANCEL);
            return;
        }
        sent = opened;
        opened.exceptionHandler(broken -> fail(Failure.BROKEN));
        opened.authority(HostAndPort.parseAuthority(passage.exchange().host(), -1));
        RequestHeaders.copy(
                passage.request().headers(), passage.exchange(), passage.passed(), opened.headers(), opened.version());
        Future<HttpClientResponse> answer = passage.asksForWebSocket() ? Tunnel.askFor(opened) : upload(opened);
        answer.onSuccess(this::answered).onFailure(broken -> fail(Failure.BROKEN));
    }

    private Future<HttpClientResponse> upload(HttpClientRequest to) {
        boolean hasBody = passage.exchange().expectsBody();
        to.setChunked(hasBody && !passage.request().headers().contains(HttpHeaders.CONTENT_LENGTH));
        Future<HttpClientResponse> answer = to.response();
        Upload body = new Upload(passage.request(), to);
        upload = body;
        body.begin(hasBody);
        return answer;
    }

    private void answered(HttpClientResponse answer) {
        int status = answer.statusCode();
        boolean isFinal = status >= 200 && status <= HIGHEST_STATUS;
        if (!isFinal && !isSwitch(answer)) {
            fail(Failure.BROKEN);
        } else if (!over) {
            over = true;
            outcome.answered(answer);
        }
    }

    /** Whether bytes of the WebSocket follow that was asked for. */
    boolean isSwitch(HttpClientResponse answer) {
        return answer.statusCode() == 101 && passage.asksForWebSocket();
    }

    /** Whether the upstream has yet to get some of the body. */
    boolean isUnderWay() {
        return upload != null && !upload.isOver();
    }

    /** Whether the next move is the sender's, not the upstream's. */
    boolean waitsForSender() {
        return upload != null && upload.waitsForSender();
    }

    /** By {@link System#nanoTime}. */
    long lastMoved() {
        return upload == null ? since : upload.lastMoved();
    }

    /** No more of the request is passed on, and what still comes of it is read by nobody. */
    void stop() {
        if (upload == null) {
            Upload.letCome(passage.request());
        } else {
            upload.stop();
        }
        abandon();
    }

    /**
     * The request may be sent again. Half of it must not be left on a connection that others use: what they send would be read
     * as its body.
     */
    void abandon() {
        over = true;
        HttpClientRequest unfinished = sent;
        sent = null;
        if (unfinished != null) {
            Future<Void> unused = unfinished.version() == HttpVersion.HTTP_2
                    ? unfinished.reset(CANCEL)
                    : unfinished.connection().close();
        }
    }
}
