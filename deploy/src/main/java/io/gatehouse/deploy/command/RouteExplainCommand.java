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
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code gatehouse route explain}. */
public final class RouteExplainCommand implements Command {
    private static final String METHOD = "METHOD";
    private static final String URL = "URL";
    private static final Option HEADER =
            Option.repeatable("--header", "'NAME: VALUE'", "a header of the request; may be given again");
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
        return List.of(Option.CONFIG, HEADER);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        ShownHeaders headers = ShownHeaders.read(arguments.values(HEADER.name()));
        AskedRequest asked = asked(arguments, headers);
        try {
            GatehouseConfig config =
                    ConfigReading.run(arguments.path(Option.CONFIG).orElse(null));
            explain(config, asked, headers, new RouteText(console.out()));
            return 0;
        } catch (RuntimeException failure) {
            console.err().println("gatehouse: " + StartFailures.sentence(failure));
            return 1;
        } finally {
            Logging.close();
        }
    }

    private static AskedRequest asked(Arguments arguments, ShownHeaders headers) {
        Matcher url = PARTS.matcher(arguments.operand(URL));
        if (!url.matches()) {
            throw new UsageError(
                    "'" + arguments.operand(URL) + "' is no URL: write it like https://shop.example.org/cart");
        }
        String target = url.group(2).startsWith("/") ? url.group(2) : "/" + url.group(2);
        return AskedRequest.of(arguments.operand(METHOD), url.group(1), target, headers);
    }

    private static void explain(GatehouseConfig config, AskedRequest asked, ShownHeaders headers, RouteText text) {
        try {
            OriginalRequest request = OriginalRequest.read(asked.method(), asked.authority(), asked.target());
            text.request(request, asked.form());
            URI issuer = config.issuerAt(config.server().port());
            Route route = RouteTable.of(config.routes(), issuer).find(request);
            if (route == null) {
                text.say("It is refused: no route is for it.");
                return;
            }
            text.route(route, config.tokens().defaultAudience());
            if (!headers.isEmpty()) {
                text.answer(new ExpectedAnswer(route, request.method(), headers, issuer.toString()));
                text.ignored(asked.form() == null ? headers.hearsay() : List.of());
            }
        } catch (OAuthFailure refused) {
            String reason =
                    refused.error() instanceof Protocol protocol ? protocol.description() : "of an unknown kind";
            text.say("It is refused before any route is looked for: " + reason + ".");
        }
    }
}
