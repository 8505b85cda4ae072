package io.gatehouse.gateway.page;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthError.Defect;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.gateway.http.ErrorStatus;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.page.html.JteerrorGenerated;
import org.jspecify.annotations.Nullable;

/** Tells the person in front of the browser what is wrong, where nobody else is to be told. */
final class ErrorPage {
    private ErrorPage() {}

    static Reply of(Look look, OAuthError error) {
        String incident = error instanceof Defect defect ? defect.incident() : null;
        return ErrorStatus.retryable(
                page(look, status(error), message(look.texts(), error), incident, Restart.IN_CLIENT), error);
    }

    /** The form comes from another browser, tenant or session, or after its time. */
    static Reply tooOld(Look look, Restart restart) {
        return page(look, 400, look.texts().get(restart.message()), null, restart);
    }

    /** @param message key of its text */
    static Reply refused(Look look, String message) {
        return page(look, 400, look.texts().get(message), null, Restart.IN_CLIENT);
    }

    /** With a link to the own account. */
    static Reply toAccount(Look look, int status, String message) {
        return page(look, status, message, null, Restart.IN_SERVICE);
    }

    /** @param link where somebody may try again */
    static Reply again(Look look, int status, String message, String link) {
        return page(look, status, message, null, link, "service.again");
    }

    private static Reply page(Look look, int status, String message, @Nullable String incident, Restart restart) {
        return page(look, status, message, incident, look.path(restart.path()), restart.label());
    }

    private static Reply page(
            Look look, int status, String message, @Nullable String incident, String link, String label) {
        String title = look.texts().get("error.title");
        ErrorView view =
                new ErrorView(title, message, incident, link, look.texts().get(label));
        return look.page(status, out -> JteerrorGenerated.render(out, null, look.frame(title), view));
    }

    /** A page has no challenge for a 401. */
    private static int status(OAuthError error) {
        int status = ErrorStatus.of(error);
        return status == 401 ? 400 : status;
    }

    private static String message(Texts texts, OAuthError error) {
        return switch (error) {
            case OAuthError.Protocol protocol -> protocol(texts, protocol);
            case OAuthError.Throttled throttled -> texts.get("error.throttled", texts.duration(throttled.retryAfter()));
            case OAuthError.NotFound notFound -> texts.get("error.not_found");
            case OAuthError.Conflict conflict -> texts.get("error.page_too_old");
            case OAuthError.Unavailable unavailable -> texts.get("error.unavailable");
            case OAuthError.Defect defect -> texts.get("error.defect");
        };
    }

    /** Who develops the client reads these, so the protocol's own words stand behind ours. */
    private static String protocol(Texts texts, Protocol error) {
        return switch (error.code()) {
            case METHOD_NOT_ALLOWED -> texts.get("error.method");
            case CONTENT_TOO_LARGE, HEADER_FIELDS_TOO_LARGE, URI_TOO_LONG -> texts.get("error.too_large");
            default -> texts.get("error.invalid_request") + " (" + error.description() + ")";
        };
    }
}
