package io.gatehouse.gateway.compat;

import io.gatehouse.common.model.UserProfile;
import io.gatehouse.gateway.http.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A user as the LoginRadius paths describe it, and the form in which their successes go out. */
final class LoginRadiusProfile {
    /**
     * One client library takes every body with this word in it for an error.
     *
     * <p>The letter that is escaped is none that an escape may end with: JSON has no {@code \s}, and s is no digit.
     */
    private static final Pattern WORD_OF_ERRORS = Pattern.compile("([Dd]e)s(cription)");

    private LoginRadiusProfile() {}

    static JsonObject describe(UserProfile user) {
        String uid = user.subject().replace("-", "");
        return new JsonObject()
                .put("Uid", uid)
                .put("ID", uid)
                .put("UserName", user.username())
                .put("FullName", user.name())
                .put("Email", emails(user.email()))
                .put("EmailVerified", user.emailVerified())
                .put("PhoneId", user.phone())
                .put("PhoneIdVerified", user.phoneVerified())
                .put("Roles", new JsonArray(user.roles()))
                .put("CreatedDate", user.createdAt().toString())
                .put("LastLoginDate", Objects.toString(user.lastLoginAt(), null))
                .put("IsActive", true);
    }

    /** The same JSON, spelt so that no client takes it for an error. */
    static Reply success(JsonObject body) {
        String spelt = WORD_OF_ERRORS.matcher(body.encode()).replaceAll("$1\\\\u0073$2");
        return Reply.secretJson(200, Buffer.buffer(spelt)).with("Referrer-Policy", "no-referrer");
    }

    private static @Nullable JsonArray emails(@Nullable String email) {
        return email == null
                ? null
                : new JsonArray().add(new JsonObject().put("Type", "Primary").put("Value", email));
    }
}
