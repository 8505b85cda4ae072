package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A client of documents 000 and 003. */
record BabelBirdCaller(Caller caller) {
    static final String AUTHORIZE = "/api/authorizeByJWT.do";
    static final String TOKEN = "/api/token.do";
    static final String REFRESH = "/api/refreshToken.do";

    /** Names and values in turn, as the query. */
    Answer authorize(String... pairs) {
        return caller.get(AUTHORIZE + "?" + Caller.form(pairs), null);
    }

    Answer authorizeBy(String clientId, String jwt, String... more) {
        List<String> pairs = new ArrayList<>(List.of("response_type", "code", "client_id", clientId, "jwt_token", jwt));
        pairs.addAll(List.of(more));
        return authorize(pairs.toArray(String[]::new));
    }

    /** With a fresh JWT of the demo client. */
    Answer authorizeDemo(String... more) {
        return authorizeBy("demo", ClientJwtText.demo(ClientJwtText.claims("demo")), more);
    }

    /** A fresh code of the demo client, for ada unless said otherwise. */
    String code(String... more) {
        return code(authorizeDemo(more.length == 0 ? new String[] {"email", "ada@example.org"} : more));
    }

    static String code(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.text("code");
    }

    /** As the document shows it: all in the URL. */
    Answer token(String authorization, String code) {
        return bare(TOKEN, authorization, "grant_type", "authorization_code", "code", code);
    }

    Answer token(String code) {
        return token(Caller.DEMO, code);
    }

    Answer refresh(String refreshToken) {
        return bare(REFRESH, Caller.DEMO, "grant_type", "refresh_token", "refresh_token", refreshToken);
    }

    /** A POST without a body; names and values in turn are the query. */
    Answer bare(String path, String authorization, String... pairs) {
        return caller.postRaw(path + "?" + Caller.form(pairs), authorization, null, new byte[0]);
    }

    boolean isActive(String token) {
        return caller.post("/oauth2/introspect", Caller.DEMO, "token", token)
                .json()
                .getBoolean("active");
    }

    /** What a JWT says. */
    static JsonObject claims(String jwt) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    /** The error in both forms, and nothing that could be kept by a cache. */
    static void assertError(Answer answer, int status, String error, int code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.json().fieldNames())
                .containsExactlyInAnyOrder("error", "error_description", "code", "success");
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(answer.text("error_description")).isNotBlank();
        assertThat(answer.json().getInteger("code")).isEqualTo(code);
        assertThat(answer.json().getBoolean("success")).isFalse();
    }
}
