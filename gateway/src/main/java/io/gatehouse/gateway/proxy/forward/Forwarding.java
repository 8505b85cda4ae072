package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.gateway.http.BusyConnection;
import io.gatehouse.gateway.http.Connections;
import io.gatehouse.gateway.http.Discarding;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.proxy.upstream.Attempt;
import io.gatehouse.gateway.proxy.upstream.Attempts;
import io.gatehouse.gateway.proxy.upstream.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request on its way through: sent to one upstream after another until one answers, and the answer passed back. */
final class Forwarding implements OpenStreams.Open {
    /** RFC 9113, section 7. */
    private static final long NO_ERROR = 0;

    private static final long CANCEL = 8;
    private static final String WEBSOCKET = "websocket";
    /** Of three digits (RFC 9110, section 15). */
    private static final int HIGHEST_STATUS = 999;

    private final Passage passage;
    private final Attempts attempts;
    private final Surroundings around;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Promise<@Nullable Reply> done = Promise.promise();
    private long sentAt;
    private @Nullable Attempt attempt;
    private @Nullable HttpClientRequest sent;
    private @Nullable Upload upload;
    private @Nullable Download download;
    private @Nullable Tunnel tunnel;
    private @Nullable BusyConnection busy;
    private boolean over;

    Forwarding(Passage passage, Attempts attempts, Surroundings around) {
        this.passage = passage;
        this.attempts = attempts;
        this.around = around;
        this.request = passage.request();
        this.response = request.response();
    }

    /** Completes with what is to be answered, or with null once its answer has been written or its sender is gone. */
    Future<@Nullable Reply> begin() {
        request.exceptionHandler(gone -> giveUp());
        response.exceptionHandler(gone -> giveUp());
        response.closeHandler(gone -> giveUp());
        around.open().add(this);
        if (passage.exchange().expectsBody()) {
            Connections.passOn(request);
        }
        send(attempts.first());
        return done.future();
    }

    private void send(Attempt next) {
        attempt = next;
        sentAt = System.nanoTime();
        around.clients()
                .open(next.upstream(), request.method(), passage.target(), passage.asksForWebSocket())
                .onSuccess(opened -> deliver(next, opened))
                .onFailure(failure -> unreachable(next, failure));
    }

    private void unreachable(Attempt current, Throwable failure) {
        if (failure instanceof ConnectionPoolTooBusyException && isUnderWay(current)) {
            answerInstead(Answers.tooBusy());
        } else {
            failed(current, Failure.UNREACHABLE);
        }
    }

    private boolean isUnderWay(Attempt current) {
        return !over && attempt == current;
    }

    private void failed(Attempt current, Failure how) {
        if (!isUnderWay(current)) {
            return;
        }
        Attempt next = attempts.after(current, how);
        if (next == null) {
            answerInstead(Answers.of(how));
        } else {
            attempt = next;
            reset();
            send(next);
        }
    }

    private void deliver(Attempt current, HttpClientRequest opened) {
        if (!isUnderWay(current)) {
            // Else it is told to the log.
            opened.exceptionHandler(told -> {});
            Future<Void> unused = opened.reset(CANCEL);
            return;
        }
        sent = opened;
        opened.exceptionHandler(broken -> failed(current, Failure.BROKEN));
        opened.authority(HostAndPort.parseAuthority(passage.exchange().host(), -1));
        RequestHeaders.copy(
                request.headers(), passage.exchange(), passage.passed(), opened.headers(), opened.version());
        Future<HttpClientResponse> answer = passage.asksForWebSocket() ? upgrade(opened) : upload(opened);
        answer.onSuccess(begins -> answered(current, begins)).onFailure(broken -> failed(current, Failure.BROKEN));
    }

    private static Future<HttpClientResponse> upgrade(HttpClientRequest to) {
        return to.putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
                .putHeader(HttpHeaders.UPGRADE, WEBSOCKET)
                .connect();
    }

    private Future<HttpClientResponse> upload(HttpClientRequest to) {
        boolean hasBody = passage.exchange().expectsBody();
        to.setChunked(hasBody && !request.headers().contains(HttpHeaders.CONTENT_LENGTH));
        Future<HttpClientResponse> answer = to.response();
        Upload body = new Upload(request, to);
        upload = body;
        body.begin(hasBody);
        return answer;
    }

    private void answered(Attempt current, HttpClientResponse answer) {
        if (!isUnderWay(current)) {
            return;
        }
        boolean switches = answer.statusCode() == 101 && passage.asksForWebSocket();
        if ((answer.statusCode() < 200 && !switches) || answer.statusCode() > HIGHEST_STATUS) {
            failed(current, Failure.BROKEN);
            return;
        }
        try {
            around.headers().copy(answer.headers(), passage.passed().told(), response.headers());
        } catch (IllegalArgumentException unfit) {
            // A header that HTTP does not allow.
            failed(current, Failure.BROKEN);
            return;
        }
        current.answered(answer.statusCode());
        answer.exceptionHandler(broken -> breakOff(current));
        if (switches) {
            join(current, answer);
        } else {
            download(answer);
        }
    }

