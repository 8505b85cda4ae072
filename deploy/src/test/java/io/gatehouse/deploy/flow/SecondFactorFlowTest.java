package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A code from a phone beside the password: enrolled, asked for, demanded, lost and taken away. */
class SecondFactorFlowTest {
    private static final String TWO_FACTORS = "urn:gatehouse:acr:mfa";
    private static final String OPERATOR = "operator-0123456789abcdef0123456789abcdef";
    private static final String HOP = "hop-secret-0123456789abcdef0123456789";
    private static final String HOST = "vault.example.org";
    private static final Pattern RECOVERY = Pattern.compile("<li class=\"code\">([a-z0-9-]{19})</li>");

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured(
            """
            management: {token: %s}
            forward_auth: {secret: %s}
            limits: {second_factor_failures_per_account_and_address: 5/P1D}
            routes:
              - {id: vault, match: {host: %s}, demand: session, second_factor: true}
              - {id: api, match: {host: api.example.org}, demand: bearer, second_factor: true}
            bootstrap:
              tenants: [{id: main, apikey: 2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11}]
              clients:
                - {client_id: demo, client_secret: %s, redirect_uris: [%s], grant_types: [authorization_code, refresh_token],
                   scope: openid profile offline_access}
              users: [%s]
            """.formatted(OPERATOR, HOP, HOST, RunningNode.DEMO_SECRET, CodeFlow.REDIRECT_URI, users()));

    private final Caller caller = NODE.caller();
    private final Person person = new Person(caller.base());
    private final CodeFlow flow = CodeFlow.demo(caller);

    private static String users() {
        return String.join(
                ", ",
                Stream.of("ada", "bea", "cid", "dan", "eva", "fay", "gus", "hal", "ivy")
                        .map(name -> "{username: " + name + ", password: " + RunningNode.ADA_PASSWORD + "}")
                        .toList());
    }

    /** A phone, and the recovery codes that its owner kept. */
    private record Enrolled(Authenticator phone, List<String> recovery) {}

    private static Page password(Person who, Page page, String username) {
        return who.submit(page, "username", username, "password", RunningNode.ADA_PASSWORD);
    }

    private static Page code(Person who, Page page, String code) {
        return who.submit(page, "code", code);
    }

    private Enrolled enrol(String username) {
        password(person, person.open("/login"), username);
        return enrol(person.open("/account/second-factor"));
    }

    private Enrolled enrol(Page form) {
        Authenticator phone = Authenticator.of(form.body());
        Page done = code(person, form, phone.next());
        assertThat(done.body()).contains("Keep your recovery codes");
        List<String> codes = RECOVERY.matcher(done.body())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        return new Enrolled(phone, codes);
    }

    /** Up to the question for a code. */
    private Page halfLoggedIn(Person who, String username) {
        Page page = password(who, who.open("/login"), username);
        assertThat(page.body()).contains("Enter your code");
        return page;
    }

    private static boolean isLoggedIn(Person who) {
        return !who.open("/account").asksForPassword();
    }

    @Test
    void whoEnrolsIsAskedForACodeAndTheTokensSaySo() throws ParseException {
        Person elsewhere = new Person(caller.base());
        password(elsewhere, elsewhere.open("/login"), "ada");
        Enrolled ada = enrol("ada");
        assertThat(isLoggedIn(person)).as("goes on").isTrue();
        assertThat(isLoggedIn(elsewhere)).as("another session, by password").isFalse();
        assertThat(person.open("/account").body()).contains("asks for a code from your app");

        Page question = halfLoggedIn(elsewhere, "ada");
        assertThat(isLoggedIn(elsewhere)).as("half a login").isFalse();
        Page again = code(elsewhere, question, ada.phone().wrong());
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body()).contains("This code does not count");
        assertThat(code(elsewhere, again, ada.phone().next()).body()).contains("Your account");

