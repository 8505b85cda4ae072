package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Modules of the dynamic plan about what clients register, each with the name of the module that it mirrors. */
interface DynamicModules {
    DynamicParties parties();

    default Person somebody() {
        return new Person(parties().caller().base());
    }

    /** Only its metadata: an image of who is not known yet is not shown to people. */
    @Test
    @DisplayName("oidcc-registration-logo-uri")
    default void oidccRegistrationLogoUri() {
        String logo = parties().sites().put("/logo.png", 200, "image/png", "an image", Map.of());
        JsonObject metadata = DynamicParties.metadata().put("logo_uri", logo);
        assertThat(parties().post(metadata).text("logo_uri")).isEqualTo(logo);
        parties().party(metadata).logIn(somebody());
    }

    @Test
    @DisplayName("oidcc-registration-policy-uri")
    default void oidccRegistrationPolicyUri() {
        assertLinked("policy_uri");
    }

    @Test
    @DisplayName("oidcc-registration-tos-uri")
    default void oidccRegistrationTosUri() {
        assertLinked("tos_uri");
    }

    /** Where the person decides, which is after the login. */
    private void assertLinked(String name) {
        String page = parties().sites().uri("/" + name + ".html");
        RelyingParty party = parties().party(DynamicParties.metadata().put(name, page));
        Person person = somebody();
        Page login = party.open(person, party.request());
        Page question = person.submit(login, "username", party.username(), "password", PlanServer.PASSWORD);
        assertThat(question.body()).contains("href=\"" + page + "\"");
    }

    @Test
    @DisplayName("oidcc-registration-jwks-uri")
    default void oidccRegistrationJwksUri() {
        String place = parties()
                .sites()
                .put(
                        "/keys.json",
                        DynamicParties.keys(Assertion.jwk(DynamicParties.KEY, "ec"))
                                .encode());
        JsonObject metadata = DynamicParties.metadata().put("jwks_uri", place);
        metadata.remove("jwks");
        parties().party(metadata).logIn(somebody());
        assertThat(parties().sites().asked("/keys.json")).isPositive();
    }

    @Test
    @DisplayName("oidcc-registration-sector-uri")
    default void oidccRegistrationSectorUri() {
        String place = parties()
                .sites()
                .put(
                        "/sector.json",
                        new JsonArray()
                                .add("https://example.com/other")
                                .add(PlanServer.REDIRECT_URI)
                                .encode());
        JsonObject metadata =
                DynamicParties.metadata().put("sector_identifier_uri", place).put("subject_type", "pairwise");
        assertThat(parties().post(metadata).text("sector_identifier_uri")).isEqualTo(place);
        Tokens own = parties().party(metadata).logIn(somebody());
        Tokens sibling = parties().party(metadata).logIn(somebody());
        Tokens stranger = parties().party().logIn(somebody());
        assertThat(own.subject()).isEqualTo(sibling.subject()).isNotEqualTo(stranger.subject());
    }

    @Test
    @DisplayName("oidcc-registration-sector-bad")
    default void oidccRegistrationSectorBad() {
        String place = parties().sites().put("/bad-sector.json", "[\"https://example.com/op\"]");
        Answer answer = parties().post(DynamicParties.metadata().put("sector_identifier_uri", place));
        assertThat(answer.error()).isEqualTo("400 invalid_client_metadata");
        assertThat(parties().sites().asked("/bad-sector.json")).isPositive();
    }

    @Test
    @DisplayName("oidcc-redirect-uri-query-OK")
    default void oidccRedirectUriQueryOk() {
        String uri = PlanServer.REDIRECT_URI + "?foo=bar";
        RelyingParty party = parties().party(redirectingTo(uri));
        Page page = somebody().open("/oauth2/authorize?" + Caller.form(RelyingParty.pairs(party.request())));
        assertThat(page.status()).as("the one without").isEqualTo(400);
        Map<String, String> answer = party.authorize(somebody(), party.request("redirect_uri", uri));
        assertThat(answer).containsEntry("foo", "bar").containsKey("code");
    }

    @Test
    @DisplayName("oidcc-redirect-uri-query-mismatch")
    default void oidccRedirectUriQueryMismatch() {
        assertNotFollowed(PlanServer.REDIRECT_URI + "?foo=bar", PlanServer.REDIRECT_URI + "?bar=foo");
    }

    @Test
    @DisplayName("oidcc-redirect-uri-query-added")
    default void oidccRedirectUriQueryAdded() {
        assertNotFollowed(PlanServer.REDIRECT_URI, PlanServer.REDIRECT_URI + "?foo=bar");
    }

    private void assertNotFollowed(String registered, String asked) {
        RelyingParty party = parties().party(redirectingTo(registered));
        Page page = party.open(somebody(), party.request("redirect_uri", asked));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
        assertThat(page.hasForm()).isFalse();
    }

    @Test
    @DisplayName("oidcc-redirect-uri-regfrag")
    default void oidccRedirectUriRegfrag() {
        Answer answer = parties().post(redirectingTo(PlanServer.REDIRECT_URI + "#foobar"));
        assertThat(answer.error()).isEqualTo("400 invalid_redirect_uri");
    }

    private static JsonObject redirectingTo(String uri) {
        return DynamicParties.metadata().put("redirect_uris", new JsonArray().add(uri));
    }
}
