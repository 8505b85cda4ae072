package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Revokes tokens in one place, and shows them in another for as long as they are taken there. */
final class RevokingClient implements LoadClient {
    /** Of nodes that were not told otherwise. */
    static final Duration STALENESS = Duration.ofSeconds(30);

    private final Caller one;
    private final Caller other;
    private final Patience patience;
    private final List<String> revoked = new ArrayList<>();

    RevokingClient(Caller one, Caller other, Patience patience) {
        this.one = one;
        this.other = other;
        this.patience = patience;
    }

    @Override
    public void work() throws IOException, InterruptedException {
        String token = Tokens.of(patience.granted(() -> one.clientCredentials(Caller.DEMO_CLIENT)))
                .access();
        isTaken(token);
        patience.granted(() -> one.revoke(Caller.DEMO_CLIENT, token));
        long acknowledged = System.nanoTime();
        revoked.add(token);
        while (isTaken(token)) {
            assertThat(Duration.ofNanos(System.nanoTime() - acknowledged))
                    .as("since the revocation of a token that is still taken")
                    .isLessThan(STALENESS);
        }
    }

    private boolean isTaken(String token) throws IOException, InterruptedException {
        HttpResponse<String> told = patience.granted(() -> other.introspect(Caller.DEMO_CLIENT, token));
        return new JsonObject(told.body()).getBoolean("active");
    }

    @Override
    public void check(Caller caller) throws IOException, InterruptedException {
        for (String token : revoked) {
            assertThat(caller.isActive(Caller.DEMO_CLIENT, token))
                    .as("a revoked token")
                    .isFalse();
        }
    }
}
