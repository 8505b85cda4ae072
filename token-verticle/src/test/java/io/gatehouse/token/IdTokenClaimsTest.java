package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Issuer.Issued;
import io.gatehouse.common.model.RequestedClaims;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenID Connect Core, section 5.5: claims about the user in the ID token. */
class IdTokenClaimsTest {
    private static TokenNode node;

    private OpenIdSamples sample;

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @BeforeEach
    void sample() {
        sample = new OpenIdSamples(node);
    }

    @Test
    void claims_askedForOneByOne_comeFromTheProfile() {
        sample.user.claims =
                Map.of("address", "12 Example Street\nLondon", "zoneinfo", "Europe/London", "team", "blue");
        sample.login.claims = new RequestedClaims(
                List.of("locale"), List.of("name", "email", "email_verified", "address", "zoneinfo", "phone_number"));
        JsonObject claims = claims(sample.issued());
        assertThat(claims.getString("name")).isEqualTo("Ada Lovelace");
        assertThat(claims.getString("email")).isEqualTo("ada@example.org");
        assertThat(claims.getBoolean("email_verified")).isTrue();
        assertThat(claims.getString("zoneinfo")).isEqualTo("Europe/London");
        assertThat(claims.getJsonObject("address"))
                .isEqualTo(new JsonObject().put("formatted", "12 Example Street\nLondon"));
        assertThat(claims.fieldNames()).doesNotContain("phone_number", "phone_number_verified", "locale", "team");
    }

    /** Whatever a profile holds, it does not speak for the token. */
    @Test
    void claims_withNamesOfATokensOwn_areNone() {
        List<String> own = List.of("iss", "sub", "acr", "client_id", "events", "team", "email", "email");
        sample.user.claims = Map.of("sub", "admin", "acr", "high", "client_id", "web", "events", "x", "team", "blue");
        sample.login.claims = new RequestedClaims(own, own);
        Issued issued = sample.issued();
        assertThat(claims(issued).fieldNames()).contains("email").doesNotContain("client_id", "events", "team");
        assertThat(claims(issued).getString("sub")).isEqualTo(OpenIdSamples.SUBJECT);
        assertThat(payload(issued))
                .containsOnlyOnce("\"sub\"")
                .containsOnlyOnce("\"acr\"")
                .containsOnlyOnce("\"email\"");
        assertThat(Jwts.claims(issued.accessToken()).getJsonArray("claims")).isEqualTo(new JsonArray().add("email"));
    }

    @Test
    void claims_withoutAProfile_areLeftOut() {
        sample.login.claims = new RequestedClaims(List.of(), List.of("email"));
        Issued issued = node.ask(sample.issue(sample.ticket(), sample.client(), null));
        assertThat(claims(issued).fieldNames()).contains("sub").doesNotContain("email");
    }

    @Test
    void accessToken_keepsWhatWasAskedForAtUserinfo() {
        sample.login.claims = new RequestedClaims(List.of("email", "name"), List.of());
        JsonObject claims = Jwts.claims(sample.issued().accessToken());
        assertThat(claims.getJsonArray("claims"))
                .isEqualTo(new JsonArray().add("email").add("name"));
        assertThat(claims.getString("acr")).isEqualTo("urn:gatehouse:acr:password");
        sample.login.claims = new RequestedClaims(List.of(), List.of("email"));
        assertThat(Jwts.claims(sample.issued().accessToken()).containsKey("claims"))
                .isFalse();
    }

    private static JsonObject claims(Issued issued) {
        return new JsonObject(payload(issued));
    }

    private static String payload(Issued issued) {
        byte[] payload =
                Base64.getUrlDecoder().decode(Jwts.text(issued.idToken()).split("\\.")[1]);
        return new String(payload, StandardCharsets.UTF_8);
    }
}
