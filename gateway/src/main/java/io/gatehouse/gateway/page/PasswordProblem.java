package io.gatehouse.gateway.page;

import io.gatehouse.common.message.Sessions.PasswordRefusal;
import io.gatehouse.gateway.oauth.Parameters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a password was not changed.
 *
 * @param field name of the one it is about; null: it is about none
 * @param text key of its text
 * @param retryAfter how long to wait before the next attempt; null: no time at all
 */
public record PasswordProblem(
        @Nullable String field, String text, @Nullable Duration retryAfter) {
    static final String CURRENT = "current";
    static final String NEW = "new";
    private static final String AGAIN = "again";

    PasswordProblem(String field, String text) {
        this(field, text, null);
    }

    static PasswordProblem throttled(Duration retryAfter) {
        return new PasswordProblem(null, "password.problem.throttled", retryAfter);
    }

    /** The problem in words. */
    String in(Texts texts) {
        return retryAfter == null ? texts.get(text) : texts.get(text, texts.duration(retryAfter));
    }

    /** What can be seen without the store; null: nothing. */
    static @Nullable PasswordProblem of(Parameters form) {
        for (String field : List.of(CURRENT, NEW, AGAIN)) {
            if (form.get(field) == null) {
                return new PasswordProblem(field, "password.problem.missing");
            }
        }
        if (isTooLong(form.require(CURRENT))) {
            return of(PasswordRefusal.WRONG_PASSWORD);
        }
        if (isTooLong(form.require(NEW))) {
            return of(PasswordRefusal.TOO_LONG);
        }
        return form.require(NEW).equals(form.get(AGAIN))
                ? null
                : new PasswordProblem(AGAIN, "password.problem.different");
    }

    /** Null where nobody is logged in any more. */
    static @Nullable PasswordProblem of(PasswordRefusal reason) {
        return switch (reason) {
            case NO_SESSION -> null;
            case WRONG_PASSWORD -> new PasswordProblem(CURRENT, "password.problem.wrong");
            case TOO_SHORT -> new PasswordProblem(NEW, "password.problem.too_short");
            case TOO_LONG -> new PasswordProblem(NEW, "password.problem.too_long");
            case SAME_AS_BEFORE -> new PasswordProblem(NEW, "password.problem.same");
        };
    }

    private static boolean isTooLong(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length > LoginFields.LONGEST_PASSWORD_BYTES;
    }
}
