package io.gatehouse.deploy.command;

import io.gatehouse.common.config.RouteRateConfig;
import io.gatehouse.gateway.proxy.OriginalRequest;
import io.gatehouse.gateway.proxy.Route;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Routes as people read them. */
final class RouteText {
    private static final int COLUMN = 10;

    private final PrintStream out;

    RouteText(PrintStream out) {
        this.out = out;
    }

    void say(String sentence) {
        out.println(sentence);
    }

    /** @param form which headers tell of it; null: it came by itself */
    void request(OriginalRequest request, @Nullable String form) {
        if (form != null) {
            row("told by", form);
        }
        row("method", request.method());
        row("host", request.host().text());
        row("path", request.path().text());
    }

    /** @param standard audience of routes that name none; null: the issuer of the tenant */
    void route(Route route, @Nullable String standard) {
        row("route", route.id());
        row("tenant", route.tenant());
        demand(route, standard);
        row("rate", rate(route.rate()));
        row("upstream", upstream(route));
        if (route.demand() != Route.Kind.PUBLIC) {
            String audience = route.assertionAudience();
            row("assertion", audience == null ? "none" : "for " + audience);
        }
        if (route.forwardsToken()) {
            row("token", "passed on to the upstream");
        }
    }

    private void demand(Route route, @Nullable String standard) {
        switch (route.demand()) {
            case PUBLIC -> row("demand", "public: nothing");
            case BEARER -> {
                row("demand", "bearer: an access token");
                row("audience", audience(route, standard));
                row("scope", any(" and ", route.scope().values()));
                row("roles", any(" or ", route.roles()));
                row("factors", factors(route));
            }
            case SESSION -> {
                row("demand", "session: a browser that is logged in");
                row("roles", any(" or ", route.roles()));
                row("max_age", route.maxAge() == null ? "any" : route.maxAge().toString());
                row("factors", factors(route));
            }
        }
        if (route.claims() != null) {
            row("claims", route.claims());
        }
    }

    void answer(ExpectedAnswer expected) {
        row("shown", expected.shown());
        row("answer", expected.answer());
    }

    /** @param headers that decide nothing, whoever wrote them */
    void ignored(List<String> headers) {
        if (!headers.isEmpty()) {
            row("ignored", String.join(", ", headers));
        }
    }

    private static String audience(Route route, @Nullable String standard) {
        if (route.audience() != null) {
            return route.audience();
        }
        return standard == null ? "the tenant's issuer" : standard;
    }

    private static String factors(Route route) {
        return route.secondFactor() ? "two: a password and a code" : "any";
    }

    private static String any(String between, List<String> values) {
        return values.isEmpty() ? "any" : String.join(between, values);
    }

    private static String rate(@Nullable RouteRateConfig rate) {
        return rate == null
                ? "any"
                : rate.limit() + " in " + rate.window() + " per " + rate.per()
                        + (rate.shared() ? ", counted by all nodes together" : ", counted by each node");
    }

    private static String upstream(Route route) {
        return route.upstream().isEmpty()
                ? "none: a proxy in front asks"
                : route.upstream().stream().map(URI::toString).collect(Collectors.joining(", "));
    }

    private void row(String name, String value) {
        out.println(name + " ".repeat(COLUMN - name.length()) + value);
    }
}
