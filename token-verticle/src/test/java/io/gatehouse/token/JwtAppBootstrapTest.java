package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.JwtAppStatement;
import io.gatehouse.common.message.JwtAppTokens;
import io.gatehouse.common.model.JwtAlgorithm;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.ProfileValue;
import io.gatehouse.common.model.ProfileValue.Field;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** JWT apps as the configuration declares them. */
class JwtAppBootstrapTest {
    private static final String SECRET = "shop-secret-0123456789abcdef0123456789";
    private static final String APPS = TokenNode.CONFIG + "bootstrap:\n  jwt_apps:\n";
    private final StoreStandIn store = new StoreStandIn("main");
    private final CapturedLog log = new CapturedLog("io.gatehouse.token");

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void bootstrap_declaresAnAppInAllItsWords() {
        bootstrap(APPS + """
                    - name: shop
                      algorithm: HS256
                      secret: %s
                      expires_in: 300
                      site_url: https://shop.example.org/
                      audiences: [shop-api]
                      mapping: {mail: "Email[0].Value", uid: Uid, team: CustomFields.team}
                      metadata: {plan: gold}
                """.formatted(SECRET));
        JwtApp shop = app("shop");
        assertThat(shop.tenant()).isEqualTo("main");
        assertThat(shop.algorithm()).isEqualTo(JwtAlgorithm.HS256);
        assertThat(shop.life()).isEqualTo(Duration.ofMinutes(5));
        assertThat(shop.issuer()).isEqualTo("https://shop.example.org/");
        assertThat(shop.audiences()).containsExactly("shop-api");
        assertThat(shop.mapping())
                .isEqualTo(Map.of(
                        "mail", new ProfileValue(Field.EMAIL, null),
                        "uid", new ProfileValue(Field.UID, null),
                        "team", new ProfileValue(Field.CLAIM, "team")));
        assertThat(shop.metadata()).isEqualTo(Map.of("plan", "gold"));
        assertThat(shop.toString()).doesNotContain(SECRET);
        assertThat(String.join("\n", log.lines()))
                .contains("bootstrap.jwt_apps[0] (shop of tenant main) was new or changed")
                .doesNotContain(SECRET);
    }

    @Test
    void bootstrap_twice_changesNothingTheSecondTime() throws Exception {
        String pem = PrivateKeyPemTest.pem(
                "PRIVATE KEY", PrivateKeyPemTest.pair(JwtAlgorithm.ES256).getPrivate());
        String yaml = APPS + "    - {name: shop, secret: " + SECRET + "}\n" + signed("es", "ES256", pem);
        bootstrap(yaml);
        assertThat(summary()).endsWith("0 users and 2 JWT apps are declared; 2 were new or changed");
        JwtApp shop = app("shop");
        JwtApp es = app("es");
        bootstrap(yaml);
        assertThat(summary()).endsWith("0 were new or changed");
        assertThat(app("shop")).isEqualTo(shop);
        assertThat(app("es")).isEqualTo(es);
        bootstrap(yaml.replace(SECRET, SECRET + "x"));
        assertThat(summary()).endsWith("1 were new or changed");
        assertThat(app("shop")).isNotEqualTo(shop);
    }

    @Test
    void bootstrap_takesAnAppAway() {
        String shop = APPS + "    - {name: shop, secret: " + SECRET + "%s}\n";
        bootstrap(shop.formatted(""));
        assertThat(app("shop").disabled()).isFalse();
        bootstrap(shop.formatted(", disabled: true"));
        assertThat(app("shop").disabled()).isTrue();
    }

    @Test
    void declaredKey_signs() throws Exception {
        KeyPair pair = PrivateKeyPemTest.pair(JwtAlgorithm.ES384);
        String yaml = APPS + signed("es", "ES384", PrivateKeyPemTest.pem("PRIVATE KEY", pair.getPrivate()));
        try (TokenNode node = new TokenNode(yaml, store)) {
            TokenNode.await(node.role.bootstrap(node.bus));
            AppSamples sample = new AppSamples();
            Attestation app = node.attestor.attest(new JwtAppStatement(app("es"), sample.appEnd));
            SignedJWT jwt = Jwts.read(node.ask(new JwtAppTokens.Issue(
                            "main", app, sample.ticket(node), node.attestor.attest(sample.profile()), null))
                    .jwt());
            assertThat(jwt.verify(new ECDSAVerifier((ECPublicKey) pair.getPublic())))
                    .isTrue();
        }
    }

    @Test
    void bootstrap_reportsEveryAppThatItCannotDeclare() throws Exception {
        String es256 = PrivateKeyPemTest.pem(
                "PRIVATE KEY", PrivateKeyPemTest.pair(JwtAlgorithm.ES256).getPrivate());
        String yaml = APPS + """
                    - {name: good, secret: %1$s}
                    - {name: typo, secret: %1$s, mapping: {mail: Emial, uid: Uid}}
                    - {name: text, algorithm: RS256, secret: %1$s}
                    - {name: taken, secret: %1$s, audiences: [web]}
                """.formatted(SECRET) + signed("curve", "ES512", es256);
        store.clients.put("web", new Samples().client());
        String message =
                Objects.requireNonNull(catchThrowable(() -> bootstrap(yaml)).getMessage());
        assertThat(message)
                .contains("bootstrap.jwt_apps[1] (typo of tenant main) maps the claim mail to Emial, which no profile"
                        + " has: write " + ProfileValue.NOTATIONS)
                .contains("bootstrap.jwt_apps[2] (text of tenant main) has a secret that is no private key in PEM")
                .contains("bootstrap.jwt_apps[3] (taken of tenant main) holds what another one has already: audience")
                .contains("bootstrap.jwt_apps[4] (curve of tenant main) has a private key that is none for ES512")
                .doesNotContain("bootstrap.jwt_apps[0]")
                .doesNotContain(SECRET)
                .doesNotContain(es256.substring(40, 60));
        assertThat(store.jwtApps).containsOnlyKeys("good");
    }

    private void bootstrap(String yaml) {
        log.clear();
        try (TokenNode node = new TokenNode(yaml, store)) {
            TokenNode.await(node.role.bootstrap(node.bus));
        }
    }

    private String summary() {
        return log.lines().get(log.lines().size() - 1);
    }

    private JwtApp app(String name) {
        return Objects.requireNonNull(store.jwtApps.get(name));
    }

    private static String signed(String name, String algorithm, String pem) {
        return "    - name: " + name + "\n      algorithm: " + algorithm + "\n      secret: |\n"
                + pem.strip().indent(8);
    }
}
