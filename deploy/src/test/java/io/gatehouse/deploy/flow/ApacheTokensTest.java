package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Apache takes access tokens of Gatehouse for a service, as its resource server (mod_oauth2). */
class ApacheTokensTest {
    /** How it knows that a token counts. */
    enum Way {
        ASK("ASK_GATEHOUSE"),
        KEYS("CHECK_BY_KEYS");

        final String defined;

        Way(String defined) {
            this.defined = defined;
        }
    }

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            tokens: {default_audience: https://api.example.org}
            bootstrap:
              clients:
                - {client_id: shop, client_secret: shop-secret-0123456789abcdef0123456789, grant_types: [client_credentials],
                   serves: [default]}
                - {client_id: batch, client_secret: %1$s, grant_types: [client_credentials], scope: api other,
                   resources: ["https://other.example.org"]}
            """.formatted(RunningNode.DEMO_SECRET));

    private static final String BATCH = Caller.basic("batch", RunningNode.DEMO_SECRET);

    @TempDir
    static Path folder;

    private static final Map<Way, ProxyProgram> APACHES = new EnumMap<>(Way.class);
    private static EchoUpstream upstream;

    @BeforeAll
    static void startApaches() throws Exception {
        upstream = new EchoUpstream();
        int gatehouse = NODE.address().getPort();
        for (Way way : Way.values()) {
            Path own = Files.createDirectory(folder.resolve(way.name()));
            int port = ProxyProgram.freePort();
            APACHES.put(way, ProxyProgram.apache(own, port, gatehouse, upstream.port(), way.defined));
        }
    }

    @AfterAll
    static void stopApaches() throws Exception {
        for (ProxyProgram apache : APACHES.values()) {
            apache.close();
        }
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.heads.clear();
    }

    private static String token(String... more) {
        List<String> form = new ArrayList<>(List.of("grant_type", "client_credentials"));
        form.addAll(List.of(more));
        Answer answer = NODE.caller().post("/oauth2/token", BATCH, form.toArray(String[]::new));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.text("access_token");
    }

    private static Answer get(Way way, String token, String... headers) {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.add("Authorization: Bearer " + token);
        return new BareCaller(APACHES.get(way).address()).get("/api/orders", lines.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void anAccessTokenOpensWhatItIsFor(Way way) {
        String token = token("scope", "api");
        assertThat(get(way, token).status()).isEqualTo(200);
        assertThat(upstream.heads).hasSize(1);
        assertThat(upstream.heads.getFirst())
                .contains("OIDC_CLAIM_client_id: batch", "OIDC_CLAIM_sub: batch")
                .noneMatch(line -> line.contains(token));
    }

    @ParameterizedTest
    @EnumSource
    void withoutOneThatIsForItNothingOpens(Way way) {
        Answer none = new BareCaller(APACHES.get(way).address()).get("/api/orders");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("www-authenticate")).startsWith("Bearer");
        Map<String, String> refused = Map.of(
                "no JWT", "x.y.z",
                "another scope", token("scope", "other"),
                "another service", token("scope", "api", "resource", "https://other.example.org"),
                "another signature", forged(token("scope", "api")));
        refused.forEach(
                (why, token) -> assertThat(get(way, token).status()).as(why).isEqualTo(401));
        assertThat(upstream.heads).isEmpty();
    }

    private static String forged(String token) {
        int signature = token.lastIndexOf('.') + 1;
        char other = token.charAt(signature) == 'A' ? 'B' : 'A';
        return token.substring(0, signature) + other + token.substring(signature + 1);
    }

    @Test
    void aRevokedTokenOpensNothingMoreWhereGatehouseIsAsked() {
        String token = token("scope", "api");
        assertThat(get(Way.ASK, token).status()).isEqualTo(200);
        assertThat(NODE.caller().post("/oauth2/revoke", BATCH, "token", token).status())
                .isEqualTo(200);
        assertThat(get(Way.ASK, token).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void noClaimOfTheClientsOwnArrives(Way way) {
        String token = token("scope", "api");
        for (String name : List.of("OIDC_CLAIM_email", "oidc_claim_email", "OIDC-CLAIM-email", "Oidc-Claim_Email")) {
            assertThat(get(way, token, name + ": root@example.org").status()).isEqualTo(200);
        }
        assertThat(upstream.heads)
                .hasSize(4)
                .allSatisfy(head -> assertThat(head).noneMatch(line -> line.contains("root@example.org")));
    }
}
