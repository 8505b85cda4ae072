package io.gatehouse.deploy.command;

import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.deploy.log.Logging;
import io.gatehouse.deploy.node.ConfigReading;
import io.gatehouse.deploy.node.StartFailures;
import io.gatehouse.gateway.proxy.OriginalRequest;
import io.gatehouse.gateway.proxy.Route;
import io.gatehouse.gateway.proxy.RouteTable;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code gatehouse route explain}. */
public final class RouteExplainCommand implements Command {
    private static final String METHOD = "METHOD";
    private static final String URL = "URL";
    /** Cut, not parsed: what is odd about the rest is what the answer is about. */
    private static final Pattern PARTS = Pattern.compile("https?://([^/?#]+)(.*)", Pattern.CASE_INSENSITIVE);

    @Override
    public String name() {
        return "route explain";
    }

    @Override
    public String summary() {
        return "says which route a request is for and what it demands, without a running node";
    }

    @Override
    public List<String> operands() {
        return List.of(METHOD, URL);
    }

    @Override
    public List<Option> options() {
        return List.of(Option.CONFIG);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        Matcher url = PARTS.matcher(arguments.operand(URL));
        if (!url.matches()) {
            throw new UsageError(
                    "'" + arguments.operand(URL) + "' is no URL: write it like https://shop.example.org/cart");
        }
        try {
            GatehouseConfig config =
                    ConfigReading.run(arguments.path(Option.CONFIG).orElse(null));
            String target = url.group(2).startsWith("/") ? url.group(2) : "/" + url.group(2);
            explain(config, arguments.operand(METHOD).toUpperCase(Locale.ROOT), url.group(1), target, console.out());
            return 0;
        } catch (RuntimeException failure) {
            console.err().println("gatehouse: " + StartFailures.sentence(failure));
            return 1;
        } finally {
            Logging.close();
        }
    }

    private static void explain(
            GatehouseConfig config, String method, String authority, String target, PrintStream out) {
        try {
            OriginalRequest request = OriginalRequest.read(method, authority, target);
            row("method", request.method(), out);
            row("host", request.host().text(), out);
            row("path", request.path().text(), out);
            Route route = RouteTable.of(
                            config.routes(), config.issuerAt(config.server().port()))
                    .find(request);
            tell(route, config, out);
        } catch (OAuthFailure refused) {
            String reason =
                    refused.error() instanceof Protocol protocol ? protocol.description() : "of an unknown kind";
            out.println("It is refused before any route is looked for: " + reason + ".");
        }
    }

    private static void tell(@Nullable Route route, GatehouseConfig config, PrintStream out) {
        if (route == null) {
            out.println("It is refused: no route is for it.");
            return;
        }
        row("route", route.id(), out);
        row("tenant", route.tenant(), out);
        row("demand", demand(route), out);
        if (route.demand() == Route.Kind.BEARER) {
            row("audience", audience(route, config), out);
            row(
                    "scope",
                    route.scope().values().isEmpty()
                            ? "any"
                            : String.join(" and ", route.scope().values()),
                    out);
            row("roles", roles(route), out);
        }
        if (route.demand() == Route.Kind.SESSION) {
            row("roles", roles(route), out);
            row("max_age", route.maxAge() == null ? "any" : route.maxAge().toString(), out);
        }
    }

    private static String roles(Route route) {
        return route.roles().isEmpty() ? "any" : String.join(" or ", route.roles());
    }

    private static String demand(Route route) {
        return switch (route.demand()) {
            case PUBLIC -> "public: nothing";
            case BEARER -> "bearer: an access token";
            case SESSION -> "session: a browser that is logged in";
        };
    }

    private static String audience(Route route, GatehouseConfig config) {
        String standard = config.tokens().defaultAudience();
        if (route.audience() != null) {
            return route.audience();
        }
        return standard == null ? "the tenant's issuer" : standard;
    }

    private static void row(String name, String value, PrintStream out) {
        out.println(name + " ".repeat(10 - name.length()) + value);
    }
}
