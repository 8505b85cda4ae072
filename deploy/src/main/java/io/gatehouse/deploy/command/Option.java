package io.gatehouse.deploy.command;

import org.jspecify.annotations.Nullable;

/**
 * An option of a command.
 *
 * @param name with its dashes, {@code --config}
 * @param value what the help calls its value, or null: a switch
 * @param summary what it does
 * @param repeatable whether it may be given more than once
 */
public record Option(String name, @Nullable String value, String summary, boolean repeatable) {
    static final Option CONFIG = new Option("--config", "FILE", "reads this configuration file");
    static final Option HELP = new Option("--help", null, "shows this text");

    /** One that is given once. */
    public Option(String name, @Nullable String value, String summary) {
        this(name, value, summary, false);
    }

    /** One that may be given more than once. */
    static Option repeatable(String name, String value, String summary) {
        return new Option(name, value, summary, true);
    }

    /** A switch. */
    public static Option flag(String name, String summary) {
        return new Option(name, null, summary);
    }

    /** How the help shows it. */
    String synopsis() {
        return value == null ? name : name + " " + value;
    }
}
