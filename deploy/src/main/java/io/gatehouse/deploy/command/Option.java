package io.gatehouse.deploy.command;

import org.jspecify.annotations.Nullable;

/**
 * An option of a command.
 *
 * @param name with its dashes, {@code --config}
 * @param value what the help calls its value, or null: a switch
 * @param summary what it does
 * @param repeated whether it may be given several times
 */
public record Option(String name, @Nullable String value, String summary, boolean repeated) {
    static final Option CONFIG = new Option("--config", "FILE", "reads this configuration file");
    static final Option HELP = new Option("--help", null, "shows this text");

    /** To be given once. */
    public Option(String name, @Nullable String value, String summary) {
        this(name, value, summary, false);
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
