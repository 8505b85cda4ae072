package io.gatehouse.deploy.command;

import io.gatehouse.common.model.Tenant;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code gatehouse users reset-factor}: an order to a running node. */
public final class ResetFactorCommand implements Command {
    private static final String PATH = "/admin/v1/users/reset-factor";
    private static final String USERNAME = "USERNAME";
    private static final Option TENANT = new Option("--tenant", "T", "of this tenant; main where none is named");

    @Override
    public String name() {
        return "users reset-factor";
    }

    @Override
    public String summary() {
        return "takes away a second factor that its owner lost, and logs the user out everywhere";
    }

    @Override
    public List<String> operands() {
        return List.of(USERNAME);
    }

    @Override
    public List<Option> options() {
        return List.of(TENANT, Option.CONFIG);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        String username = arguments.operand(USERNAME);
        JsonObject order = new JsonObject()
                .put("tenant", arguments.value(TENANT.name()).orElse(Tenant.MAIN))
                .put("username", username);
        return NodeOrder.run(arguments, console, node -> {
            node.post(PATH, order);
            console.out()
                    .println("The second factor of " + username + " is taken away: the password alone counts now.");
        });
    }
}
