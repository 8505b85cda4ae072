package io.gatehouse.common.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tenant to create.
 *
 * @param id its name in paths, {@code /t/{id}}
 * @param apikey its public id on vendor paths, or null
 * @param administrator the username of its administrator, or null; the user need not be declared
 */
public record BootstrapTenant(
        @Key(
                doc = "The tenant's name in paths: lower-case letters, digits and dashes.",
                required = true,
                min = "1",
                max = "63")
        String id,

        @Key(doc = "The tenant's public id on vendor paths, usually a UUID.", min = "16", max = "128", masked = true)
        @Nullable
        String apikey,

        @Key(doc = "The username of the tenant's administrator.", min = "1", max = "200") @Nullable
        String administrator)
        implements Checked {

    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern APIKEY = Pattern.compile("[A-Za-z0-9_-]+");

    @Override
    public void check(Rules rules) {
        rules.require(
                ID.matcher(id).matches(),
                "id",
                "holds more than lower-case letters, digits and dashes, or starts or ends with a dash");
        rules.require(
                apikey == null || APIKEY.matcher(apikey).matches(),
                "apikey",
                "holds more than letters, digits, dashes and underscores");
    }

    @Override
    public String toString() {
        return "BootstrapTenant[" + id + "]";
    }
}
