package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;

/** A client of document 001 and its siblings. */
record LoginRadiusCaller(Caller caller, String apikey) {
    static final String APIKEY = "2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11";
    static final String APP = "dev-dummy-app";
    static final String APP_SECRET = "demo-jwt-app-secret-0123456789abcdef";
    static final String TOKEN = "/sso/jwt/api/token";
    static final String LOGIN = "/sso/jwt/api/login";
    static final String IDENTITY = "/identity/v2/auth/login";
    static final String VALIDATE = "/identity/v2/auth/access_token/validate";
    static final String INVALIDATE = "/identity/v2/auth/access_token/invalidate";
    private static final String JSON = "application/json";

    /** Of the demo. */
    LoginRadiusCaller(Caller caller) {
        this(caller, APIKEY);
    }

    /** Names and values in turn, as the query. */
    static String query(String... pairs) {
        return "?" + Caller.form(pairs);
    }

    /** Names and values in turn, as the body. */
    static String json(Object... pairs) {
        JsonObject body = new JsonObject();
        for (int i = 0; i < pairs.length; i += 2) {
            body.put((String) pairs[i], pairs[i + 1]);
        }
        return body.encode();
    }

    /** What ada sends. */
    static String ada() {
        return json("email", "ada@example.org", "password", RunningNode.ADA_PASSWORD);
    }

    Answer post(String path, String body) {
        return caller.send("POST", path, body, "Content-Type", JSON);
    }

    /** A JWT for a password. */
    Answer login(String app, String body) {
        return post(LOGIN + query("apikey", apikey, "jwtapp", app), body);
    }

    Answer login(String body) {
        return login(APP, body);
    }

    /** A JWT for an access token. */
    Answer token(String app, String accessToken) {
        return caller.get(TOKEN + query("apikey", apikey, "jwtapp", app, "access_token", accessToken), null);
    }

    Answer token(String accessToken) {
        return token(APP, accessToken);
    }

    /** A session; nothing says yet that it worked. */
    Answer identity(String body) {
        return post(IDENTITY + query("apikey", apikey), body);
    }

    /** A session of ada's. */
    Answer session() {
        Answer answer = identity(ada());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    String accessToken() {
        return session().text("access_token");
    }

    Answer validate(String accessToken) {
        return caller.get(VALIDATE + query("apikey", apikey), "Bearer " + accessToken);
    }

    Answer invalidate(String accessToken, String... more) {
        return caller.get(
                INVALIDATE + query("apikey", apikey) + (more.length == 0 ? "" : "&" + Caller.form(more)),
                "Bearer " + accessToken);
    }

    /** The JWT of an answer that must be one. */
    static String jwt(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().fieldNames()).containsExactly("signature");
        assertUnkept(answer);
        return answer.text("signature");
    }

    /** All five members, also for clients that look at no status. */
    static void assertError(Answer answer, int status, int code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().fieldNames())
                .contains("Description", "ErrorCode", "Message", "IsProviderError", "ProviderErrorResponse")
                .isSubsetOf(
                        "Description", "ErrorCode", "Message", "IsProviderError", "ProviderErrorResponse", "Errors");
        assertThat(answer.json().getInteger("ErrorCode")).as(answer.body()).isEqualTo(code);
        assertThat(answer.text("Description")).isNotBlank();
        assertThat(answer.text("Message")).isNotBlank();
        assertThat(answer.json().getBoolean("IsProviderError")).isFalse();
        assertThat(answer.json().getValue("ProviderErrorResponse")).isNull();
        assertUnkept(answer);
    }

    private static void assertUnkept(Answer answer) {
        assertThat(answer.header("Content-Type")).isEqualTo(JSON);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    }
}
