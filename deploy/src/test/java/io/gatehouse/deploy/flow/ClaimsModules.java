package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Modules of the basic plan about userinfo, and what scopes and the claims parameter put into it. */
interface ClaimsModules extends BasicModules {
    @Test
    @DisplayName("oidcc-userinfo-get")
    default void oidccUserinfoGet() {
        Tokens tokens = client().logIn(somebody());
        assertIsAbout(tokens, client().userinfo(tokens.accessToken()));
    }

    @Test
    @DisplayName("oidcc-userinfo-post-header")
    default void oidccUserinfoPostHeader() {
        Tokens tokens = client().logIn(somebody());
        assertIsAbout(tokens, client().caller().post("/oauth2/userinfo", "Bearer " + tokens.accessToken()));
    }

    @Test
    @DisplayName("oidcc-userinfo-post-body")
    default void oidccUserinfoPostBody() {
        Tokens tokens = client().logIn(somebody());
        assertIsAbout(tokens, client().caller().post("/oauth2/userinfo", null, "access_token", tokens.accessToken()));
    }

    @Test
    @DisplayName("oidcc-scope-profile")
    default void oidccScopeProfile() {
        assertThat(userinfo("openid profile").fieldNames()).containsExactlyInAnyOrderElementsOf(profile("sub"));
    }

    @Test
    @DisplayName("oidcc-scope-email")
    default void oidccScopeEmail() {
        JsonObject userinfo = userinfo("openid email");
        assertThat(userinfo.fieldNames()).containsExactlyInAnyOrder("sub", "email", "email_verified");
        assertThat(userinfo.getString("email")).isEqualTo("grace@example.org");
        assertThat(userinfo.getBoolean("email_verified")).isTrue();
    }

    @Test
    @DisplayName("oidcc-scope-address")
    default void oidccScopeAddress() {
        JsonObject userinfo = userinfo("openid address");
        assertThat(userinfo.fieldNames()).containsExactlyInAnyOrder("sub", "address");
        assertThat(userinfo.getJsonObject("address"))
                .isEqualTo(new JsonObject().put("formatted", PlanServer.FURTHER_CLAIMS.get("address")));
    }

    @Test
    @DisplayName("oidcc-scope-phone")
    default void oidccScopePhone() {
        JsonObject userinfo = userinfo("openid phone");
        assertThat(userinfo.fieldNames()).containsExactlyInAnyOrder("sub", "phone_number", "phone_number_verified");
        assertThat(userinfo.getString("phone_number")).isEqualTo("+15550107");
        assertThat(userinfo.getBoolean("phone_number_verified")).isTrue();
    }

    @Test
    @DisplayName("oidcc-scope-all")
    default void oidccScopeAll() {
        assertThat(userinfo("openid profile email address phone").fieldNames())
                .containsExactlyInAnyOrderElementsOf(
                        profile("sub", "email", "email_verified", "address", "phone_number", "phone_number_verified"));
    }

    @Test
    @DisplayName("oidcc-ensure-other-scope-order-succeeds")
    default void oidccEnsureOtherScopeOrderSucceeds() {
        assertThat(userinfo("email openid").fieldNames()).containsExactlyInAnyOrder("sub", "email", "email_verified");
    }

    @Test
    @DisplayName("oidcc-claims-essential")
    default void oidccClaimsEssential() {
        String claims = new JsonObject()
                .put("userinfo", new JsonObject().put("name", new JsonObject().put("essential", true)))
                .encode();
        Tokens tokens = client().logIn(somebody(), "claims", claims);
        JsonObject userinfo = client().userinfo(tokens.accessToken()).json();
        assertThat(userinfo.fieldNames()).containsExactlyInAnyOrder("sub", "name");
        assertThat(userinfo.getString("name")).isEqualTo("Grace Hopper");
        assertThat(tokens.idToken().claims().containsKey("name")).isFalse();
    }

    @Test
    @DisplayName("oidcc-claims-locales")
    default void oidccClaimsLocales() {
        assertIsAbout(client().logIn(somebody(), "claims_locales", "se"));
    }

    private void assertIsAbout(Tokens tokens) {
        assertIsAbout(tokens, client().userinfo(tokens.accessToken()));
    }

    private static void assertIsAbout(Tokens tokens, Answer userinfo) {
        assertThat(userinfo.status()).as(userinfo.body()).isEqualTo(200);
        assertThat(userinfo.header("Content-Type")).startsWith("application/json");
        assertThat(userinfo.text("sub")).isEqualTo(tokens.subject());
    }

    private JsonObject userinfo(String scope) {
        Tokens tokens = client().logIn(somebody(), "scope", scope);
        Answer answer = client().userinfo(tokens.accessToken());
        assertIsAbout(tokens, answer);
        return answer.json();
    }

    private static List<String> profile(String... others) {
        List<String> names = new ArrayList<>(PlanServer.FURTHER_CLAIMS.keySet());
        names.remove("address");
        names.addAll(List.of("name", "preferred_username"));
        names.addAll(List.of(others));
        return names;
    }
}
