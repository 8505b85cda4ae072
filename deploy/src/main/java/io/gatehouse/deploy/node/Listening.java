package io.gatehouse.deploy.node;

import java.io.IOException;
import java.util.Locale;

/** What a listener that can't be opened means to an operator. */
final class Listening {
    private Listening() {}

    /** @param section of the configuration: {@code server} or {@code management} */
    static Throwable explain(Throwable failure, String section, String host, int port) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return new StartFailure(
                        sentence(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT), section, host, port));
            }
        }
        return failure;
    }

    // The texts are the operating system's (strerror); the JDK and Netty hand them on, each with words around them.
    private static String sentence(String text, String section, String host, int port) {
        if (text.contains("address already in use")) {
            return "port " + port + " of " + host + " is in use: stop whatever listens there, or set " + section
                    + ".port";
        }
        if (text.contains("permission denied")) {
            return "port " + port + " of " + host + " may not be used by this user: set " + section
                    + ".port to one above 1023";
        }
        if (text.contains("cannot assign requested address")) {
            return host + " is no address of this machine: set " + section + ".host";
        }
        return "can't listen on port " + port + " of " + host + " (" + text + "): check " + section + ".host and "
                + section + ".port";
    }
}
