package io.gatehouse.deploy.command;

import java.util.List;

/** {@code gatehouse help}. */
final class HelpCommand implements Command {
    private final List<Command> commands;

    /** @param commands the table, which this command is part of */
    HelpCommand(List<Command> commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String summary() {
        return "lists all commands";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        Help.print(commands, console.out());
        return 0;
    }
}
