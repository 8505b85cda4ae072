package io.gatehouse.deploy.command;

import io.gatehouse.gateway.page.ServiceCookies;
import io.gatehouse.gateway.proxy.PageVisit;
import io.gatehouse.gateway.proxy.Route;
import java.util.List;
import java.util.Locale;

/**
 * What a request would get, as far as that can be said of its headers alone: whether a token counts, only a running node can
 * tell.
 */
final class ExpectedAnswer {
    private final Route route;
    private final String method;
    private final ShownHeaders headers;
    private final String cookie;

    /** @param issuer of the default tenant */
    ExpectedAnswer(Route route, String method, ShownHeaders headers, String issuer) {
        this.route = route;
        this.method = method;
        this.headers = headers;
        this.cookie = new ServiceCookies(issuer).sessionName(route.tenant());
    }

    /** What the door looks at. */
    String shown() {
        return switch (route.demand()) {
            case PUBLIC -> "nothing is looked at";
            case BEARER -> authorization();
            case SESSION ->
                switch ((int) Math.min(2, headers.cookies(cookie))) {
                    case 0 -> "no cookie " + cookie;
                    case 1 -> "the cookie " + cookie;
                    default -> "the cookie " + cookie + " more than once, so that none counts";
                };
        };
    }

    String answer() {
        return switch (route.demand()) {
            case PUBLIC -> "200: it may go on";
            case BEARER -> ofToken();
            case SESSION ->
                headers.cookies(cookie) == 1
                        ? "200 while the session counts; else " + withoutSession()
                        : withoutSession();
        };
    }

    private String authorization() {
        List<String> lines = headers.all("authorization");
        if (lines.size() > 1) {
            return "Authorization more than once";
        }
        if (lines.isEmpty()) {
            return "no Authorization";
        }
        return switch (scheme(lines.getFirst())) {
            case "bearer" -> "a Bearer token";
            case "dpop" -> "a DPoP token " + (headers.has("dpop") ? "with" : "without") + " a proof";
            default -> "Authorization of another scheme, which is no token";
        };
    }

    private String ofToken() {
        List<String> lines = headers.all("authorization");
        if (lines.size() > 1) {
            return "400: send Authorization once";
        }
        boolean token = !lines.isEmpty()
                && lines.getFirst().contains(" ")
                && List.of("bearer", "dpop").contains(scheme(lines.getFirst()));
        return token ? "200, 401 or 403: as the token is, which only a running node can tell" : "401: send a token";
    }

    private static String scheme(String authorization) {
        return authorization.split(" ", 2)[0].toLowerCase(Locale.ROOT);
    }

    private String withoutSession() {
        return PageVisit.is(method, headers::all) && PageVisit.canComeBack(method)
                ? "302 to the login (401 with Location to nginx and HAProxy)"
                : "401: log in with a browser";
    }
}
