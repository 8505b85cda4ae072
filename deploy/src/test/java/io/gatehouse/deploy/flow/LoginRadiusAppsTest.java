package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.LoginRadiusCaller.LOGIN;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.assertError;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.json;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.jwt;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator decides of a JWT app, and what of that its JWTs and its keys show. */
class LoginRadiusAppsTest {
    private static final String APIKEY = "3a7c1f8e-6d10-4b0b-8f5e-0a5f7f6f9d21";
    private static final String PASSWORD = "correct horse battery staple";
    private static final String SHOP_SECRET = "shop-secret-0123456789abcdef0123456789";
    private static final String LONG_SECRET = "long-secret-0123456789abcdef0123456789abcdef0123456789abcdef01234567";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            tokens:
              families:
                loginradius: {access_ttl: PT10S, refresh_ttl: PT1H, refresh_idle_ttl: PT1H}
            bootstrap:
              tenants:
                - id: main
                  apikey: 3a7c1f8e-6d10-4b0b-8f5e-0a5f7f6f9d21
                  mail_urls: ["https://shop.example/verify", "https://shop.example/login"]
                  mail_templates: [welcome, "Second mail"]
              users:
                - username: ada
                  password: correct horse battery staple
                  name: Description of Ada
                  email: ada@example.org
                  email_verified: true
                  roles: [editor, description]
                - {username: bare, password: correct horse battery staple}
              jwt_apps:
                - name: shop
                  secret: shop-secret-0123456789abcdef0123456789
                  expires_in: 120
                  site_url: https://shop.example/
                  audiences: [shop]
                  mapping:
                    mail: "Email[0].Value"
                    uid: Uid
                    who: UserName
                    full: FullName
                    roles: Roles
                    phone: PhoneId
                    mail_ok: EmailVerified
                  metadata: {plan: gold, description: none}
                - name: long
                  algorithm: HS512
                  secret: long-secret-0123456789abcdef0123456789abcdef0123456789abcdef01234567
                  expires_in: 2592000
                  audiences: [a, b]
                - name: gone
                  secret: gone-secret-0123456789abcdef0123456789
                  disabled: true
                - name: rsa
                  algorithm: RS256
                  secret: %s
                - name: rsa512
                  algorithm: RS512
                  secret: %s
                - name: ec
                  algorithm: ES256
                  secret: %s
                - name: ec384
                  algorithm: ES384
                  secret: %s
            """.formatted(
                    PemKey.block(PemKey.rsa(), 20),
                    PemKey.block(PemKey.rsa(), 20),
                    PemKey.block(PemKey.ec("secp256r1"), 20),
                    PemKey.block(PemKey.ec("secp384r1"), 20)));

    private final Caller caller = NODE.caller();
    private final LoginRadiusCaller api = new LoginRadiusCaller(caller, APIKEY);

    @Test
    void mappingMetadataAudienceAndIssuerAreTheApps() {
        JsonObject claims = shop("ada");
        assertThat(claims.getString("iss")).isEqualTo("https://shop.example/");
        assertThat(claims.getValue("aud")).isEqualTo("shop");
        assertThat(claims.getString("mail")).isEqualTo("ada@example.org");
        assertThat(claims.getString("uid")).isEqualTo(claims.getString("sub"));
        assertThat(claims.getString("who")).isEqualTo("ada");
        assertThat(claims.getString("full")).isEqualTo("Description of Ada");
        assertThat(claims.getJsonArray("roles"))
                .isEqualTo(new JsonArray().add("editor").add("description"));
        assertThat(claims.getBoolean("mail_ok")).isTrue();
        assertThat(claims.getString("plan")).isEqualTo("gold");
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(120);
    }

    /** The vendor gave null for some: a claim that is not there says the same. */
    @Test
    void whatAProfileHasNotIsLeftOut() {
        JsonObject claims = shop("bare");
        assertThat(claims.fieldNames()).doesNotContain("mail", "full", "phone");
        assertThat(claims.getString("who")).isEqualTo("bare");
    }

    @Test
    void someAudiencesAreAList() {
        JsonObject claims =
                AppJwt.bySecret(jwt(api.login("long", ada())), LONG_SECRET).claims();
        assertThat(claims.getJsonArray("aud")).containsExactly("a", "b");
    }

    /** expires_in is 30 days, but the session ends in an hour. */
    @Test
    void aJwtEndsWithItsSessionAtTheLatest() {
        long begun = Instant.now().getEpochSecond();
        JsonObject byPassword =
                AppJwt.bySecret(jwt(api.login("long", ada())), LONG_SECRET).claims();
        assertThat(byPassword.getLong("exp"))
                .isBetween(begun + 3590, Instant.now().getEpochSecond() + 3600);
        String token = api.identity(ada()).text("access_token");
        JsonObject byToken =
                AppJwt.bySecret(jwt(api.token("long", token)), LONG_SECRET).claims();
        assertThat(byToken.getLong("exp")).isBetween(begun + 3590, Instant.now().getEpochSecond() + 3600);
    }

    @ParameterizedTest
    @CsvSource({"rsa, RS256, RSA", "rsa512, RS512, RSA", "ec, ES256, EC", "ec384, ES384, EC"})
    void aPublishedKeyVerifies(String app, String algorithm, String type) {
        Answer keys = caller.get("/jwt/" + app + "/jwks", null);
        assertThat(keys.status()).as(keys.body()).isEqualTo(200);
        assertThat(keys.header("Cache-Control")).startsWith("public, max-age=");
        JsonObject key = keys.json().getJsonArray("keys").getJsonObject(0);
        assertThat(key.getString("kty")).isEqualTo(type);
        assertThat(key.fieldNames()).doesNotContain("d", "p", "q", "dp", "dq", "qi", "k");
        for (Answer given : List.of(
                api.login(app, ada()), api.token(app, api.identity(ada()).text("access_token")))) {
            AppJwt jwt = AppJwt.byJwks(jwt(given), keys.body());
            assertThat(jwt.header().fieldNames()).containsExactlyInAnyOrder("alg", "typ", "kid");
            assertThat(jwt.header().getString("alg")).isEqualTo(algorithm);
            assertThat(jwt.header().getString("typ")).isEqualTo("JWT");
            assertThat(jwt.claims().getString("iss")).isEqualTo(caller.base() + "/jwt/" + app + "/");
        }
    }

    @Test
    void aSharedSecretIsNeverPublished() {
        for (String app : List.of("shop", "long")) {
            Answer keys = caller.get("/jwt/" + app + "/jwks", null);
            assertThat(keys.status()).isEqualTo(200);
            assertThat(keys.json().getJsonArray("keys")).isEmpty();
        }
    }

    @Test
    void keysOfAppsAreNotTheServersAndOfNoAppNone() {
        String own = caller.get("/oauth2/jwks", null).body();
        for (String app : List.of("rsa", "ec")) {
            JsonObject key = caller.get("/jwt/" + app + "/jwks", null)
                    .json()
                    .getJsonArray("keys")
                    .getJsonObject(0);
            assertThat(own).doesNotContain(key.getString("kid"));
        }
        for (String path : List.of("/jwt/nobody/jwks", "/jwt/RSA/jwks", "/jwt/%2e%2e/jwks")) {
            assertThat(caller.get(path, null).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void aDisabledAppIsNone() {
        assertError(api.login("gone", ada()), 401, 1180);
        assertError(api.token("gone", api.identity(ada()).text("access_token")), 401, 1180);
        assertThat(caller.get("/jwt/gone/jwks", null).status()).isEqualTo(404);
    }

    @Test
    void mailsLinkOnlyWhereTheTenantAllows() {
        for (String name : List.of("verificationurl", "loginurl")) {
            jwt(login(name, "https://shop.example/verify"));
            for (String url : List.of(
                    "https://shop.example/verify/",
                    "https://shop.example/verify?a=b",
                    "https://SHOP.example/verify",
                    "https://shop.example.evil.example/verify")) {
                assertError(login(name, url), 400, 908);
            }
        }
        jwt(login("emailtemplate", "Second mail"));
        assertError(login("emailtemplate", "second mail"), 400, 908);
    }

    /** One vendor SDK takes an answer with this word in it for an error. */
    @Test
    void aSuccessNeverSaysDescription() {
        Answer answer = api.identity(ada());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("description", "Description");
        JsonObject profile = answer.json().getJsonObject("Profile");
        assertThat(profile.getString("FullName")).isEqualTo("Description of Ada");
        assertThat(profile.getJsonArray("Roles")).containsExactly("editor", "description");
    }

    @Test
    void anExpiredToken906() throws InterruptedException {
        Answer session = api.identity(ada());
        String token = session.text("access_token");
        Instant end = Instant.parse(session.text("expires_in"));
        while (Instant.now().isBefore(end.plusMillis(100))) {
            Thread.sleep(100);
        }
        assertError(api.token("shop", token), 403, 906);
        assertError(api.validate(token), 403, 906);
        assertError(api.invalidate(token), 403, 906);
        int at = token.lastIndexOf('.') + 5;
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        assertError(api.token("shop", token.substring(0, at) + other + token.substring(at + 1)), 403, 905);
    }

    private static String ada() {
        return json("username", "ada", "password", PASSWORD);
    }

    private JsonObject shop(String username) {
        String body = json("username", username, "password", PASSWORD);
        return AppJwt.bySecret(jwt(api.login("shop", body)), SHOP_SECRET).claims();
    }

    private Answer login(String name, String value) {
        return api.post(LOGIN + query("apikey", APIKEY, "jwtapp", "shop", name, value), ada());
    }
}
