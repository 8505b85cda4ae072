package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.store.pg.PostgresServer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the other roles keep secret is nowhere in a gateway's memory, whatever it was asked. */
@EnabledIf("io.gatehouse.deploy.process.Memory#isReadable")
class GatewayMemoryIT {
    /** A node that has the role has it, in memory too: that is how the search is known to find it. */
    private static final Set<String> OF_OTHERS =
            Set.of("master key", "sealing key", "attestation key", "database password", "signing key");

    @TempDir
    private Path folder;

    @Test
    void holdsNoSecretOfOtherRoles() throws Exception {
        try (Cluster cluster = Cluster.onPostgres(folder, "gateway:gateway", "back:token,store")
                .start("back", "gateway")) {
            visit(cluster.caller("gateway"));
            Map<String, List<byte[]>> secrets = secrets(cluster);

            Child back = cluster.node("back").child();
            Child gateway = cluster.node("gateway").child();

            assertThat(kinds(Memory.found(back, secrets))).isEqualTo(OF_OTHERS);
            assertThat(Memory.found(gateway, secrets)).isEmpty();
            assertThat(Memory.found(gateway, itsOwn())).containsExactly("issuer");
        }
    }

    /** Everything that makes the others use their secrets. */
    private static void visit(Caller caller) throws Exception {
        Patience patience = new Patience();
        for (int i = 0; i < 20; i++) {
            Tokens tokens = Tokens.of(patience.granted(() -> caller.login("ada", "ada-demo-password")));
            Tokens next = Tokens.of(patience.granted(() -> caller.refresh(tokens.refresh())));
            patience.granted(() -> caller.me(next.access()));
            String token = Tokens.of(patience.granted(() -> caller.clientCredentials(Caller.DEMO_CLIENT)))
                    .access();
            assertThat(caller.isActive(Caller.DEMO_CLIENT, token)).isTrue();
            patience.granted(() -> caller.revoke(Caller.DEMO_CLIENT, token));
        }
    }

    private static Map<String, List<byte[]>> secrets(Cluster cluster) throws Exception {
        return new Secrets()
                .masterKey(Cluster.MASTER_KEY, cluster.keySetRow())
                .key("attestation key", Base64.getDecoder().decode(Cluster.ATTESTATION_KEY))
                .text("database password", PostgresServer.PASSWORD)
                .all();
    }

    private static Map<String, List<byte[]>> itsOwn() {
        return new Secrets().text("issuer", "http://127.0.0.1:18080").all();
    }

    private static Set<String> kinds(Set<String> names) {
        Set<String> kinds = new TreeSet<>();
        names.forEach(name -> kinds.add(name.startsWith("signing key") ? "signing key" : name));
        return kinds;
    }
}
