package io.gatehouse.token;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master key of an installation that was given none: {@code master.key} in the data folder, base64 in one line, for
 * its owner only. Blocking: not for event loops.
 */
final class MasterKeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(MasterKeyFile.class);
    private static final String NAME = "master.key";
    /** The file of the embedded store. */
    private static final String STORE = "store.mv";

    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.complementOf(EnumSet.copyOf(PosixFilePermissions.fromString("rwx------")));

    private final Path folder;
    private final Path file;

    /** @param folder the data folder; made when missing */
    MasterKeyFile(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.file = this.folder.resolve(NAME);
    }

    /** @throws UnusableKey with a sentence for the operator */
    Bytes readOrMake() {
        try {
            if (Files.notExists(file)) {
                refuseToReplace();
                make();
            }
            Bytes key = read();
            LOG.warn(
                    "The master key {} lies inside the data folder: whoever copies the folder can open every key in it."
                            + " Move it elsewhere and set keys.master_key: file:PATH",
                    file);
            return key;
        } catch (AccessDeniedException denied) {
            throw new UnusableKey(
                    "The master key " + file + " can't be read or made by this user: check owner and mode", denied);
        } catch (IOException failure) {
            throw new UnusableKey("The master key " + file + " can't be read or made: " + failure, failure);
        }
    }

    /** A new key beside a store opens nothing in it, and would hide that the old one is lost. */
    private void refuseToReplace() {
        if (Files.exists(folder.resolve(STORE))) {
            throw new UnusableKey("The master key " + file + " is missing beside a store that was sealed under it: "
                    + "restore it from a copy, or set keys.master_key; without it, start with an empty folder");
        }
    }

    private Bytes read() throws IOException {
        refuseGuests();
        byte[] key = decoded(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        if (key.length != MasterKeys.LENGTH) {
            throw new UnusableKey(
                    "The master key " + file + " does not hold 32 bytes in base64: restore it from a copy;"
                            + " without it no key sealed under it can be opened");
        }
        return Bytes.owned(key);
    }

    private void refuseGuests() throws IOException {
        if (isPosix() && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
            throw new UnusableKey("The master key " + file + " is open to other users: run chmod 600 " + file
                    + ", or give the key by keys.master_key");
        }
    }

    // Under another name first: a crash in between must not leave half a key. Linking never replaces a key that another
    // process has just made.
    private void make() throws IOException {
        Files.createDirectories(folder, mode("rwx------"));
        Path draft = Files.createTempFile(folder, NAME, ".new", mode("rw-------"));
        try {
            write(
                    draft,
                    Base64.getEncoder()
                                    .encodeToString(
                                            Entropy.bytes(MasterKeys.LENGTH).toArray()) + "\n");
            publish(draft);
            LOG.info("Made the master key {}: keep a copy, without it the stored signing keys can't be opened", file);
        } catch (FileAlreadyExistsException another) {
            LOG.info("Another process made the master key {}", file);
        } finally {
            Files.deleteIfExists(draft);
        }
        sync(folder);
    }

    private void publish(Path draft) throws IOException {
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

    // The name must survive a power cut as well, before anything is sealed under the key.
    private static void sync(Path folder) throws IOException {
        if (isPosix()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }
}
