package io.gatehouse.gateway.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.http.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoginErrorsTest {
    private final LoginErrors style = new LoginErrors();

    private static List<String> challenges(Reply reply) {
        return reply.headers().stream()
                .filter(header -> header.name().toString().equalsIgnoreCase("WWW-Authenticate"))
                .map(header -> header.value().toString())
                .toList();
    }

    /** Wrong credentials of any kind are 401 here; whatever is 401 has a challenge, and nothing else has. */
    @ParameterizedTest
    @EnumSource(Code.class)
    void everyCodeIsAProblem(Code code) {
        Reply reply = style.render(new OAuthError.Protocol(code, "words"));
        int status = code == Code.INVALID_GRANT ? 401 : code.status();

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body().toJsonObject().getInteger("status")).isEqualTo(status);
        assertThat(reply.body().toJsonObject().getString("detail")).isEqualTo("words");
        assertThat(challenges(reply)).hasSize(status == 401 ? 1 : 0);
    }

    @Test
    void onlyATokenThatWasShownIsCalledInvalid() {
        assertThat(challenges(style.render(new OAuthError.Protocol(Code.INVALID_TOKEN, "words"))))
                .containsExactly("Bearer error=\"invalid_token\", error_description=\"words\"");
        assertThat(challenges(style.render(new OAuthError.Protocol(Code.INVALID_GRANT, "words"))))
                .containsExactly("Bearer");
    }

    @Test
    void everyOtherKindIsAProblemToo() {
        assertThat(style.render(new OAuthError.Throttled(Duration.ofSeconds(1))).status())
                .isEqualTo(429);
        assertThat(style.render(new OAuthError.NotFound("x")).status()).isEqualTo(404);
        assertThat(style.render(new OAuthError.Conflict("x")).status()).isEqualTo(409);
        assertThat(style.render(new OAuthError.Unavailable("x")).status()).isEqualTo(503);
        assertThat(style.render(new OAuthError.Defect("x")).status()).isEqualTo(500);
    }
}
