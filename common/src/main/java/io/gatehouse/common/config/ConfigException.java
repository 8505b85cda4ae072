package io.gatehouse.common.config;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with a configuration, at once. Its message has one line per problem and holds no secret. */
public final class ConfigException extends RuntimeException {
    /** More than this nobody reads; they come from one mistake, such as a wrong file. */
    private static final int SHOWN = 100;

    private final List<Problem> problems;

    ConfigException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems in the order they were found; at least one. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        int count = problems.size();
        String title = "The configuration has " + (count == 1 ? "a problem" : count + " problems") + ":\n";
        String lines = problems.stream().limit(SHOWN).map(line -> "  " + line).collect(Collectors.joining("\n"));
        return title + lines + (count > SHOWN ? "\n  and " + (count - SHOWN) + " more" : "");
    }
}
