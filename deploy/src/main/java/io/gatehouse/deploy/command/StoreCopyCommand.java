package io.gatehouse.deploy.command;

import io.gatehouse.deploy.log.Logging;
import io.gatehouse.deploy.node.StartFailures;
import io.gatehouse.deploy.node.StoreCopying;
import io.gatehouse.store.copy.CopyReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code gatehouse store copy}. */
public final class StoreCopyCommand implements Command {
    private static final Option FROM = new Option("--from", "FILE", "the configuration of a node that has the store");
    private static final Option TO = new Option("--to", "FILE", "the configuration of a node on the new, empty store");
    private static final Option UNFREEZE =
            Option.flag("--unfreeze", "gives the copy up: nodes may start on the old store again");

    @Override
    public String name() {
        return "store copy";
    }

    @Override
    public String summary() {
        return "moves everything to another store, of whatever kind, while no node runs";
    }

    @Override
    public List<Option> options() {
        return List.of(FROM, TO, UNFREEZE);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        Path from = arguments
                .path(FROM)
                .orElseThrow(() -> new UsageError("which store is to be copied? Add " + FROM.synopsis()));
        Path to = arguments.path(TO).orElse(null);
        if ((to == null) != arguments.has(UNFREEZE.name())) {
            throw new UsageError("give either " + TO.synopsis() + " or " + UNFREEZE.name());
        }
        try {
            run(from, to, console.out());
            return 0;
        } catch (RuntimeException failure) {
            console.err().println("gatehouse: " + StartFailures.sentence(failure));
            return 1;
        } finally {
            Logging.close();
        }
    }

    private static void run(Path from, @Nullable Path to, PrintStream out) {
        if (to == null) {
            unfreeze(from, out);
        } else {
            tell(StoreCopying.run(from, to, new CopyLines(out, System::nanoTime)), out);
        }
    }

    private static void unfreeze(Path from, PrintStream out) {
        out.println(
                StoreCopying.unfreeze(from)
                        ? "Nodes may start on it again. Never start one on a copy of it: both would give out the same"
                                + " grants."
                        : "It was not frozen: nothing has changed.");
    }

    private static void tell(CopyReport report, PrintStream out) {
        out.println(report.before() ? "The copy was complete already; it has:" : "The copy is complete:");
        report.rows().forEach((kind, rows) -> out.println("  " + rows + " " + kind));
        out.println("No node starts on the old store any more. To go back to it: --unfreeze in place of "
                + TO.synopsis() + ".");
        out.println(
                "Keys are sealed: the new nodes need the old master key. Where no keys.master_key named it, it is the"
                        + " file master.key in the old store.path: name that by keys.master_key: file:PATH.");
        if (report.opensAt() != null) {
            out.println("What Redis remembered is not in the copy: no node starts on it before "
                    + report.opensAt().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1) + ".");
        }
    }
}
