package io.gatehouse.common.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Secrets written {@code file:PATH}: the value is the file's text without its final line break. */
final class SecretFile {
    /** The largest file of one secret, in bytes. */
    static final long LARGEST = 64 * 1024;

    private static final String FILE = "file:";
    private static final Pattern PATH = Pattern.compile("\\.{0,2}/[\\w./+-]{1,500}");

    private SecretFile() {}

    /** Whether the text names a file instead of being the secret. */
    static boolean names(String text) {
        return text.startsWith(FILE);
    }

    /** The secret itself; opens the file if one is named. */
    static String resolve(String text) throws Values.BadValue {
        if (!names(text)) {
            return literal(text);
        }
        String name = text.substring(FILE.length());
        try {
            String secret = TextFile.withoutFinalLineBreak(TextFile.read(Path.of(name), LARGEST));
            if (secret.isEmpty()) {
                throw new Values.BadValue("names the file " + name + ", which is empty");
            }
            return secret;
        } catch (TextFile.Unreadable unreadable) {
            throw new Values.BadValue("names the file " + whole(name) + ", which " + unreadable.getMessage());
        } catch (InvalidPathException malformed) {
            throw new Values.BadValue("names a file by something that is no path");
        }
    }

    /** A path is known to more people than its file: one for a secret is a slip. */
    private static String literal(String text) throws Values.BadValue {
        if (PATH.matcher(text).matches() && Files.exists(Path.of(text))) {
            throw new Values.BadValue("is the path of a file and no secret: write file: before it");
        }
        return text;
    }

    /** A relative path starts at the folder that the process was started in, which nobody sees. */
    private static String whole(String name) {
        Path path = Path.of(name);
        return path.isAbsolute() ? name : name + " (" + path.toAbsolutePath().normalize() + ")";
    }
}
