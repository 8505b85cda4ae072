package io.gatehouse.common.config;

import io.gatehouse.common.bus.ApplicationAccess;
import io.gatehouse.common.crypto.Secret;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Another Vert.x application that asks over the event bus.
 *
 * @param id its name there
 * @param secret that it proves itself by
 * @param tenant whose tokens and users it deals with
 * @param operations that it may ask for
 */
public record ApplicationConfig(
        @Key(
                doc = "The name that the application gives: letters, digits, dots and dashes.",
                required = true,
                max = "64")
        String id,

        @Key(doc = "What it shares with this server, best as file:PATH.", required = true, min = "32", max = "512")
        SecretValue secret,

        @Key(
                doc = "The id of the tenant whose tokens and users it deals with.",
                defaultValue = BootstrapConfig.MAIN_TENANT)
        String tenant,

        @Key(
                doc = """
                        What it may ask for: verify (keys and revocations, to check tokens in its own process), issue (the
                        token endpoint), exchange, introspect, revoke, and users (profiles by subject).""",
                defaultValue = "verify",
                oneOf = {"verify", "issue", "exchange", "introspect", "revoke", "users"})
        List<String> operations)
        implements Checked {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

    /** Copies its list. */
    public ApplicationConfig {
        operations = List.copyOf(operations);
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                ID.matcher(id).matches(),
                "id",
                "holds more than letters, digits, dots and dashes, or starts or ends with one of those");
    }

    /** What the bus is told of it. */
    public ApplicationAccess access() {
        return new ApplicationAccess(id, Secret.of(secret.reveal()), tenant, Set.copyOf(operations));
    }
}
