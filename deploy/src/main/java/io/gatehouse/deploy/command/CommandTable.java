package io.gatehouse.deploy.command;

import io.gatehouse.common.config.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the command that was meant, hands it its options, and says what is wrong with a command line. */
public final class CommandTable {
    private static final int MISUSED = 2;

    private final List<Command> commands;

    /** @param commands in the order of the help, which is added at their end */
    public CommandTable(List<Command> commands) {
        List<Command> all = new ArrayList<>(commands);
        all.add(new HelpCommand(all));
        this.commands = List.copyOf(all);
    }

    /** Runs a command line and returns the exit code: 0 done, 1 failed, 2 not understood. */
    public int run(List<String> words, Console console) {
        try {
            List<String> line = words.isEmpty() ? List.of("help") : words;
            Command command = find(line);
            return run(command, line.subList(words(command).size(), line.size()), console);
        } catch (UsageError error) {
            console.err().println("gatehouse: " + error.getMessage());
            return MISUSED;
        }
    }

    private static int run(Command command, List<String> rest, Console console) {
        List<Option> options = new ArrayList<>(command.options());
        options.add(Option.HELP);
        if (rest.contains(Option.HELP.name()) || rest.contains("-h")) {
            Help.print(command, options, console.out());
            return 0;
        }
        return command.run(Arguments.parse(rest, options, command.operands()), console);
    }

    private Command find(List<String> line) {
        String first = line.getFirst();
        String wanted =
                List.of("--help", "-h").contains(first) ? "help" : first.equals("--version") ? "version" : first;
        List<String> sought = new ArrayList<>(line);
        sought.set(0, wanted);
        return commands.stream()
                .filter(command -> begins(sought, words(command)))
                .findFirst()
                .orElseThrow(() -> unknown(line));
    }

    /** A name is one word, or a noun and a verb. */
    private static List<String> words(Command command) {
        return List.of(command.name().split(" "));
    }

    private static boolean begins(List<String> line, List<String> name) {
        return line.size() >= name.size() && line.subList(0, name.size()).equals(name);
    }

    private UsageError unknown(List<String> line) {
        String noun = line.getFirst();
        List<String> verbs = commands.stream()
                .map(Command::name)
                .filter(name -> name.startsWith(noun + " "))
                .toList();
        if (!verbs.isEmpty()) {
            String word = line.size() > 1 && !line.get(1).startsWith("-") ? noun + " " + line.get(1) : noun;
            return new UsageError("unknown command '" + word + "': there is '" + String.join("', '", verbs) + "'");
        }
        List<String> names = commands.stream().map(Command::name).toList();
        return new UsageError("unknown command '" + noun + "'" + suggestion(NearestName.of(noun, names)));
    }

    static String suggestion(Optional<String> name) {
        return name.map(near -> "; did you mean '" + near + "'?").orElse("; 'gatehouse help' lists what there is");
    }
}
