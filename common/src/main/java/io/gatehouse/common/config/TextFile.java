package io.gatehouse.common.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Small text files in UTF-8. Blocking: not for event loops. */
final class TextFile {
    private TextFile() {}

    /** Refuses what is missing, no plain file (a device never ends) or larger than so many bytes. */
    static void check(Path path, long limit) throws Unreadable {
        try {
            long size = Files.size(path);
            if (!Files.isRegularFile(path)) {
                throw new Unreadable("is no plain file");
            }
            if (size > limit) {
                throw new Unreadable("is larger than " + limit + " bytes, which no such file needs to be");
            }
        } catch (IOException failure) {
            throw new Unreadable(reason(failure));
        }
    }

    static String read(Path path, long limit) throws Unreadable {
        check(path, limit);
        try {
            return decode(Files.readAllBytes(path));
        } catch (IOException failure) {
            throw new Unreadable(reason(failure));
        }
    }

    /** Strict: half a character of a secret would be another secret. */
    static String decode(byte[] bytes) throws Unreadable {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException malformed) {
            throw new Unreadable("is not UTF-8: save it so");
        }
    }

    /** Editors and echo end a file with a line break that is no part of a secret. */
    static String withoutFinalLineBreak(String text) {
        return text.replaceFirst("[\\r\\n]+$", "");
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "doesn't exist";
            case AccessDeniedException denied -> "may not be read by this user: check its owner and mode";
            default -> "can't be read (" + failure.getClass().getSimpleName() + ")";
        };
    }

    /** Says why a file can't be used, to be read after its name. */
    static final class Unreadable extends Exception {
        Unreadable(String message) {
            super(message, null, false, false);
        }
    }
}
