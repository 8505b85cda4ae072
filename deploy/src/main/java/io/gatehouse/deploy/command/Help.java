package io.gatehouse.deploy.command;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The texts of {@code help} and {@code --help}. */
final class Help {
    private Help() {}

    static void print(List<Command> commands, PrintStream out) {
        out.println("Gatehouse, an auth gateway.");
        out.println();
        out.println("Usage: gatehouse COMMAND [OPTION]...");
        out.println();
        int width = width(commands.stream().map(Command::name));
        commands.forEach(command -> row(command.name(), width, command.summary(), out));
        out.println();
        out.println("'gatehouse COMMAND --help' shows the options of a command.");
    }

    static void print(Command command, List<Option> options, PrintStream out) {
        String operands = command.operands().stream().map(" "::concat).collect(Collectors.joining());
        out.println("Usage: gatehouse " + command.name() + operands + (options.size() > 1 ? " [OPTION]..." : ""));
        out.println();
        out.println(sentence(command.summary()));
        out.println();
        int width = width(options.stream().map(Option::synopsis));
        options.forEach(option -> row(option.synopsis(), width, option.summary(), out));
    }

    private static int width(Stream<String> names) {
        return Math.max(16, names.mapToInt(String::length).max().orElse(0));
    }

    private static void row(String name, int width, String summary, PrintStream out) {
        out.println("  " + name + " ".repeat(width + 2 - name.length()) + summary);
    }

    private static String sentence(String summary) {
        return Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
    }
}
