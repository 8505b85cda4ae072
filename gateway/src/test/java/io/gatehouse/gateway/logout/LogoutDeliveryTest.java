package io.gatehouse.gateway.logout;

import static io.gatehouse.gateway.oauth.TestNode.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.message.LogoutStatement;
import io.gatehouse.common.message.Logouts;
import io.gatehouse.gateway.oauth.Samples;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogoutDeliveryTest extends LogoutCase {
    private List<Logouts.Report> reports() {
        return node.asked(Logouts.Report.class);
    }

    private Logouts.Report firstReport() {
        eventually("it is reported", () -> !reports().isEmpty());
        return reports().getFirst();
    }

    @Test
    void aLogoutIsPostedAsAForm() {
        List<String> seen = new CopyOnWriteArrayList<>();
        int port = serve(request -> request.body().onSuccess(body -> {
            seen.addAll(List.of(
                    request.method() + " " + request.uri(),
                    request.getHeader("Content-Type"),
                    request.getHeader("Cache-Control"),
                    body.toString()));
            request.response().end();
        }));
        uris.put("web", "http://127.0.0.1:" + port + "/logout?of=web");
        queue.add("web");
        deliver();

        assertThat(firstReport().done()).isTrue();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(seen)
                .containsExactly(
                        "POST /logout?of=web",
                        "application/x-www-form-urlencoded",
                        "no-store",
                        "logout_token=" + TOKEN);
        assertThat(node.asked(Logouts.Claim.class).getFirst()).isEqualTo(new Logouts.Claim(32, Duration.ofMinutes(1)));
        IdTokens.SignLogout signed = node.askedOnce(IdTokens.SignLogout.class);
        assertThat(signed.logout().read(LogoutStatement.class).clientId()).isEqualTo("web");
        assertThat(signed.client())
                .isEqualTo(Samples.found(Samples.logoutClient("web", uris.get("web")))
                        .client());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 400})
    void theseAnswersAreTheLast(int status) {
        client("web", status);
        queue.add("web");
        deliver();

        assertThat(firstReport().done()).isTrue();
        assertThat(audit.lines)
                .containsExactly("event=" + (status == 400 ? "logout_refused" : "logout_delivered")
                        + " tenant=main client_id=web tries=1");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 401, 404, 500, 503})
    void otherAnswersAreTriedAgain(int status) {
        client("web", status);
        queue.add("web");
        deliver();

        assertThat(firstReport().done()).isFalse();
        assertThat(audit.lines)
                .containsExactly(
                        "event=logout_not_delivered tenant=main client_id=web tries=1 reason=status_" + status);
    }

    @Test
    void afterFiveTriesItIsGivenUp() {
        AtomicInteger tries = new AtomicInteger();
        int port = serve(request -> {
            tries.incrementAndGet();
            request.response().setStatusCode(503).end();
        });
        uris.put("web", "http://127.0.0.1:" + port + "/");
        queue.add("web");
        deliver();
        for (int i = 1; i <= Logouts.TRIES; i++) {
            int sofar = i;
            eventually("try " + i, () -> queue.reported() == sofar);
            node.clock.pass(Duration.ofMinutes(11));
        }

        assertThat(tries).hasValue(5);
        assertThat(reports()).extracting(Logouts.Report::tries).containsExactly(0, 1, 2, 3, 4);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(audit.lines.getLast()).startsWith("event=logout_given_up ").contains(" tries=5 ");
    }

    @Test
    void aTryThatFailedIsFollowedByOneThatDoesNot() {
        AtomicInteger tries = new AtomicInteger();
        int port = serve(request -> request.response()
                .setStatusCode(tries.incrementAndGet() == 1 ? 503 : 200)
                .end());
        uris.put("web", "http://127.0.0.1:" + port + "/");
        queue.add("web");
        deliver();
        assertThat(firstReport().done()).isFalse();
        eventually("the queue knows of it", () -> queue.reported() == 1);
        node.clock.pass(Duration.ofSeconds(10));

        eventually("it is delivered", queue::isEmpty);
        assertThat(reports().getLast().done()).isTrue();
    }

    @Test
    void whoDoesNotWishToHearIsDone() {
        node.on(Clients.Find.class, find -> switch (find.clientId()) {
            case "gone" -> new Clients.Found(null);
            case "disabled" ->
                Samples.found(
                        Samples.logoutClient("disabled", "https://192.0.2.1/").inState(true, 0, 1));
            default -> Samples.found(Samples.client(find.clientId()));
        });
        List.of("gone", "disabled", "without-uri").forEach(queue::add);
        deliver();

        eventually("all are done", queue::isEmpty);
        assertThat(reports())
                .hasSize(3)
                .allSatisfy(report -> assertThat(report.done()).isTrue());
        assertThat(node.asked(IdTokens.SignLogout.class)).isEmpty();
    }

    @Test
    void whatCannotBeSignedIsTriedAgain() {
        client("web", 200);
        node.failing(IdTokens.SignLogout.class, new OAuthError.Unavailable("token"));
        queue.add("web");
        deliver();

        assertThat(firstReport().done()).isFalse();
        assertThat(audit.lines.getFirst()).endsWith(" reason=unsigned");
    }

    @Test
    void anAddressThatIsNotAllowedIsNotReached() {
        AtomicInteger requests = new AtomicInteger();
        int port = serve(request -> {
            requests.incrementAndGet();
            request.response().end();
        });
        uris.put("web", "http://127.0.0.1:" + port + "/");
        queue.add("web");
        deliver("10.0.0.0/8");

        assertThat(firstReport().done()).isFalse();
        assertThat(audit.lines.getFirst()).endsWith(" reason=address");
        assertThat(requests).hasValue(0);
    }

    @Test
    void aStoreThatIsAwayIsAskedAgain() {
        client("web", 200);
        node.failing(Logouts.Claim.class, new OAuthError.Unavailable("store"));
        deliver();
        eventually("it was asked", () -> !node.asked(Logouts.Claim.class).isEmpty());
        new LogoutQueue(node).add("web");

        assertThat(firstReport().done()).isTrue();
    }

    /** Its lease brings it back: nothing is kept here for it. */
    @Test
    void aReportThatGetsLostIsFollowedByAnotherDelivery() {
        AtomicInteger deliveries = new AtomicInteger();
        int port = serve(request -> {
            deliveries.incrementAndGet();
            request.response().end();
        });
        uris.put("web", "http://127.0.0.1:" + port + "/");
        queue.add("web");
        node.failing(Logouts.Report.class, new OAuthError.Unavailable("store"));
        deliver();
        firstReport();
        node.clock.pass(Duration.ofMinutes(1));

        eventually("it comes a second time", () -> deliveries.get() == 2);
    }

    @Test
    void noLineHoldsATokenOrAPerson() {
        List.of(200, 400, 500).forEach(status -> {
            client("client-" + status, status);
            queue.add("client-" + status);
        });
        deliver();
        eventually("all are reported", () -> reports().size() == 3);

        assertThat(audit.lines)
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).doesNotContain(TOKEN, LogoutQueue.SUBJECT, "http"));
    }
}