    private void download(HttpClientResponse answer) {
        response.setStatusCode(answer.statusCode());
        if (isEarly() && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        Download body = new Download(answer, request, this::finish);
        download = body;
        body.begin(around.vertx());
    }

    /** Whether the upstream answers before it has the whole request. */
    private boolean isEarly() {
        return upload != null && !upload.isOver();
    }

    private void finish() {
        Download body = download;
        Attempt current = attempt;
        if (over || body == null || current == null) {
            return;
        }
        if (body.isShort()) {
            breakOff(current);
            return;
        }
        boolean early = isEarly();
        conclude(Attempt::ended, null);
        if (passage.asksForWebSocket()) {
            // Its request was left open for what did not come: the connection is of no more use, and would count for
            // ever.
            reset();
        } else if (early) {
            stopUpload();
            reset();
            if (request.version() != HttpVersion.HTTP_2) {
                new Discarding(request).begin();
            }
        }
        body.end().onComplete(written -> {
            if (early && request.version() == HttpVersion.HTTP_2) {
                Future<Void> unused = response.reset(NO_ERROR);
            }
        });
    }

    private void join(Attempt current, HttpClientResponse answer) {
        response.setStatusCode(101)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
                .putHeader(HttpHeaders.UPGRADE, WEBSOCKET);
        Upload.letCome(request);
        request.toNetSocket()
                .onSuccess(socket -> {
                    Tunnel joined = new Tunnel(socket, answer.netSocket(), () -> conclude(Attempt::ended, null));
                    tunnel = joined;
                    joined.begin();
                })
                .onFailure(failure -> breakOff(current));
    }

    @Override
    public void look(long now) {
        if (busy == null) {
            // What has been under way since the last look is looked after here. Most requests do not live so long.
            busy = BusyConnection.of(request);
        }
        if (!passage.passed().counts().getAsBoolean()) {
            revoke();
        } else if (tunnel != null) {
            if (tunnel.isTooSilent(now, around.silence())) {
                tunnel.close(Tunnel.GOING_AWAY);
            }
        } else if (download != null) {
            if (download.isHeld(now, around.silence()) || isTooSilent(download, now)) {
                giveUp();
            }
        } else {
            lookForAnswer(now);
        }
    }

    /** A stream of gRPC may long go one way only. */
    private boolean isTooSilent(Download down, long now) {
        long up = upload == null ? down.lastMoved() : upload.lastMoved();
        return around.silence().isTooLongForStream(Math.min(now - down.lastMoved(), now - up));
    }

    private void lookForAnswer(long now) {
        Upload body = upload;
        long idle = now - (body == null ? sentAt : body.lastMoved());
        if (body != null && body.waitsForSender()) {
            if (around.silence().isTooLongHalfDone(idle)) {
                answerInstead(Answers.tooSlow());
            }
        } else if (attempt != null && idle > passage.route().timeout().toNanos()) {
            failed(attempt, Failure.LATE);
        }
    }

    /** What let it pass counts no more. */
    private void revoke() {
        if (tunnel != null) {
            tunnel.close(Tunnel.POLICY_VIOLATION);
        } else if (response.headWritten()) {
            giveUp();
        } else {
            answerInstead(Answers.noLongerCounts());
        }
    }

    @Override
    public void leave() {
        if (tunnel != null) {
            tunnel.close(Tunnel.GOING_AWAY);
        }
    }

    /** The upstream's answer ends too soon, and its sender must see that. */
    private void breakOff(Attempt current) {
        if (!isUnderWay(current)) {
            return;
        }
        current.failed(Failure.BROKEN);
        if (response.headWritten()) {
            giveUp();
        } else {
            answerInstead(Answers.of(Failure.BROKEN));
        }
    }

    /** The sender went away, or is sent away in the midst of an answer. */
    private void giveUp() {
        if (over) {
            return;
        }
        conclude(Attempt::givenUp, null);
        stopBoth();
        if (response.headWritten() && !response.ended() && !response.closed()) {
            Unfinished.end(request);
        }
    }

    private void answerInstead(Reply reply) {
        response.headers().clear();
        conclude(Attempt::givenUp, reply);
        stopBoth();
    }

    private void stopBoth() {
        stopUpload();
        if (download != null) {
            download.stop();
        }
        reset();
    }

    private void stopUpload() {
        if (upload == null) {
            Upload.letCome(request);
        } else {
            upload.stop();
        }
    }

    /** Half a request must not be left on a connection that others use: what they send would be read as its body. */
    private void reset() {
        HttpClientRequest unfinished = sent;
        sent = null;
        if (unfinished != null) {
            Future<Void> unused = unfinished.version() == HttpVersion.HTTP_2
                    ? unfinished.reset(CANCEL)
                    : unfinished.connection().close();
        }
    }

    /** @param news for the attempt, unless it has been told how it ended */
    private void conclude(Consumer<Attempt> news, @Nullable Reply reply) {
        if (over) {
            return;
        }
        over = true;
        around.open().remove(this);
        if (busy != null) {
            busy.release();
        }
        if (attempt != null) {
            news.accept(attempt);
        }
        done.complete(reply);
    }
}
