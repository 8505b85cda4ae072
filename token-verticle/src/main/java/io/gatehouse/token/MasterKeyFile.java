package io.gatehouse.token;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.file.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
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
        if (OwnerOnly.isOpenToOthers(file)) {
            throw new UnusableKey("The master key " + file + " is open to other users: run chmod 600 " + file
                    + ", or give the key by keys.master_key");
        }
    }

    private void make() throws IOException {
        byte[] key = Entropy.bytes(MasterKeys.LENGTH).toArray();
        if (OwnerOnly.make(file, Base64.getEncoder().encodeToString(key) + "\n")) {
            LOG.info("Made the master key {}: keep a copy, without it the stored signing keys can't be opened", file);
        } else {
            LOG.info("Another process made the master key {}", file);
        }
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }
}
