package io.gatehouse.deploy;

import io.gatehouse.deploy.command.ClusterCertsCommand;
import io.gatehouse.deploy.command.Command;
import io.gatehouse.deploy.command.CommandTable;
import io.gatehouse.deploy.command.Console;
import io.gatehouse.deploy.command.KeysCommand;
import io.gatehouse.deploy.command.ResetFactorCommand;
import io.gatehouse.deploy.command.RouteExplainCommand;
import io.gatehouse.deploy.command.StartCommand;
import io.gatehouse.deploy.command.StoreCopyCommand;
import io.gatehouse.deploy.command.StoreMigrateCommand;
import io.gatehouse.deploy.command.VersionCommand;
import java.util.List;

/** The table of contents of the command line. */
public final class Main {
    private static final List<Command> COMMANDS = List.of(
            new StartCommand(),
            new RouteExplainCommand(),
            KeysCommand.list(),
            KeysCommand.rotate(),
            KeysCommand.retire(),
            new ResetFactorCommand(),
            new StoreMigrateCommand(),
            new StoreCopyCommand(),
            new ClusterCertsCommand(),
            new VersionCommand());

    private Main() {}

    /** Runs the command that the first argument names and exits with its code. */
    public static void main(String[] args) {
        System.exit(new CommandTable(COMMANDS).run(List.of(args), Console.ofProcess()));
    }
}
