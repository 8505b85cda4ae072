package io.gatehouse.deploy.command;

import io.gatehouse.common.model.Tenant;
import io.gatehouse.deploy.log.Logging;
import io.gatehouse.deploy.management.AdminCall;
import io.gatehouse.deploy.management.UnusableNode;
import io.gatehouse.deploy.node.ConfigReading;
import io.gatehouse.deploy.node.StartFailures;
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
        try {
            AdminCall node = new AdminCall(
                    ConfigReading.run(arguments.path(Option.CONFIG).orElse(null)));
            String username = arguments.operand(USERNAME);
            node.post(
                    PATH,
                    new JsonObject()
                            .put("tenant", arguments.value(TENANT.name()).orElse(Tenant.MAIN))
                            .put("username", username));
            console.out()
                    .println("The second factor of " + username + " is taken away: the password alone counts now.");
            return 0;
        } catch (UnusableNode refused) {
            console.err().println("gatehouse: " + refused.getMessage());
            return 1;
        } catch (RuntimeException failure) {
            console.err().println("gatehouse: " + StartFailures.sentence(failure));
            return 1;
        } finally {
            Logging.close();
        }
    }
}
