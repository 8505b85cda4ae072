package io.gatehouse.deploy.command;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** The texts of {@code help} and {@code --help}. */
final class Help {
    private Help() {}

    static void print(List<Command> commands, PrintStream out) {
        out.println("Gatehouse, an auth gateway.");
        out.println();
        out.println("Usage: gatehouse COMMAND [OPTION]...");
        out.println();
        commands.forEach(command -> row(command.name(), command.summary(), out));
        out.println();
        out.println("'gatehouse COMMAND --help' shows the options of a command.");
    }

    static void print(Command command, List<Option> options, PrintStream out) {
        String operands = command.operands().stream().map(" "::concat).collect(Collectors.joining());
        out.println("Usage: gatehouse " + command.name() + operands + (options.size() > 1 ? " [OPTION]..." : ""));
        out.println();
        out.println(sentence(command.summary()));
        out.println();
        options.forEach(option -> row(option.synopsis(), option.summary(), out));
    }

    private static void row(String name, String summary, PrintStream out) {
        out.println("  " + name + " ".repeat(Math.max(2, 18 - name.length())) + summary);
    }

    private static String sentence(String summary) {
        return Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
    }
}
