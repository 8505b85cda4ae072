package io.gatehouse.deploy.process;

import io.gatehouse.common.client.Application;
import io.gatehouse.common.client.Gatehouse;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.deploy.cluster.ApplicationMember;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.http.HttpResponse;

/** An application of this build, in this process, as a member of a cluster: it checks tokens by itself. */
final class JoinedApplication implements AutoCloseable {
    private final ApplicationMember member;
    private final Gatehouse gatehouse;

    private JoinedApplication(ApplicationMember member, Gatehouse gatehouse) {
        this.member = member;
        this.gatehouse = gatehouse;
    }

    static JoinedApplication of(Cluster cluster) throws Exception {
        ApplicationMember member = cluster.application();
        Application identity = Application.of(Cluster.APPLICATION, Cluster.APPLICATION_SECRET, RunningNode.ISSUER);
        Gatehouse[] connected = {null};
        try {
            Eventually.isTrueAtLast("a gateway answers the application", () -> {
                connected[0] = Gatehouse.connect(member.vertx(), identity)
                        .otherwise((Gatehouse) null)
                        .await();
                return connected[0] != null;
            });
        } catch (AssertionError nobody) {
            member.close();
            throw nobody;
        }
        return new JoinedApplication(member, connected[0]);
    }

    /** Whether it says so of the token; it may not know yet. */
    private boolean says(boolean taken, String token) {
        return gatehouse
                .verify(token)
                .transform(verified ->
                        Future.succeededFuture(verified.succeeded() ? taken : !taken && isRefused(verified.cause())))
                .await();
    }

    private static boolean isRefused(Throwable cause) {
        return cause instanceof OAuthFailure failure && failure.error() instanceof OAuthError.Protocol;
    }

    /** It takes what one gateway gave until it was revoked at another one. */
    void check(Caller giving, Caller revoking) throws Exception {
        HttpResponse<String> given = giving.clientCredentials(Caller.DEMO_CLIENT);
        String token = Tokens.of(given).access();
        Eventually.isTrue("taken by the application", () -> says(true, token));
        revoke(revoking, token);
        Eventually.isTrue("refused by the application", () -> says(false, token));
    }

    private static void revoke(Caller revoking, String token) throws IOException, InterruptedException {
        new Patience().granted(() -> revoking.revoke(Caller.DEMO_CLIENT, token));
    }

    @Override
    public void close() {
        try {
            gatehouse.close().await();
        } finally {
            member.close();
        }
    }
}
