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
            return words.isEmpty() ? run(List.of("help"), console) : run(find(words.getFirst()), words, console);
        } catch (UsageError error) {
            console.err().println("gatehouse: " + error.getMessage());
            return MISUSED;
        }
    }

    private static int run(Command command, List<String> words, Console console) {
        List<Option> options = new ArrayList<>(command.options());
        options.add(Option.HELP);
        List<String> rest = words.subList(1, words.size());
        if (rest.contains(Option.HELP.name()) || rest.contains("-h")) {
            Help.print(command, options, console.out());
            return 0;
        }
        return command.run(Arguments.parse(rest, options), console);
    }

    private Command find(String word) {
        String wanted = List.of("--help", "-h").contains(word) ? "help" : word.equals("--version") ? "version" : word;
        return commands.stream()
                .filter(command -> command.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> unknown(word));
    }

    private UsageError unknown(String word) {
        List<String> names = commands.stream().map(Command::name).toList();
        return new UsageError("unknown command '" + word + "'" + suggestion(NearestName.of(word, names)));
    }

    static String suggestion(Optional<String> name) {
        return name.map(near -> "; did you mean '" + near + "'?").orElse("; 'gatehouse help' lists what there is");
    }
}
