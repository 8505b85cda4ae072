package io.gatehouse.deploy.management;

import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.file.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credential of the operator's commands: {@code management.token}, else {@code admin.token} beside the embedded store, for
 * its owner only. Blocking: not for event loops.
 */
public final class AdminToken {
    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);
    private static final String NAME = "admin.token";
    private static final int BYTES = 32;
    private static final int SHORTEST = 32;

    private final Digest digest;

    AdminToken(Secret token) {
        this.digest = token.digest();
    }

    /**
     * What a node compares with; makes the file where there is none.
     *
     * @return null: there is neither a configured one nor a place for a file
     * @throws UnusableToken with a sentence for the operator
     */
    public static @Nullable AdminToken ofNode(GatehouseConfig config) {
        SecretValue configured = config.management().token();
        Path file = file(config);
        if (configured != null) {
            return new AdminToken(Secret.of(configured.reveal()));
        }
        return file == null ? null : new AdminToken(readOrMake(file));
    }

    /**
     * What a command shows.
     *
     * @throws UnusableToken with a sentence for the operator
     */
    public static Secret ofCommand(GatehouseConfig config) {
        SecretValue configured = config.management().token();
        if (configured != null) {
            return Secret.of(configured.reveal());
        }
        Path file = file(config);
        if (file == null) {
            throw new UnusableToken("management.token is required with this store: give it in the configuration of the"
                    + " nodes and of this command, best as file:PATH");
        }
        if (Files.notExists(file)) {
            throw new UnusableToken(
                    "The credential " + file + " is not there: the first start of a node makes it. Name the"
                            + " node's configuration by --config, and run this command in the folder that the node was started in");
        }
        return read(file);
    }

    /** Takes the same time wherever two of them differ. */
    boolean matches(String shown) {
        return Digest.of(shown).value().equals(digest.value());
    }

    private static @Nullable Path file(GatehouseConfig config) {
        return config.runs(Role.STORE) && config.store().kind() == StoreConfig.Kind.EMBEDDED
                ? config.store().path().toAbsolutePath().normalize().resolve(NAME)
                : null;
    }

    private static Secret readOrMake(Path file) {
        try {
            if (Files.notExists(file)) {
                make(file);
            }
            return read(file);
        } catch (IOException failure) {
            throw new UnusableToken("The credential " + file + " can't be made: " + failure, failure);
        }
    }

    private static Secret read(Path file) {
        try {
            if (OwnerOnly.isOpenToOthers(file)) {
                throw new UnusableToken("The credential " + file
                        + " is open to other users: delete it, so that the next start makes a new one");
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (text.length() < SHORTEST) {
                throw new UnusableToken(
                        "The credential " + file + " is cut off: delete it, so that the next start makes a new one");
            }
            return Secret.of(text);
        } catch (IOException failure) {
            throw new UnusableToken(
                    "The credential " + file + " can't be read by this user: run this as the user of the node",
                    failure);
        }
    }

    private static void make(Path file) throws IOException {
        if (OwnerOnly.make(file, Entropy.bytes(BYTES).base64Url() + "\n")) {
            LOG.info("Made {}, the credential of the operator's commands", file);
        } else {
            LOG.debug("another process made {}", file);
        }
    }
}
