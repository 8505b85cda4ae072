package io.gatehouse.deploy.command;

import io.gatehouse.deploy.log.Logging;
import io.gatehouse.deploy.management.AdminCall;
import io.gatehouse.deploy.management.UnusableNode;
import io.gatehouse.deploy.node.ConfigReading;
import io.gatehouse.deploy.node.StartFailures;

/** What commands have in common that a running node carries out. */
final class NodeOrder {
    /** @see #run */
    interface Work {
        void at(AdminCall node);
    }

    private NodeOrder() {}

    /** The exit code: 1 where the node, or the configuration that tells where it is, is of no use. */
    static int run(Arguments arguments, Console console, Work work) {
        try {
            work.at(new AdminCall(
                    ConfigReading.run(arguments.path(Option.CONFIG).orElse(null))));
            return 0;
        } catch (UsageError misused) {
            throw misused;
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
