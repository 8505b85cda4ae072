package io.gatehouse.gateway.proxy;

import io.gatehouse.gateway.http.Accept;
import java.util.List;
import java.util.function.Function;

/** Tells whether a person waits for a page, and no script for data. */
public final class PageVisit {
    private PageVisit() {}

    static boolean is(Visit visit) {
        return is(visit.request().method(), visit.exchange()::headers);
    }

    /** @param headers the values of those of a name in lower case, in the order in which they came */
    public static boolean is(String method, Function<String, List<String>> headers) {
        List<String> modes = headers.apply("sec-fetch-mode");
        return headers.apply("accept").stream().limit(1).anyMatch(accept -> Accept.names(accept, "text/html"))
                && (modes.isEmpty() || modes.equals(List.of("navigate")))
                && headers.apply("x-requested-with").isEmpty()
                && !CrossSite.isWebSocket(method, headers);
    }

    /** Whether it can be asked again once its sender is logged in: a form would have lost its fields. */
    public static boolean canComeBack(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }
}
