package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;

/** A gateway whose one-time values count once, asked over HTTP by the client {@code web}. */
abstract class DpopCase {
    static final ECKey KEY = Tokens.ecKey("client");
    static final ECKey OTHER = Tokens.ecKey("thief");

    final TestGateway gateway;
    Client client = Samples.client("web");

    DpopCase() {
        this("");
    }

    /** @param yaml more configuration */
    DpopCase(String yaml) {
        gateway = new TestGateway(yaml);
        Set<OneTimeValues.Spend> spent = ConcurrentHashMap.newKeySet();
        gateway.node
                .on(Clients.Find.class, find -> Samples.found(client))
                .on(Issuer.Issue.class, issue -> Samples.issued(issue.scope()))
                .on(Users.Find.class, find -> new Users.Found(user()))
                .on(OneTimeValues.Spend.class, spend -> new OneTimeValues.Spent(spent.add(spend)));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static UserProfile user() {
        return new UserProfile(
                "main",
                Tokens.SUBJECT,
                "ada",
                "Ada Lovelace",
                "ada@example.org",
                true,
                null,
                false,
                null,
                List.of(),
                UserState.ACTIVE,
                TestClock.START,
                null,
                Map.of());
    }

    static String basic() {
        byte[] pair = ("web:" + Samples.SECRET).getBytes(StandardCharsets.US_ASCII);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** A token for the client itself. */
    RawReply token(String proof, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of(basic(), "DPoP: " + proof));
        return gateway.postForm("/oauth2/token", "grant_type=client_credentials&scope=api", all.toArray(String[]::new));
    }

    RawReply userinfo(String scheme, String accessToken, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Authorization: " + scheme + " " + accessToken);
        return gateway.get("/oauth2/userinfo", all.toArray(String[]::new));
    }

    /** A user's access token, bound to that key; null: to none. */
    static String accessToken(ECKey key) {
        Map<String, Object> claims = Tokens.claims();
        claims.put("client_id", "web");
        claims.put("family", "oauth");
        if (key != null) {
            claims.put("cnf", Map.of("jkt", ProofText.thumbprint(key)));
        }
        return Tokens.signed(claims);
    }

    static void assertGiven(RawReply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    void assertRefused(RawReply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.json().getString("error")).isEqualTo("invalid_dpop_proof");
        assertThat(gateway.node.asked(Issuer.Issue.class)).isEmpty();
    }

    /** Where a resource is asked for. */
    static void assertChallenged(RawReply reply, String error) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(401);
        assertThat(reply.json().getString("error")).isEqualTo(error);
        assertThat(reply.header("www-authenticate"))
                .startsWith("DPoP realm=\"gatehouse\", error=\"" + error + "\"")
                .contains(", algs=\"ES256 RS256 PS256 EdDSA\", resource_metadata=\"");
    }
}
