package io.gatehouse.common.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The parts of a server's URI, read alike whatever the server; failures say what to write and hold nothing of the text. */
final class ServerUriText {
    private ServerUriText() {}

    static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("has a port outside of 1 to 65535");
        }
        return port;
    }

    /** @param file decoded */
    static Path rootCertificate(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException malformed) {
            throw new IllegalArgumentException("has an sslrootcert that is no path", malformed);
        }
    }

    static String decoded(String text) {
        String decoded;
        try {
            // A plus is a plus here, not the blank of a form.
            decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException quotingTheText) {
            throw new IllegalArgumentException("holds a % that two hexadecimal digits don't follow: write it as %25");
        }
        if (decoded.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("holds a control character");
        }
        return decoded;
    }
}
