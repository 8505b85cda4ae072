package io.gatehouse.common.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Secrets written {@code file:PATH}: the value is the file's text without its final line break. */
final class SecretFile {
    /** The largest file of one secret, in bytes. */
    static final long LARGEST = 64 * 1024;

    private static final String FILE = "file:";

    private SecretFile() {}

    /** Whether the text names a file instead of being the secret. */
    static boolean names(String text) {
        return text.startsWith(FILE);
    }

    /** The secret itself; opens the file if one is named. */
    static String resolve(String text) throws Values.BadValue {
        if (!names(text)) {
            return text;
        }
        String name = text.substring(FILE.length());
        try {
            String secret = TextFile.withoutFinalLineBreak(TextFile.read(Path.of(name), LARGEST));
            if (secret.isEmpty()) {
                throw new Values.BadValue("names the file " + name + ", which is empty");
            }
            return secret;
        } catch (TextFile.Unreadable unreadable) {
            throw new Values.BadValue("names the file " + name + ", which " + unreadable.getMessage());
        } catch (InvalidPathException malformed) {
            throw new Values.BadValue("names a file by something that is no path");
        }
    }
}
