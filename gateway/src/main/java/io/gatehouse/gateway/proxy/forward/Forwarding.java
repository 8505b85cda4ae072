package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.gateway.http.BusyConnection;
import io.gatehouse.gateway.http.Connections;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.proxy.upstream.Attempt;
import io.gatehouse.gateway.proxy.upstream.Attempts;
import io.gatehouse.gateway.proxy.upstream.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request on its way through: sent to one upstream after another until one answers, and the answer passed back. */
final class Forwarding implements OpenStreams.Open, Sending.Outcome {
    private final Passage passage;
    private final Attempts attempts;
    private final Surroundings around;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Promise<@Nullable Reply> done = Promise.promise();
    private Sending sending;
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
        this.sending = new Sending(attempts.first(), passage, this);
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
        sending.begin(around.clients());
        return done.future();
    }

    @Override
    public void failed(Failure how) {
        if (over) {
            return;
        }
        Attempt next = attempts.after(sending.attempt(), how);
        if (next == null) {
            answerInstead(Answers.of(how));
        } else {
            sending.abandon();
            sending = new Sending(next, passage, this);
            sending.begin(around.clients());
        }
    }

    @Override
    public void tooBusy() {
        answerInstead(Answers.tooBusy());
    }

    @Override
    public void answered(HttpClientResponse answer) {
        try {
            around.headers().copy(answer.headers(), passage.passed().told(), response.headers());
        } catch (IllegalArgumentException unfit) {
            // A header that HTTP does not allow. Those before it must not meet those of the next answer.
            response.headers().clear();
            failed(Failure.BROKEN);
            return;
        }
        sending.attempt().answered(answer.statusCode());
        answer.exceptionHandler(broken -> breakOff());
        if (sending.isSwitch(answer)) {
            join(answer);
        } else {
            download = new Download(answer, request, this::finish);
            download.begin(around.vertx(), sending.isUnderWay());
        }
    }

    private void join(HttpClientResponse answer) {
        Tunnel.open(request, answer, () -> conclude(Attempt::ended, null))
                .onSuccess(opened -> {
                    tunnel = opened;
                    opened.begin();
                })
                .onFailure(failure -> breakOff());
    }

    private void finish(Download whole) {
        if (whole.isShort()) {
            breakOff();
            return;
        }
        boolean early = sending.isUnderWay();
        conclude(Attempt::ended, null);
        if (early) {
            sending.stop();
        } else if (passage.asksForWebSocket()) {
            // Its request was left open for what did not come: the connection is of no more use, and would count for
            // ever.
            sending.abandon();
        }
        whole.end(early);
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
        return around.silence().isTooLongForStream(Math.min(now - down.lastMoved(), now - sending.lastMoved()));
    }

    private void lookForAnswer(long now) {
        long idle = now - sending.lastMoved();
        if (sending.waitsForSender()) {
            if (around.silence().isTooLongHalfDone(idle)) {
                answerInstead(Answers.tooSlow());
            }
        } else if (idle > passage.route().timeout().toNanos()) {
            failed(Failure.LATE);
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
    private void breakOff() {
        if (over) {
            return;
        }
        sending.attempt().failed(Failure.BROKEN);
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
        stop();
        if (response.headWritten() && !response.ended() && !response.closed()) {
            Unfinished.end(request);
        }
    }

    private void answerInstead(Reply reply) {
        response.headers().clear();
        conclude(Attempt::givenUp, reply);
        stop();
    }

    private void stop() {
        if (download != null) {
            download.stop();
        }
        sending.stop();
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
        news.accept(sending.attempt());
        done.complete(reply);
    }
}
