package io.gatehouse.deploy.command;

import io.gatehouse.common.model.Tenant;
import io.gatehouse.deploy.management.AdminCall;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** {@code gatehouse keys list}, {@code rotate} and {@code retire}: orders to a running node. */
public final class KeysCommand implements Command {
    private static final String PATH = "/admin/v1/keys";
    private static final Option TENANT = new Option("--tenant", "T", "of this tenant; main where none is named");
    private static final Option ALGORITHM =
            new Option("--algorithm", "ALG", "only the key for ES256, RS256, PS256 or EdDSA");
    private static final Option EMERGENCY =
            Option.flag("--emergency", "signs with the new key at once, and refuses what the old ones signed");
    private static final Option KID = new Option("--kid", "KID", "the key, as the list shows it");

    private final String verb;
    private final String summary;
    private final List<Option> options;
    private final Order order;

    private interface Order {
        JsonObject give(AdminCall node, Arguments arguments, String tenant);
    }

    private KeysCommand(String verb, String summary, List<Option> options, Order order) {
        this.verb = verb;
        this.summary = summary;
        this.options = options;
        this.order = order;
    }

    /** Shows a tenant's signing keys. */
    public static Command list() {
        return new KeysCommand(
                "list",
                "shows the signing keys of a running node",
                List.of(),
                (node, arguments, tenant) ->
                        node.get(PATH + "?tenant=" + URLEncoder.encode(tenant, StandardCharsets.UTF_8)));
    }

    /** Makes new ones. */
    public static Command rotate() {
        return new KeysCommand(
                "rotate",
                "lets new signing keys follow those of a running node",
                List.of(ALGORITHM, EMERGENCY),
                (node, arguments, tenant) -> {
                    JsonObject body =
                            new JsonObject().put("tenant", tenant).put("emergency", arguments.has(EMERGENCY.name()));
                    arguments.value(ALGORITHM.name()).ifPresent(name -> body.put("algorithm", name));
                    return node.post(PATH + "/rotate", body);
                });
    }

    /** Takes one away. */
    public static Command retire() {
        return new KeysCommand(
                "retire",
                "takes away a signing key of a running node that does not sign, and refuses what it signed",
                List.of(KID),
                (node, arguments, tenant) -> node.post(
                        PATH + "/retire",
                        new JsonObject()
                                .put("tenant", tenant)
                                .put(
                                        "kid",
                                        arguments
                                                .value(KID.name())
                                                .orElseThrow(() -> new UsageError(
                                                        "--kid is missing: 'gatehouse keys list' shows the names")))));
    }

    @Override
    public String name() {
        return "keys " + verb;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public List<Option> options() {
        List<Option> all = new ArrayList<>(options);
        all.add(TENANT);
        all.add(Option.CONFIG);
        return all;
    }

    @Override
    public int run(Arguments arguments, Console console) {
        String tenant = arguments.value(TENANT.name()).orElse(Tenant.MAIN);
        return NodeOrder.run(arguments, console, node -> tell(order.give(node, arguments, tenant), console.out()));
    }

    private static void tell(JsonObject listing, PrintStream out) {
        out.println("Keys of tenant " + listing.getString("tenant") + ", version " + listing.getLong("version"));
        for (Object one : listing.getJsonArray("keys")) {
            JsonObject key = (JsonObject) one;
            String state = key.getString("state");
            out.println("%s  %-5s  %-7s  since %s  %s %s"
                    .formatted(
                            key.getString("kid"),
                            key.getString("alg"),
                            state,
                            second(key.getString("since")),
                            what(state),
                            second(key.getString("until"))));
        }
    }

    /** Parts of one are for machines. */
    private static String second(String time) {
        return Instant.parse(time).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** What the time behind it is. */
    private static String what(String state) {
        return switch (state) {
            case "next" -> "signs from";
            case "active" -> "is followed from";
            default -> "leaves at";
        };
    }
}
