package io.gatehouse.deploy.command;

import java.util.List;

/** A command and what it does. */
public interface Command {
    /** What is typed: one word, or a noun and a verb. */
    String name();

    /** One line for the list of all commands. */
    String summary();

    /** What may stand behind the name. */
    List<Option> options();

    /** What the words are called that must stand behind the name, in their order. */
    default List<String> operands() {
        return List.of();
    }

    /**
     * Does it, and returns the exit code.
     *
     * @throws UsageError where the arguments make no sense together
     */
    int run(Arguments arguments, Console console);
}
