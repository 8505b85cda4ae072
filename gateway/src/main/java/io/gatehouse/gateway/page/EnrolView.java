package io.gatehouse.gateway.page;

import org.jspecify.annotations.Nullable;

/**
 * The form by which a second factor is enrolled.
 *
 * @param action path that the form is posted to
 * @param account path of the account page
 * @param box sealed, for the form
 * @param key of the secret, for an app
 * @param picture of the same, for the camera of a phone
 * @param demanded whether something that the user wants asks for it
 * @param problem what was wrong with the attempt before; null: there was none
 */
public record EnrolView(
        String action,
        String account,
        String box,
        SecretKey key,
        QrPicture picture,
        boolean demanded,
        @Nullable String problem) {}
