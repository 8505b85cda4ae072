package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.error.OAuthError.Defect;
import io.gatehouse.common.error.OAuthError.NotFound;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.error.OAuthError.Throttled;
import io.gatehouse.common.error.OAuthError.Unavailable;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of error in the two styles that are nobody's own. */
class ErrorStylesTest {
    private static final ErrorStyle OAUTH = new OAuthErrors();
    private static final ErrorStyle PROBLEM = new ProblemErrors();

    private static List<String> values(Reply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().toString().equalsIgnoreCase(name))
                .map(header -> header.value().toString())
                .toList();
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(new Throttled(Duration.ofMillis(1500)), 429, "temporarily_unavailable", "2"),
                Arguments.of(new NotFound("path"), 404, "not_found", null),
                Arguments.of(new Conflict("key set"), 409, "invalid_request", null),
                Arguments.of(new Unavailable("store"), 503, "temporarily_unavailable", "1"),
                Arguments.of(new Defect("ab12"), 500, "server_error", null));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindHasItsStatusAndWords(OAuthError error, int status, String name, String retryAfter) {
        Reply oauth = OAUTH.render(error);
        Reply problem = PROBLEM.render(error);

        assertThat(oauth.status()).isEqualTo(problem.status()).isEqualTo(status);
        assertThat(oauth.body().toJsonObject().getString("error")).isEqualTo(name);
        assertThat(problem.body().toJsonObject().getInteger("status")).isEqualTo(status);
        assertThat(problem.body().toJsonObject().getString("detail"))
                .isEqualTo(oauth.body().toJsonObject().getString("error_description"))
                .isNotEmpty();
        for (Reply reply : List.of(oauth, problem)) {
            assertThat(values(reply, "Retry-After")).isEqualTo(retryAfter == null ? List.of() : List.of(retryAfter));
            assertThat(values(reply, "Cache-Control")).containsExactly("no-store");
        }
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void everyCodeHasItsStatusAndWords(Code code) {
        Protocol error = new Protocol(code, "some \"words\" \u00e4");
        JsonObject oauth = OAUTH.render(error).body().toJsonObject();
        JsonObject problem = PROBLEM.render(error).body().toJsonObject();

        assertThat(OAUTH.render(error).status()).isEqualTo(code.status());
        assertThat(oauth.getMap()).containsOnlyKeys("error", "error_description");
        assertThat(oauth.getString("error")).isEqualTo(code.error());
        assertThat(oauth.getString("error_description")).isEqualTo("some \"words\" \u00e4");
        assertThat(PROBLEM.render(error).status()).isEqualTo(code.status());
        assertThat(problem.getMap().keySet()).isEqualTo(Set.of("type", "title", "status", "detail"));
        assertThat(problem.getString("type")).isEqualTo("about:blank");
        assertThat(problem.getString("title")).isNotEmpty().doesNotContain("Unknown");
        assertThat(problem.getInteger("status")).isEqualTo(code.status());
        assertThat(problem.getString("detail")).isEqualTo("some \"words\" \u00e4");
    }

    /** RFC 6749, section 5.2, and RFC 9110, section 15.5.2. */
    @Test
    void anUnknownClientIsChallenged() {
        Reply reply = OAUTH.render(new Protocol(Code.INVALID_CLIENT, "no"));

        assertThat(values(reply, "WWW-Authenticate")).singleElement().asString().startsWith("Basic realm=");
        assertThat(values(OAUTH.render(new Protocol(Code.INVALID_GRANT, "no")), "WWW-Authenticate"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 1", "PT0.001S, 1", "PT1S, 1", "PT1.001S, 2", "PT59.5S, 60", "PT15M, 900"})
    void aWaitIsWholeSecondsAndLongEnough(Duration wait, String seconds) {
        Reply reply = PROBLEM.render(new Throttled(wait));

        assertThat(values(reply, "Retry-After")).containsExactly(seconds);
        assertThat(reply.body().toJsonObject().getString("detail")).contains(seconds + " second");
    }

    @Test
    void aDefectShowsItsIncidentOnly() {
        assertThat(PROBLEM.render(new Defect("ab12")).body().toString()).contains("ab12");
    }
}
