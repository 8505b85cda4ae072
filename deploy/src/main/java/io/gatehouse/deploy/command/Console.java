package io.gatehouse.deploy.command;

import java.io.PrintStream;

/**
 * Where people read.
 *
 * @param out answers
 * @param err what went wrong
 */
public record Console(PrintStream out, PrintStream err) {
    /** The streams of this process. */
    public static Console ofProcess() {
        return new Console(System.out, System.err);
    }
}
