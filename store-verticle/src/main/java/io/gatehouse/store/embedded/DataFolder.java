package io.gatehouse.store.embedded;

import io.gatehouse.common.file.OwnerOnly;
import io.gatehouse.store.UnusableStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** The folder on disk, readable by its owner only, and the sentences for whatever may be wrong with it. */
final class DataFolder {
    private static final String FILE = "store.mv";

    private final Path folder;

    DataFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    Path file() {
        return folder.resolve(FILE);
    }

    /** Makes the folder and an empty file where they are missing: MVStore would make a file that others may read. */
    void prepare() {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, OwnerOnly.folder(folder));
            }
            Files.createFile(file(), OwnerOnly.file(file()));
        } catch (FileAlreadyExistsException exists) {
            if (!Files.isDirectory(folder) || !Files.isRegularFile(file())) {
                throw new UnusableStore(
                        "store.path: " + exists.getFile() + " is in the way: remove it, or choose another", exists);
            }
        } catch (IOException e) {
            throw new UnusableStore(
                    "store.path: the data folder " + folder + " can't be written (" + e
                            + "): give this user the right, or choose another folder",
                    e);
        }
        demandRights();
    }

    /** @throws UnusableStore where there is none */
    void demandStore() {
        File there = file().toFile();
        if (there.length() == 0) {
            throw refuse("holds no store: correct store.path");
        }
        demandRights();
    }

    private void demandRights() {
        if (!Files.isReadable(file()) || !Files.isWritable(file())) {
            throw new UnusableStore(
                    "store.path: " + file() + " can't be read and written: give this user the right", null);
        }
    }

    /** @throws UnusableStore where the file is locked, damaged or of a newer kind */
    StoreFile open() {
        try {
            return new StoreFile(file().toString());
        } catch (MVStoreException e) {
            throw explain(e);
        }
    }

    /** For messages. */
    String place() {
        return "the data folder " + folder;
    }

    UnusableStore explain(MVStoreException cause) {
        return switch (cause.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED ->
                new UnusableStore(
                        "The data folder " + folder
                                + " is in use by another process: stop that one, or set store.path to another folder",
                        cause);
            case DataUtils.ERROR_UNSUPPORTED_FORMAT ->
                new UnusableStore(
                        "The data folder " + folder + " was written by a newer Gatehouse: start that one", cause);
            default ->
                new UnusableStore(
                        "The data folder " + folder + " can't be opened (" + cause.getMessage()
                                + "): restore it from a copy, or set store.path to another folder",
                        cause);
        };
    }

    UnusableStore refuse(String reason) {
        return new UnusableStore("The data folder " + folder + " " + reason, null);
    }
}
