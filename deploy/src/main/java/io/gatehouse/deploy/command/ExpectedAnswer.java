package io.gatehouse.deploy.command;

import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.http.Accept;
import io.gatehouse.gateway.proxy.Route;
import java.util.List;
import java.util.Locale;

/** What a request would get, as far as that can be said of its headers alone: whether a token counts, only a running node can tell. */
final class ExpectedAnswer {
    private static final List<String> SAFE = List.of("GET", "HEAD");

    private final Route route;
    private final String method;
    private final ShownHeaders headers;
    private final boolean https;

    /** @param https whether the issuer is: then names of cookies begin with {@code __Host-} */
    ExpectedAnswer(Route route, String method, ShownHeaders headers, boolean https) {
        this.route = route;
        this.method = method;
        this.headers = headers;
        this.https = https;
    }

    /** What the door looks at. */
    String shown() {
        return switch (route.demand()) {
            case PUBLIC -> "nothing is looked at";
            case BEARER -> authorization();
            case SESSION ->
                switch ((int) Math.min(2, headers.cookies(cookie()))) {
                    case 0 -> "no cookie " + cookie();
                    case 1 -> "the cookie " + cookie();
                    default -> "the cookie " + cookie() + " more than once, so that none counts";
                };
        };
    }

    String answer() {
        return switch (route.demand()) {
            case PUBLIC -> "200: it may go on";
            case BEARER -> ofToken();
            case SESSION ->
                headers.cookies(cookie()) == 1
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
        boolean page = Accept.names(headers.all("accept").stream().findFirst().orElse(null), "text/html")
                && (!headers.has("sec-fetch-mode")
                        || headers.all("sec-fetch-mode").equals(List.of("navigate")))
                && !headers.has("x-requested-with")
                && !headers.has("upgrade");
        return page && SAFE.contains(method)
                ? "302 to the login (401 with Location to nginx and HAProxy)"
                : "401: log in with a browser";
    }

    private String cookie() {
        String name = (https ? "__Host-" : "") + "gatehouse-service";
        return route.tenant().equals(Tenant.MAIN) ? name : name + "-" + route.tenant();
    }
}