        Answer tokens = flow.tokens(elsewhere, "openid");
        for (String name : List.of("id_token", "access_token")) {
            JWTClaimsSet claims = claims(tokens.json().getString(name));
            assertThat(claims.getStringClaim("acr")).as(name).isEqualTo(TWO_FACTORS);
            assertThat(claims.getStringListClaim("amr")).as(name).containsExactly("pwd", "otp", "mfa");
            assertThat(claims.getClaim("auth_time")).as(name).isNotNull();
        }
    }

    private static JWTClaimsSet claims(String jwt) throws ParseException {
        return SignedJWT.parse(jwt).getJWTClaimsSet();
    }

    @Test
    void aPasswordAloneGivesNoTokensAnyMore() {
        Answer before = caller.post("/auth/login", null, "username", "bea", "password", RunningNode.ADA_PASSWORD);
        assertThat(before.status()).isEqualTo(200);
        enrol("bea");
        Answer after = caller.post("/auth/login", null, "username", "bea", "password", RunningNode.ADA_PASSWORD);
        assertThat(after.status()).isEqualTo(403);
        assertThat(after.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(after.json().getString("detail")).contains("second factor", "/oauth2/authorize");
        assertThat(caller.post("/auth/login", null, "username", "bea", "password", "wrong")
                        .status())
                .as("a guess learns nothing")
                .isEqualTo(401);
        String refresh = new JsonObject()
                .put("refresh_token", before.json().getString("refresh_token"))
                .encode();
        assertThat(caller.postJson("/auth/refresh", null, refresh).status())
                .as("what a password got before")
                .isEqualTo(401);
        Answer vendors = caller.postJson(
                "/identity/v2/auth/login?apikey=2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11",
                null,
                new JsonObject()
                        .put("username", "bea")
                        .put("password", RunningNode.ADA_PASSWORD)
                        .encode());
        assertThat(vendors.status()).isEqualTo(403);
        assertThat(vendors.json().getInteger("ErrorCode")).isEqualTo(1176);
    }

    @Test
    void aCodeCountsOnceAndForTheBrowserThatShowedThePassword() {
        Enrolled cid = enrol("cid");
        Person one = new Person(caller.base());
        Person two = new Person(caller.base());
        Page asked = halfLoggedIn(one, "cid");
        Page askedToo = halfLoggedIn(two, "cid");
        String code = cid.phone().next();
        Page stolen = two.submit(asked, "code", code);
        assertThat(stolen.status()).isEqualTo(400);
        assertThat(isLoggedIn(two)).as("by another browser's page").isFalse();
        assertThat(code(one, asked, code).body()).contains("Your account");
        assertThat(code(two, askedToo, code).status()).as("the same code").isEqualTo(400);
        assertThat(isLoggedIn(two)).isFalse();
        one.open("/account");
        assertThat(one.submit(asked, "code", cid.recovery().getFirst()).status())
                .as("the password was spent by the login")
                .isEqualTo(400);
    }

    @Test
    void aRecoveryCodeCountsOnce() {
        Enrolled dan = enrol("dan");
        String code = dan.recovery().get(3).toUpperCase(java.util.Locale.ROOT).replace('-', ' ');
        Person one = new Person(caller.base());
        assertThat(code(one, halfLoggedIn(one, "dan"), code).body())
                .contains("Your account", "Recovery codes left: 9.");
        Person two = new Person(caller.base());
        Page refused = code(two, halfLoggedIn(two, "dan"), code);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(code(two, refused, dan.recovery().get(4)).body())
                .contains("Your account", "Recovery codes left: 8.");
    }

    @Test
    void tooManyWrongCodesAreRefusedUnseen_andOnlyBehindThePassword() {
        Enrolled eva = enrol("eva");
        Person guesser = new Person(caller.base());
        for (int i = 0; i < 20; i++) {
            guesser.submit(guesser.open("/login"), "username", "eva", "password", "wrong");
        }
        Page page = halfLoggedIn(guesser, "eva");
        for (int i = 0; i < 5; i++) {
            page = code(guesser, page, i % 2 == 0 ? eva.phone().wrong() : "aaaa-aaaa-aaaa-aaaa");
            assertThat(page.status()).isEqualTo(400);
        }
        for (String late : List.of(eva.phone().next(), eva.recovery().getFirst())) {
            Page refused = code(guesser, page, late);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            assertThat(refused.body()).contains("too many wrong codes");
        }
    }

    @Test
    void aServiceThatDemandsItLeadsToTheEnrolmentAndOn() {
        ServiceGuest guest = ServiceGuest.at(new BareCaller(caller.base(), HOST));
        Page login = person.open(asked(guest).header("location"));
        Page form = password(person, login, "fay");
        assertThat(form.body()).contains("What you want to open asks for it");
        Authenticator phone = Authenticator.of(form.body());
        Page codes = code(person, form, phone.next());
        Page arrived = person.open(link(codes));
        assertThat(arrived.location().getAuthority()).isEqualTo(HOST);
        String back = arrived.location().getRawPath() + "?" + arrived.location().getRawQuery();
        assertThat(guest.get(back, ServiceGuest.PAGE).status()).isEqualTo(303);
        Answer passed = asked(guest);
        assertThat(passed.status()).isEqualTo(200);
        assertThat(passed.header("x-gatehouse-subject-type")).isEqualTo("user");
    }

    /** As a proxy in front of the service asks. */
    private Answer asked(ServiceGuest guest) {
        return new ServiceGuest(new BareCaller(caller.base()), guest.jar())
                .get(
                        "/forward-auth",
                        ServiceGuest.PAGE,
                        "X-Gatehouse-Hop: " + HOP,
                        "X-Forwarded-Method: GET",
                        "X-Forwarded-Proto: http",
                        "X-Forwarded-Host: " + HOST,
                        "X-Forwarded-Uri: /");
    }

    private static String link(Page codes) {
        return codes.body()
                .replaceFirst("(?s).*<a class=\"button\" href=\"([^\"]*)\".*", "$1")
                .replace("&amp;", "&");
    }

    @Test
    @DisplayName("RFC 9470, 3: a bearer route says which login it wants, and the client asks for it")
    void aBearerRouteSaysWhichLoginItWants_andTheClientAsksForIt() throws ParseException {
        String weak = caller.post("/auth/login", null, "username", "gus", "password", RunningNode.ADA_PASSWORD)
                .json()
                .getString("access_token");
        Answer refused = api(weak);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("www-authenticate"))
                .contains("error=\"insufficient_user_authentication\"", "acr_values=\"" + TWO_FACTORS + "\"");

        password(person, person.open("/login"), "gus");
        Page silent = person.open(flow.request("openid", "acr_values", TWO_FACTORS, "prompt", "none"));
        assertThat(silent.answer()).containsEntry("error", "unmet_authentication_requirements");
        Page form = person.open(flow.request("openid", "acr_values", TWO_FACTORS));
        Page codes = code(person, form, Authenticator.of(form.body()).next());
        Page back = person.goOn(person.open(link(codes)));
        String strong = flow.redeem(back.code()).json().getString("access_token");
        assertThat(claims(strong).getStringClaim("acr")).isEqualTo(TWO_FACTORS);
        assertThat(api(strong).status()).isEqualTo(200);
        assertThat(caller.get("/.well-known/openid-configuration", null).json().getJsonArray("acr_values_supported"))
                .contains(TWO_FACTORS);
    }

    private Answer api(String token) {
        return new BareCaller(caller.base())
                .get(
                        "/forward-auth",
                        "Authorization: Bearer " + token,
                        "X-Gatehouse-Hop: " + HOP,
                        "X-Forwarded-Method: GET",
                        "X-Forwarded-Proto: http",
                        "X-Forwarded-Host: api.example.org",
                        "X-Forwarded-Uri: /");
    }

    @Test
    void itsOwnerTakesItAwayByACode() {
        Enrolled hal = enrol("hal");
        Page form = person.open("/account/second-factor");
        Page refused = code(person, form, hal.phone().wrong());
        assertThat(refused.status()).isEqualTo(400);
        Page done = code(person, refused, hal.recovery().getLast());
        assertThat(done.body()).contains("Your second factor is taken away");
        Person elsewhere = new Person(caller.base());
        assertThat(password(elsewhere, elsewhere.open("/login"), "hal").body()).contains("Your account");
    }

    @Test
    void anOperatorTakesAwayWhatIsLost() {
        enrol("ivy");
        Caller management = NODE.management();
        String order = new JsonObject().put("username", "ivy").encode();
        String path = "/admin/v1/users/reset-factor";
        assertThat(management.postJson(path, null, order).status()).isEqualTo(401);
        assertThat(isLoggedIn(person)).isTrue();
        assertThat(management.postJson(path, "Bearer " + OPERATOR, order).status())
                .isEqualTo(200);
        assertThat(isLoggedIn(person)).as("everything ends").isFalse();
        assertThat(password(person, person.open("/login"), "ivy").body()).contains("Your account");
        assertThat(management.postJson(path, "Bearer " + OPERATOR, order).status())
                .isEqualTo(404);
    }
}
