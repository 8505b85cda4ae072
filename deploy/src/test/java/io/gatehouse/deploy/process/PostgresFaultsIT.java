package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.deploy.flow.ClientJwtText;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node whose PostgreSQL server dies, falls silent or becomes slow: it says so at once, keeps its word, and goes on by itself.
 */
class PostgresFaultsIT {
    @TempDir
    private Path folder;

    @Test
    void killedUnderLoad() throws Exception {
        for (int round = 1; round <= Busy.rounds(); round++) {
            // servers of its own for each: a client that has too many tokens denied within the hour is denied as a
            // whole
            Path own = Files.createDirectory(folder.resolve("round-" + round));
            try (Servers servers = Servers.postgres(own);
                    RunningNode node = servers.node("postgres-killed")) {
                killUnderLoad(servers, node);
                Busy.tell(round, "PostgreSQL killed");
            }
        }
    }

    private static void killUnderLoad(Servers servers, RunningNode node) throws Exception {
        try (Load load = Load.on(node)) {
            load.awaitAnswers(Busy.ANSWERS);
            Held held = Held.of(node);
            servers.postgres().kill();
            Eventually.storeIsGone(node);
            held.assertUnavailable();
            servers.postgres().restart();
            held.assertBack(node);
            load.awaitAnswers(Busy.ANSWERS);
            load.finish();
            load.check(node);
        }
    }

    @Test
    void silent() throws Exception {
        try (Servers servers = Servers.postgres(folder);
                RunningNode node = servers.node("postgres-silent")) {
            Held held = Held.of(node);
            servers.toPostgres().silence();
            held.assertUnavailable();
            Eventually.storeIsGone(node);
            servers.toPostgres().speak();
            held.assertBack(node);
        }
    }

    @Test
    void cutOff() throws Exception {
        try (Servers servers = Servers.postgres(folder);
                RunningNode node = servers.node("postgres-cut")) {
            Held held = Held.of(node);
            for (int i = 0; i < 10; i++) {
                servers.toPostgres().cut();
                held.assertBack(node);
            }
        }
    }

    @Test
    void slow() throws Exception {
        try (Servers servers = Servers.postgres(folder);
                RunningNode node = servers.node("postgres-slow")) {
            Held held = Held.of(node);
            servers.toPostgres().delay(4_000);
            held.assertUnavailable();
            Eventually.storeIsGone(node);
            servers.toPostgres().delay(0);
            held.assertBack(node);
        }
    }

    /** Of before. */
    private record Held(Caller caller, String refreshToken, String code) {
        static Held of(RunningNode node) throws Exception {
            Caller caller = new Caller(node.address());
            Patience patience = new Patience();
            HttpResponse<String> login = patience.granted(() -> caller.login("ada", "ada-demo-password"));
            HttpResponse<String> code =
                    patience.granted(() -> caller.authorize(ClientJwtText.demo(ClientJwtText.claims("demo"))));
            // from now on the gateway knows the keys
            patience.granted(() -> caller.get("/oauth2/jwks"));
            return new Held(caller, Tokens.of(login).refresh(), new JsonObject(code.body()).getString("code"));
        }

        /** Every door that needs the database; what needs none of it stays open. */
        void assertUnavailable() throws Exception {
            Eventually.isUnavailable(() -> caller.refresh(refreshToken));
            Eventually.isUnavailable(() -> caller.login("ada", "ada-demo-password"));
            Eventually.isUnavailable(() -> caller.exchange(code));
            assertThat(caller.get("/oauth2/jwks").statusCode()).isEqualTo(200);
        }

        void assertBack(RunningNode node) throws Exception {
            Eventually.isReady(node);
            Eventually.isGranted(() -> caller.refresh(refreshToken));
        }
    }
}
