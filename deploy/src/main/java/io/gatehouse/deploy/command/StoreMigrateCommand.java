package io.gatehouse.deploy.command;

import io.gatehouse.deploy.log.Logging;
import io.gatehouse.deploy.node.SchemaMigration;
import io.gatehouse.deploy.node.StartFailures;
import io.gatehouse.store.SchemaChange;
import java.io.PrintStream;
import java.util.List;

/** {@code gatehouse store migrate}. */
public final class StoreMigrateCommand implements Command {
    @Override
    public String name() {
        return "store migrate";
    }

    @Override
    public String summary() {
        return "brings the schema of the store's database up to date";
    }

    @Override
    public List<Option> options() {
        return List.of(Option.CONFIG);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        try {
            tell(SchemaMigration.run(arguments.path(Option.CONFIG).orElse(null)), console.out());
            return 0;
        } catch (RuntimeException failure) {
            console.err().println("gatehouse: " + StartFailures.sentence(failure));
            return 1;
        } finally {
            Logging.close();
        }
    }

    private static void tell(SchemaChange change, PrintStream out) {
        if (change.version() == SchemaChange.NO_SCHEMA) {
            out.println("The embedded store has no schema: there is nothing to migrate.");
            return;
        }
        change.applied().forEach(step -> out.println("Applied " + step));
        if (change.applied().isEmpty()) {
            out.println("The schema is up to date (" + change.version() + ").");
        }
    }
}
