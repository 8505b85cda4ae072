package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Modules of the basic plan about request objects: only signed ones are supported, and only those are fetched whose place is
 * registered.
 */
interface RequestObjectModules extends BasicModules {
    @Test
    @DisplayName("oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported")
    default void oidccUnsignedRequestObjectSupportedCorrectlyOrRejectedAsUnsupported() {
        assertThat(promised("request_parameter_supported")).isTrue();
        Map<String, String> request = client().request();
        request.put("request", unsigned(new JsonObject().put("nonce", request.get("nonce"))));
        assertThat(client().answer(client().open(somebody(), request), request))
                .containsEntry("error", "invalid_request_object")
                .doesNotContainKey("code");
    }

    @Test
    @DisplayName("oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported")
    default void oidccRequestUriUnsignedSupportedCorrectlyOrRejectedAsUnsupported() {
        assertThat(promised("request_uri_parameter_supported")).isTrue();
        Map<String, String> request = client().request("request_uri", "http://127.0.0.1:9999/request.jwt#digest");
        assertThat(client().answer(client().open(somebody(), request), request))
                .containsEntry("error", "invalid_request_uri")
                .doesNotContainKey("code");
    }

    /** The object's redirect URI is never followed, whatever stands beside it. */
    @Test
    @DisplayName("oidcc-ensure-request-object-with-redirect-uri")
    default void oidccEnsureRequestObjectWithRedirectUri() {
        String object = unsigned(new JsonObject().put("redirect_uri", PlanServer.REDIRECT_URI));
        Map<String, String> unregistered =
                client().request("redirect_uri", PlanServer.REDIRECT_URI + "/unregistered", "request", object);
        Page page = client().open(somebody(), unregistered);
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
        String elsewhere = unsigned(new JsonObject().put("redirect_uri", "http://127.0.0.1:9999/elsewhere"));
        Map<String, String> registered = client().request("request", elsewhere);
        assertThat(client().answer(client().open(somebody(), registered), registered))
                .containsEntry("error", "invalid_request_object");
    }

    private boolean promised(String name) {
        return client().caller()
                .get("/.well-known/openid-configuration", null)
                .json()
                .getBoolean(name);
    }

    private String unsigned(JsonObject claims) {
        claims.put("iss", client().clientId())
                .put("aud", client().caller().base().toString())
                .put("client_id", client().clientId())
                .put("response_type", "code")
                .put("scope", "openid");
        return part(new JsonObject().put("alg", "none")) + "." + part(claims) + ".";
    }

    private static String part(JsonObject json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }
}
