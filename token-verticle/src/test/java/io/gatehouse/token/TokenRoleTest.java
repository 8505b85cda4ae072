package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.TokenHealth;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.VerificationKey;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenRoleTest {
    @Test
    void health_saysWhoSignsAndIsReadyOnlyAfterBootstrap() {
        try (TokenNode node = TokenNode.usual()) {
            PartHealth before = node.ask(new TokenHealth.Check());
            assertThat(before.ready()).isFalse();
            assertThat(before.details()).containsOnlyKeys("crypto", "master_key");
            assertThat(before.details().toString()).doesNotContain(TokenNode.MASTER_KEY);
            TokenNode.await(node.role.bootstrap(node.bus));
            assertThat(node.ask(new TokenHealth.Check()).ready()).isTrue();
        }
    }

    @Test
    void bootstrap_makesTheConfiguredKeyOfTheDefaultTenant() {
        try (TokenNode node =
                new TokenNode(TokenNode.CONFIG + "tokens: {signing_algorithm: RS256}", new StoreStandIn())) {
            TokenNode.await(node.role.bootstrap(node.bus));
            assertThat(node.store.tenants).containsOnlyKeys("main");
            assertThat(node.keys("main").keys())
                    .extracting(VerificationKey::algorithm)
                    .containsExactly(SigningAlgorithm.RS256);
        }
    }

    /** What clients are given by default, and nothing that a library might not know. */
    @Test
    void bootstrap_makesTheKeysOfIdTokensWithoutAChoice() {
        try (TokenNode node = TokenNode.usual()) {
            TokenNode.await(node.role.bootstrap(node.bus));
            TokenNode.await(node.role.bootstrap(node.bus));
            assertThat(node.keys("main").keys())
                    .extracting(VerificationKey::algorithm)
                    .containsExactly(SigningAlgorithm.ES256, SigningAlgorithm.RS256);
        }
    }

    @Test
    void open_withAnUnusableMasterKey_failsWithOneSentence(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("master.key"), "");
        Files.setPosixFilePermissions(folder.resolve("master.key"), PosixFilePermissions.fromString("rw-------"));
        Vertx vertx = Vertx.vertx();
        try {
            assertThatThrownBy(() -> TokenNode.await(TokenRole.open(
                            vertx,
                            ConfigLoader.parse("store: {path: " + folder + "}"),
                            new Attestor(Bytes.of(new byte[32])),
                            Clock.systemUTC())))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageStartingWith("The master key " + folder)
                    .hasMessageNotContaining("\n");
        } finally {
            TokenNode.await(vertx.close());
        }
    }

    @Test
    void bootstrap_withKeysOfAnotherMasterKey_failsWithWhatToDo() {
        StoreStandIn store = new StoreStandIn("main");
        try (TokenNode first = new TokenNode(TokenNode.CONFIG, store)) {
            TokenNode.await(first.role.bootstrap(first.bus));
        }
        String yaml = TokenNode.CONFIG.replace("AAEC", "BBEC");
        try (TokenNode second = new TokenNode(yaml, store)) {
            assertThatThrownBy(() -> TokenNode.await(second.role.bootstrap(second.bus)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("restore master.key or set keys.master_key");
            assertThat(second.ask(new TokenHealth.Check()).ready()).isFalse();
        }
    }

    @Test
    void verticle_onEachLoop_answersWithTheSameKeys() {
        try (TokenNode node = TokenNode.usual()) {
            Bus other = new Bus(node.vertx, new BusNode("other"), 7);
            TokenNode.await(node.vertx.deployVerticle(node.role.verticle(other)));
            assertThat(TokenNode.await(other.ask(new VerificationKeys.Get("main"))))
                    .isEqualTo(node.keys("main"));
        }
    }
}
