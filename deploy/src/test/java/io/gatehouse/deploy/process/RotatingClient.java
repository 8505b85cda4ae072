package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Logs in, rotates its refresh token and revokes access tokens, and remembers what it was told. */
final class RotatingClient implements LoadClient {
    private static final int ROTATIONS_PER_LOGIN = 12;

    private final Caller caller;
    private final Patience patience;
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

    RotatingClient(Caller caller, Patience patience) {
        this.caller = caller;
        this.patience = patience;
    }

    @Override
    public void work() throws IOException, InterruptedException {
        Grant grant = new Grant();
        grant.add(Tokens.of(patience.granted(() -> caller.login("ada", "ada-demo-password"))));
        grants.add(grant);
        for (int i = 0; i < ROTATIONS_PER_LOGIN; i++) {
            grant.add(Tokens.of(patience.granted(() -> caller.refresh(grant.refreshToken()))));
        }
        revokeOne();
    }

    private void revokeOne() throws IOException, InterruptedException {
        Tokens tokens = Tokens.of(patience.granted(() -> caller.clientCredentials(Caller.DEMO_CLIENT)));
        patience.granted(() -> caller.revoke(Caller.DEMO_CLIENT, tokens.access()));
        revoked.add(tokens.access());
    }

    @Override
    public void check(Caller restarted) throws IOException, InterruptedException {
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
