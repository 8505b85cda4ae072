package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9396 (rich authorization requests) demands of an authorization server. */
class Rfc9396Test {
    private static final String SECRET = "secret-of-the-client-0123456789abcdef";
    private static final String MAPS = "https://maps.example.org/";
    private static final String DETAILS = "authorization_details";
    private static final String PAYMENT = json(
            "{'type':'payment','actions':['initiate','status'],'amount':{'currency':'EUR','value':'123.50'},'to':'Ada'}");
    private static final String LESS = PAYMENT.replace("\"initiate\",", "");
    private static final String MORE = PAYMENT.replace("123.50", "923.50");
    private static final String ACCOUNTS = json("{'type':'accounts','locations':['https://bank.example.org/']}");
    private static final ECKey KEY = key();

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            authorization_details:
              - type: payment
                description: make a payment
                fields:
                  - {name: actions, values: [initiate, status, cancel]}
                  - {name: amount.currency, required: true}
                  - {name: amount.value, required: true, label: Amount}
                  - {name: to, label: To}
                  - {name: urgent, kind: flag}
                  - {name: days, kind: number}
              - {type: accounts, description: see your accounts, fields: [{name: locations}]}
              - {type: others, description: do what this client may not}
            bootstrap:
              clients:
                - client_id: web
                  client_secret: %1$s
                  redirect_uris: ["%2$s"]
                  scope: openid email api
                  grant_types: [authorization_code, refresh_token, client_credentials, "%3$s"]
                  resources: ["%4$s"]
                  authorization_details_types: [payment, accounts]
                  jwks: %5$s
                - {client_id: plain, client_secret: %1$s, scope: api, grant_types: [client_credentials]}
              users:
                - {username: ada, password: %6$s, email: ada@example.org, email_verified: true}
            """.formatted(
                    SECRET,
                    CodeFlow.REDIRECT_URI,
                    DeviceFlow.GRANT_TYPE,
                    MAPS,
                    new JWKSet(KEY.toPublicJWK()),
                    RunningNode.ADA_PASSWORD));

    private final Caller caller = NODE.caller();
    private final Person person = new Person(caller.base());
    private final CodeFlow web = new CodeFlow(caller, "web", SECRET);
    private final DeviceFlow device = new DeviceFlow(caller, "web", SECRET);

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static String array(String... details) {
        return "[" + String.join(",", details) + "]";
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("of-the-client").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private Answer token(String... pairs) {
        return caller.post("/oauth2/token", Caller.basic("web", SECRET), pairs);
    }

    private Answer redeem(String code, String... more) {
        return token(joined(
                more,
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                CodeFlow.REDIRECT_URI,
                "code_verifier",
                CodeFlow.VERIFIER));
    }

    private Answer refresh(Answer tokens, String... more) {
        return token(joined(more, "grant_type", "refresh_token", "refresh_token", tokens.text("refresh_token")));
    }

    private static String[] joined(String[] more, String... usual) {
        return Stream.of(usual, more).flatMap(Arrays::stream).toArray(String[]::new);
    }

    private JsonObject introspect(String token) {
        return caller.post("/oauth2/introspect", Caller.basic("web", SECRET), "token", token)
                .json();
    }

    /** In the answer, in the token and at introspection. */
    private void assertHas(Answer tokens, String... details) {
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        JsonArray all = new JsonArray(array(details));
        String accessToken = tokens.text("access_token");
        assertThat(tokens.json().getJsonArray(DETAILS)).isEqualTo(all);
        assertThat(BabelBirdCaller.claims(accessToken).getJsonArray(DETAILS)).isEqualTo(all);
        assertThat(introspect(accessToken).getJsonArray(DETAILS)).isEqualTo(all);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.error()).as(answer.body()).isEqualTo("400 invalid_authorization_details");
        assertThat(answer.text("error_description")).contains(DETAILS);
    }

    @DisplayName("RFC 9396, 2: the parameter is a JSON array of objects, each with a type; anything else is refused")
    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", "[]", "[1]", "[{}]", "[{'type':5}]", "[{'type':'accounts','type':'payment'}]"})
    void section2_anArrayOfObjectsWithTypes(String text) {
        assertRefused(token("grant_type", "client_credentials", DETAILS, json(text)));
    }

    @DisplayName("RFC 9396, 2: objects of several types, and several of one type, may be asked for at once")
    @Test
    void section2_severalAtOnce() {
        assertHas(
                token("grant_type", "client_credentials", DETAILS, array(PAYMENT, MORE, ACCOUNTS)),
                PAYMENT,
                MORE,
                ACCOUNTS);
    }

    @DisplayName("RFC 9396, 5: an object that holds nothing is shown to nobody: it is refused, whatever it is called")
    @ParameterizedTest
    @ValueSource(
            strings = {"'unlimited':{}", "'to':{}", "'amount':{'currency':'EUR','value':'1','all':{}}", "'x':{'y':{}}"})
    void section5_noObjectIsEmpty(String member) {
        String payment = member.startsWith("'amount'")
                ? "{'type':'payment'," + member + "}"
                : "{'type':'payment','amount':{'currency':'EUR','value':'1'}," + member + "}";
        assertRefused(token("grant_type", "client_credentials", DETAILS, array(json(payment))));
    }

    @DisplayName("RFC 9396, 3: the authorization endpoint takes the parameter")
    @Test
    void section3_atTheAuthorizationEndpoint() {
        assertHas(redeem(web.code(person, "api", DETAILS, array(PAYMENT))), PAYMENT);
    }

    @DisplayName("RFC 9396, 3: a request object may hold the parameter as a claim")
    @Test
    void section3_inARequestObject() throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("web")
                .audience(caller.base().toString())
                .claim("client_id", "web")
                .claim("response_type", "code")
                .claim("redirect_uri", CodeFlow.REDIRECT_URI)
                .claim("scope", "api")
                .claim("code_challenge", CodeFlow.challenge(CodeFlow.VERIFIER))
                .claim("code_challenge_method", "S256")
                .claim(
                        DETAILS,
                        List.of(Map.of(
                                "type", "payment", "amount", Map.of("currency", "EUR", "value", "5"), "days", 3)))
                .build();
        SignedJWT object = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KEY.getKeyID()).build(), claims);
        object.sign(new ECDSASigner(KEY));
        Page page = person.open("/oauth2/authorize?" + Caller.form("client_id", "web", "request", object.serialize()));
        assertHas(
                redeem(person.goOn(page).code()),
                json("{'type':'payment','amount':{'currency':'EUR','value':'5'},'days':3}"));
    }

    @DisplayName("RFC 9396, 3: the parameter may be pushed")
    @Test
    void section3_pushed() {
        String form = web.request("api", DETAILS, array(PAYMENT, ACCOUNTS)).split("\\?")[1];
        Answer pushed = caller.post("/oauth2/par", Caller.basic("web", SECRET), pairs(form));
        assertThat(pushed.status()).as(pushed.body()).isEqualTo(201);
        Page page = person.open(
                "/oauth2/authorize?" + Caller.form("client_id", "web", "request_uri", pushed.text("request_uri")));
        assertHas(redeem(person.goOn(page).code()), PAYMENT, ACCOUNTS);
        assertRefused(caller.post(
                "/oauth2/par",
                Caller.basic("web", SECRET),
                pairs(web.request("api", DETAILS, "[]").split("\\?")[1])));
    }

    private static String[] pairs(String form) {
        return Stream.of(form.split("[&=]"))
                .map(text -> URLDecoder.decode(text, StandardCharsets.UTF_8))
                .toArray(String[]::new);
    }

    @DisplayName("RFC 9396, 3: a device may ask for details, and its user is asked about them")
    @Test
    void section3_byADevice() {
        Answer begun = device.ask("scope", "api", DETAILS, array(PAYMENT));
        assertThat(begun.status()).as(begun.body()).isEqualTo(200);
        Page question = DeviceFlow.question(person, begun);
        assertThat(question.body()).contains("make a payment").contains("123.50");
        person.submit(question, "decision", "allow");
        Answer tokens = token(
                "grant_type", DeviceFlow.GRANT_TYPE, "device_code", begun.text("device_code"), DETAILS, array(LESS));
        assertHas(tokens, LESS);
        assertRefused(device.ask("scope", "api", DETAILS, array(json("{'type':'others'}"))));
    }

    @DisplayName("RFC 9396, 3.1: scope and details are asked for and granted beside each other")
    @Test
    void section3_1_besideScopes() {
        Answer tokens = redeem(web.code(person, "openid email", DETAILS, array(ACCOUNTS)));
        assertHas(tokens, ACCOUNTS);
        assertThat(tokens.text("scope")).isEqualTo("openid email");
        assertThat(web.userinfo(tokens.text("access_token")).status()).isEqualTo(200);
    }

    @DisplayName("RFC 9396, 3.1: a request for details alone gives no scope beside them")
    @Test
    void section3_1_withoutScopesThereAreNone() {
        Answer tokens = redeem(web.code(person, "", DETAILS, array(ACCOUNTS)));
        assertHas(tokens, ACCOUNTS);
        assertThat(tokens.json().containsKey("scope")).isFalse();
        Answer own = token("grant_type", "client_credentials", DETAILS, array(ACCOUNTS));
        assertHas(own, ACCOUNTS);
        assertThat(own.json().containsKey("scope")).isFalse();
    }

    @DisplayName("RFC 9396, 3.2: resource says for which services the token with the details is")
    @Test
    void section3_2_besideResources() {
        Answer tokens = redeem(web.code(person, "api", DETAILS, array(ACCOUNTS), "resource", MAPS));
        assertHas(tokens, ACCOUNTS);
        assertThat(BabelBirdCaller.claims(tokens.text("access_token")).getString("aud"))
                .isEqualTo(MAPS);
    }

    @DisplayName(
            "RFC 9396, 5: an unknown type, or one that the client may not use, is refused with invalid_authorization_details")
    @Test
    void section5_unknownTypes() {
        for (String type : List.of("unknown", "others", "Payment")) {
            String details = array(json("{'type':'" + type + "'}"));
            assertRefused(token("grant_type", "client_credentials", DETAILS, details));
            Page sentBack = person.open(web.request("api", DETAILS, details));
            assertThat(sentBack.answer())
                    .containsEntry("error", "invalid_authorization_details")
                    .containsEntry("state", "state-of-the-flow")
                    .containsKey("error_description");
        }
        assertRefused(caller.post(
                "/oauth2/token",
                Caller.basic("plain", SECRET),
                "grant_type",
                "client_credentials",
                DETAILS,
                array(ACCOUNTS)));
    }

    @DisplayName(
            "RFC 9396, 5: unknown fields, missing ones, and values of the wrong type or outside the allowed ones are refused")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'accounts','colour':'red'}",
                "{'type':'accounts','actions':['read']}",
                "{'type':'accounts','locations':'https://bank.example.org/'}",
                "{'type':'accounts','locations':[1]}",
                "{'type':'accounts','locations':[['https://bank.example.org/']]}",
                "{'type':'accounts','locations':{'a':'b'}}",
                "{'type':'payment'}",
                "{'type':'payment','amount':'5'}",
                "{'type':'payment','amount':{'currency':'EUR'}}",
                "{'type':'payment','amount.currency':'EUR','amount.value':'5'}",
                "{'type':'payment','amount':{'currency':'EUR','value':5}}",
                "{'type':'payment','amount':{'currency':'EUR','value':'5','more':'x'}}",
                "{'type':'payment','amount':{'currency':'EUR','value':'5'},'actions':['delete']}",
                "{'type':'payment','amount':{'currency':'EUR','value':'5'},'urgent':'yes'}",
                "{'type':'payment','amount':{'currency':'EUR','value':'5'},'days':'3'}",
                "{'type':'payment','amount':{'currency':'EUR','value':'5'},'to':null}"
            })
    void section5_whatTheTypeDoesNotAllow(String detail) {
        assertRefused(token("grant_type", "client_credentials", DETAILS, array(json(detail))));
    }

    @DisplayName("RFC 9396, 6: a token request may ask for less than was granted, with a code and with a refresh token")
    @Test
    void section6_less() {
        Answer tokens = redeem(web.code(person, "api", DETAILS, array(PAYMENT, ACCOUNTS)), DETAILS, array(LESS));
        assertHas(tokens, LESS);
        assertHas(refresh(tokens, DETAILS, array(ACCOUNTS)), ACCOUNTS);
    }

    @DisplayName("RFC 9396, 6: a token request for more than was granted is refused")
    @Test
    void section6_neverMore() {
        assertRefused(redeem(web.code(person, "api", DETAILS, array(PAYMENT)), DETAILS, array(MORE)));
        assertRefused(redeem(web.code(person, "api"), DETAILS, array(PAYMENT)));
        assertRefused(redeem(web.code(person, "api", "resource", MAPS), DETAILS, array(PAYMENT)));
        Answer tokens = redeem(web.code(person, "api", DETAILS, array(LESS)));
        assertRefused(refresh(tokens, DETAILS, array(PAYMENT)));
        assertRefused(refresh(tokens, DETAILS, array(LESS, ACCOUNTS)));
        assertHas(refresh(tokens), LESS);
    }

    @DisplayName("RFC 9396, 6: of one payment that was granted there are not two in a token")
    @Test
    void section6_onceEach() {
        assertRefused(redeem(
                web.code(person, "api", DETAILS, array(PAYMENT)),
                DETAILS,
                array(LESS, PAYMENT.replace(",\"status\"", ""))));
    }

    @DisplayName("RFC 9396, 7: a token request that names no details gets all that were granted, and is told so")
    @Test
    void section7_all() {
        Answer tokens = redeem(web.code(person, "api", DETAILS, array(PAYMENT, ACCOUNTS)));
        assertHas(tokens, PAYMENT, ACCOUNTS);
        assertHas(refresh(tokens), PAYMENT, ACCOUNTS);
        assertHas(refresh(refresh(tokens, DETAILS, array(LESS))), PAYMENT, ACCOUNTS);
    }

    @DisplayName("RFC 9396, 7: an answer without details has no such member")
    @Test
    void section7_none() {
        Answer tokens = redeem(web.code(person, "api"));
        assertThat(tokens.json().containsKey(DETAILS)).isFalse();
        assertThat(BabelBirdCaller.claims(tokens.text("access_token")).containsKey(DETAILS))
                .isFalse();
        assertThat(introspect(tokens.text("access_token")).containsKey(DETAILS)).isFalse();
    }

    @DisplayName("RFC 9396, 9.2: introspection tells the details, of refresh tokens as well")
    @Test
    void section9_2_ofRefreshTokens() {
        Answer tokens = redeem(web.code(person, "api", DETAILS, array(PAYMENT)));
        assertThat(introspect(tokens.text("refresh_token")).getJsonArray(DETAILS))
                .isEqualTo(new JsonArray(array(PAYMENT)));
    }

    @DisplayName("RFC 9396, 10: the metadata names the types")
    @Test
    void section10_metadata() {
        JsonObject metadata =
                caller.get("/.well-known/oauth-authorization-server", null).json();
        assertThat(metadata.getJsonArray("authorization_details_types_supported"))
                .containsExactly("accounts", "others", "payment");
    }

    @DisplayName("RFC 9396, 12: the user is asked each time, whatever was allowed before, and sees all of it")
    @Test
    void section12_alwaysAsked() {
        redeem(web.code(person, "api", DETAILS, array(PAYMENT)));
        assertThat(person.open(web.request("api")).isRedirect())
                .as("scopes are remembered")
                .isTrue();
        Page asked = person.open(web.request("api", DETAILS, array(PAYMENT, ACCOUNTS), "resource", MAPS));
        assertThat(asked.body())
                .contains("make a payment", "Amount", "123.50", "EUR", "initiate", "status", "To", "Ada")
                .contains("see your accounts", "https://bank.example.org/")
                .contains("at these services", MAPS);
        assertThat(person.submit(asked, "decision", "deny").answer()).containsEntry("error", "access_denied");
        Page silent = person.open(web.request("api", DETAILS, array(PAYMENT), "prompt", "none"));
        assertThat(silent.answer()).containsEntry("error", "consent_required");
    }

    @DisplayName("RFC 9396, 12: a user who takes the access back takes the details back, also those without a scope")
    @Test
    void section12_canBeTakenBack() {
        Answer tokens = redeem(web.code(person, "", DETAILS, array(PAYMENT)));
        Page account = person.open("/account");
        PageForm withdraw = account.forms().stream()
                .filter(form -> form.action().equals("/account/consents/withdraw"))
                .findFirst()
                .orElseThrow();
        person.submit(account, withdraw, "client_id", "web");
        assertThat(refresh(tokens).error()).isEqualTo("400 invalid_grant");
        assertThat(introspect(tokens.text("access_token")).getBoolean("active")).isFalse();
    }

    @DisplayName(
            "RFC 9396, 12: what a client writes is shown as text, and can't hide or turn round what stands beside it")
    @Test
    void section12_isShownAsText() {
        String hostile = PAYMENT.replace("Ada", "<b onclick=x>&lt;Ada</b>");
        Page asked = person.logIn(person.open(web.request("api", DETAILS, array(hostile))));
        assertThat(asked.body()).doesNotContain("<b onclick").contains("&lt;b onclick=x&gt;&amp;lt;Ada&lt;/b&gt;");
        for (String character : List.of("\\u202e", "\\u2066", "\\u0000", "\\u200b")) {
            assertRefused(token(
                    "grant_type", "client_credentials", DETAILS, array(PAYMENT.replace("Ada", "Ada" + character))));
        }
    }

    @DisplayName("RFC 9396, 12: a client can't exhaust the server, nor tokens, by details")
    @Test
    void section12_bounds() {
        String longest =
                PAYMENT.replace("Ada", "x".repeat(4_096 - array(PAYMENT).length() + 3));
        Answer tokens = token("grant_type", "client_credentials", "scope", "api", DETAILS, array(longest));
        assertHas(tokens, longest);
        assertThat(tokens.text("access_token")).hasSizeLessThan(8_192);
        assertRefused(token("grant_type", "client_credentials", DETAILS, array(longest.replace("xx", "xxx"))));
        assertRefused(token("grant_type", "client_credentials", DETAILS, array(longest), "resource", MAPS));
        assertRefused(token("grant_type", "client_credentials", DETAILS, "[".repeat(4_000)));
        String[] form = pairs(web.request("api").split("\\?")[1]);
        Answer pushed = caller.post(
                "/oauth2/par", Caller.basic("web", SECRET), joined(new String[] {DETAILS, array(longest)}, form));
        Page page = person.open(
                "/oauth2/authorize?" + Caller.form("client_id", "web", "request_uri", pushed.text("request_uri")));
        assertHas(redeem(person.goOn(page).code()), longest);
    }
}
