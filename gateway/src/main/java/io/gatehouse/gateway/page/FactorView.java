package io.gatehouse.gateway.page;

import org.jspecify.annotations.Nullable;

/**
 * The form that asks for a code.
 *
 * @param action path that the form is posted to
 * @param box sealed, for the form
 * @param problem what was wrong with the attempt before; null: there was none
 * @param removal whether the code takes the second factor away
 * @param account path of the account page
 */
public record FactorView(
        String action, String box, @Nullable String problem, boolean removal, String account) {}
