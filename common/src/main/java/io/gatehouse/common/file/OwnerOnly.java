package io.gatehouse.common.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files and folders for their owner alone, where the file system knows who that is; elsewhere they are as open as what they lie
 * in. Blocking: not for event loops.
 */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.complementOf(EnumSet.copyOf(PosixFilePermissions.fromString("rwx------")));

    private OwnerOnly() {}

    /** How to create that file. */
    public static FileAttribute<?>[] file(Path path) {
        return mode(path, "rw-------");
    }

    /** How to create that folder. */
    public static FileAttribute<?>[] folder(Path path) {
        return mode(path, "rwx------");
    }

    /** Whether anybody else may do anything with the file that is there. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        return isPosix(file) && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
    }

    /**
     * Makes a file, and the folder where that is missing: whole or not at all, and still there after a power cut.
     *
     * @param text in ASCII
     * @return false: somebody else has just made one, which stays as it is
     */
    public static boolean make(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        Files.createDirectories(folder, folder(folder));
        // Under another name first: a crash in between must not leave half of it.
        Path draft = Files.createTempFile(folder, String.valueOf(file.getFileName()), ".new", file(file));
        try {
            write(draft, text);
            publish(draft, file);
        } catch (FileAlreadyExistsException another) {
            return false;
        } finally {
            Files.deleteIfExists(draft);
        }
        sync(folder);
        return true;
    }

    /** Linking never replaces what another process has just made. */
    private static void publish(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException another) {
            throw another;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.move(draft, file);
        }
    }

    private static void write(Path path, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }

    private static void sync(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] mode(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
