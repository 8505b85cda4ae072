package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Logs in, rotates its refresh token and revokes access tokens until nobody answers, and remembers what it was told. */
final class RotatingClient implements Runnable {
    private static final int ROTATIONS_PER_LOGIN = 12;

    private final Caller caller;
    private final AtomicInteger answers;
    private final List<Grant> grants = new ArrayList<>();
    private final List<String> revoked = new ArrayList<>();

    /** What one login gave. */
    private static final class Grant {
        private final List<String> refreshTokens = new ArrayList<>();
        private String accessToken = "";

        private void add(Tokens tokens) {
            refreshTokens.add(tokens.refresh());
            accessToken = tokens.access();
        }

        private String refreshToken() {
            return refreshTokens.getLast();
        }
    }

    /** @param answers counts what was acknowledged to all clients */
    RotatingClient(Caller caller, AtomicInteger answers) {
        this.caller = caller;
        this.answers = answers;
    }

    @Override
    public void run() {
        try {
            while (true) {
                Grant grant = new Grant();
                grant.add(answer(() -> caller.login("ada", "ada-demo-password")));
                grants.add(grant);
                for (int i = 0; i < ROTATIONS_PER_LOGIN; i++) {
                    grant.add(answer(() -> caller.refresh(grant.refreshToken())));
                }
                revokeOne();
            }
        } catch (IOException killed) {
            // the test looks whether that happened too early
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void revokeOne() throws IOException, InterruptedException {
        Tokens tokens = answer(() -> caller.clientCredentials(Caller.DEMO_CLIENT));
        if (caller.revoke(Caller.DEMO_CLIENT, tokens.access()).statusCode() == 200) {
            revoked.add(tokens.access());
        }
    }

    private interface Call {
        HttpResponse<String> send() throws IOException, InterruptedException;
    }

    /** Asks until the node is not too busy: what it turned away it never acknowledged. */
    private Tokens answer(Call call) throws IOException, InterruptedException {
        HttpResponse<String> response = call.send();
        while (response.statusCode() == 429 || response.statusCode() == 503) {
            Thread.sleep(50);
            response = call.send();
        }
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        answers.incrementAndGet();
        return Tokens.of(response);
    }

    /** Holds the restarted node to every answer of the killed one. */
    void check(Caller restarted) throws IOException, InterruptedException {
        for (String token : revoked) {
            assertThat(restarted.isActive(Caller.DEMO_CLIENT, token))
                    .as("a revoked token")
                    .isFalse();
        }
        for (Grant grant : grants) {
            assertThat(restarted.isActive(Caller.DEMO_CLIENT, grant.accessToken))
                    .as("an access token")
                    .isTrue();
            HttpResponse<String> refreshed = restarted.refresh(grant.refreshToken());
            assertThat(refreshed.statusCode()).as("the last refresh token").isEqualTo(200);
            checkReuse(restarted, grant);
        }
    }

    /** A token that was exchanged long before must be known as such: that it comes back is a theft. */
    private static void checkReuse(Caller restarted, Grant grant) throws IOException, InterruptedException {
        if (grant.refreshTokens.size() > 2) {
            assertThat(restarted.refresh(grant.refreshTokens.getFirst()).statusCode())
                    .isEqualTo(401);
            assertThat(restarted.refresh(grant.refreshToken()).statusCode()).isEqualTo(401);
            assertThat(restarted.isActive(Caller.DEMO_CLIENT, grant.accessToken))
                    .isFalse();
        }
    }
}
