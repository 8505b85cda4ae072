package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.deploy.flow.ClientJwtText;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose Redis server dies with all it knew, or falls silent: refreshes go on, nothing counts twice. */
class RedisFaultsIT {
    @TempDir
    private Path folder;

    @Test
    void killedUnderLoad() throws Exception {
        for (int round = 1; round <= Busy.rounds(); round++) {
            // servers of its own for each: an emptied Redis takes no JWT for a minute, and codes are what this is about
            killUnderLoad(Files.createDirectory(folder.resolve("round-" + round)));
            Busy.tell(round, "Redis killed");
        }
    }

    private static void killUnderLoad(Path folder) throws Exception {
        try (Servers servers = Servers.postgresAndRedis(folder);
                RunningNode node = servers.node("redis-killed");
                Load load = Load.on(node)) {
            Session session = new Session(node);
            load.awaitAnswers(Busy.ANSWERS);
            servers.redis().kill();
            assertGone(node, session);
            servers.redis().restart();
            assertBack(node);
            load.awaitAnswers(Busy.ANSWERS);
            load.finish();
            load.check(node);
        }
    }

    @Test
    void bothKilled() throws Exception {
        try (Servers servers = Servers.postgresAndRedis(folder);
                RunningNode node = servers.node("both-killed");
                Load load = Load.on(node)) {
            load.awaitAnswers(Busy.ANSWERS);
            servers.redis().kill();
            servers.postgres().kill();
            JsonObject store = Eventually.storeIsGone(node);
            assertThat(store.getString("postgres")).isEqualTo("gone");
            servers.postgres().restart();
            servers.redis().restart();
            assertBack(node);
            load.awaitAnswers(Busy.ANSWERS);
            load.finish();
            load.check(node);
        }
    }

    @Test
    void silentAndCutOff() throws Exception {
        try (Servers servers = Servers.postgresAndRedis(folder);
                RunningNode node = servers.node("redis-silent")) {
            Session session = new Session(node);
            servers.toRedis().silence();
            assertGone(node, session);
            servers.toRedis().speak();
            assertBack(node);
            for (int i = 0; i < 10; i++) {
                servers.toRedis().cut();
                assertBack(node);
            }
        }
    }

    @Test
    void slow() throws Exception {
        try (Servers servers = Servers.postgresAndRedis(folder);
                RunningNode node = servers.node("redis-slow")) {
            Session session = new Session(node);
            servers.toRedis().delay(4_000);
            assertGone(node, session);
            servers.toRedis().delay(0);
            assertBack(node);
        }
    }

    /** Begun while all was well. */
    private static final class Session {
        private final Caller caller;
        private final String code;
        private Tokens tokens;

        private Session(RunningNode node) throws Exception {
            this.caller = new Caller(node.address());
            Patience patience = new Patience();
            this.tokens = Tokens.of(patience.granted(() -> caller.login("ada", "ada-demo-password")));
            this.code = new JsonObject(
                            patience.granted(() -> caller.authorize(ClientJwtText.demo(ClientJwtText.claims("demo"))))
                                    .body())
                    .getString("code");
        }

        private void goesOn() throws Exception {
            HttpResponse<String> refreshed = caller.refresh(tokens.refresh());
            assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(200);
            tokens = Tokens.of(refreshed);
            assertThat(caller.me(tokens.access()).statusCode()).isEqualTo(200);
        }
    }

    private static void assertGone(RunningNode node, Session session) throws Exception {
        Caller caller = new Caller(node.address());
        JsonObject store = Eventually.storeIsGone(node);
        assertThat(store.getString("redis")).isEqualTo("gone");
        assertThat(store.getString("postgres")).isEqualTo("up");
        Eventually.isUnavailable(() -> caller.login("ada", "ada-demo-password"));
        Eventually.isUnavailable(() -> caller.exchange(session.code));
        Eventually.isUnavailable(() -> caller.authorize(ClientJwtText.demo(ClientJwtText.claims("demo"))));
        session.goesOn();
    }

    private static void assertBack(RunningNode node) throws Exception {
        Eventually.isReady(node);
        Caller caller = new Caller(node.address());
        Eventually.isGranted(() -> caller.login("ada", "ada-demo-password"));
    }
}
