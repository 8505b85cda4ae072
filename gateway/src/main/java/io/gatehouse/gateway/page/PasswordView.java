package io.gatehouse.gateway.page;

import org.jspecify.annotations.Nullable;

/**
 * The form that changes the password.
 *
 * @param path of the account page, which the form's path begins with
 * @param box sealed, for the form
 * @param userName for the browser's password store
 * @param problem null: it is shown for the first time
 */
public record PasswordView(
        String path, String box, String userName, @Nullable PasswordProblem problem) {
    /** Key of the text that stands beside the field; null: nothing is wrong with it. */
    public @Nullable String problemOf(String field) {
        return problem != null && field.equals(problem.field()) ? problem.text() : null;
    }

    /** What stands on top of the form; null: nothing. */
    public @Nullable String problemOnTop(Texts texts) {
        return problem == null || problem.field() != null ? null : problem.in(texts);
    }
}
