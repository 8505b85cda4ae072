package io.gatehouse.common.model;

import org.jspecify.annotations.Nullable;

/**
 * An authorization server of its own: issuer, keys, clients and users; nothing crosses.
 *
 * @param id letters, digits, {@code -} and {@code _}; {@link #MAIN} lives at the root, others at {@code /t/{id}}
 * @param apikey the public id by which one vendor API names a tenant; a UUID
 * @param administrator username of the user a login without selector stands for
 * @param version counts changes
 */
public record Tenant(
        String id, @Nullable String apikey, @Nullable String administrator, long version) {
    public static final String MAIN = "main";

    /**
     * The issuer of a tenant.
     *
     * @param base the issuer of {@link #MAIN}, without a final slash
     */
    public static String issuer(String base, String tenant) {
        return tenant.equals(MAIN) ? base : base + "/t/" + tenant;
    }

    /** Without the apikey: not for logs. */
    @Override
    public String toString() {
        return "Tenant[id=" + id + ", version=" + version + "]";
    }

    /** The same tenant in the same words, whatever its version. */
    public boolean declaresSameAs(Tenant other) {
        return equals(new Tenant(other.id, other.apikey, other.administrator, version));
    }
}
