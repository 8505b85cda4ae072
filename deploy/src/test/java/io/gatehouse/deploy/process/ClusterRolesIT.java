package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process for each role: what clients see of it, and what they see when one of them is killed. */
class ClusterRolesIT {
    @TempDir
    private Path folder;

    @Test
    void eachRoleMayDieAndComeBack() throws Exception {
        try (Cluster cluster = Cluster.embedded(folder, "gateway:gateway", "token:token", "store:store")
                .start("store", "token", "gateway")) {
            Caller caller = cluster.caller("gateway");
            Patience patience = new Patience();
            Tokens first = Tokens.of(patience.granted(() -> caller.login("ada", "ada-demo-password")));
            assertThat(caller.isActive(Caller.DEMO_CLIENT, first.access())).isTrue();

            Tokens second = withoutToken(cluster, caller, first);
            Tokens third = withoutStore(cluster, caller, second);
            withoutGateway(cluster, third);
        }
    }

    private static Tokens withoutToken(Cluster cluster, Caller caller, Tokens tokens) throws Exception {
        cluster.node("token").child().kill();
        Eventually.isUnavailable(() -> caller.clientCredentials(Caller.DEMO_CLIENT));
        assertFailing(cluster, "token");
        cluster.start("token");
        return isBack(cluster, caller, tokens);
    }

    private static Tokens withoutStore(Cluster cluster, Caller caller, Tokens tokens) throws Exception {
        cluster.node("store").child().kill();
        Eventually.isUnavailable(() -> caller.login("ada", "ada-demo-password"));
        assertFailing(cluster, "store");
        cluster.start("store");
        return isBack(cluster, caller, tokens);
    }

    private static void withoutGateway(Cluster cluster, Tokens tokens) throws Exception {
        cluster.node("gateway").child().kill();
        cluster.start("gateway");
        Caller caller = cluster.caller("gateway");
        isBack(cluster, caller, tokens);
    }

    private static void assertFailing(Cluster cluster, String part) throws Exception {
        Eventually.isTrue(part + " is missed", () -> {
            HttpResponse<String> told = cluster.node("gateway").ready();
            return told.statusCode() == 503
                    && new JsonObject(told.body()).getJsonArray("failing").contains(part);
        });
    }

    private static Tokens isBack(Cluster cluster, Caller caller, Tokens tokens) throws Exception {
        Eventually.isReady(cluster.node("gateway"));
        Eventually.isGranted(() -> caller.clientCredentials(Caller.DEMO_CLIENT));
        HttpResponse<String> refreshed = new Patience().granted(() -> caller.refresh(tokens.refresh()));
        assertThat(caller.isActive(Caller.DEMO_CLIENT, Tokens.of(refreshed).access()))
                .isTrue();
        return Tokens.of(refreshed);
    }
}
