package io.gatehouse.common.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server of its own: issuer, keys, clients and users; nothing crosses.
 *
 * @param id letters, digits, {@code -} and {@code _}; {@link #MAIN} lives at the root, others at {@code /t/{id}}
 * @param apikey the public id by which one vendor API names a tenant; a UUID
 * @param administrator username of the user a login without selector stands for
 * @param version counts changes
 * @param mailUrls the pages that a request may name for the links of a mail; empty: any page on the web
 * @param mailTemplates the templates that a request may name for a mail; empty: any
 * @param branding null: its pages look like ours
 * @param registration null: nobody may register clients
 */
public record Tenant(
        String id,
        @Nullable String apikey,
        @Nullable String administrator,
        long version,
        List<String> mailUrls,
        List<String> mailTemplates,
        @Nullable Branding branding,
        @Nullable RegistrationPolicy registration) {
    public static final String MAIN = "main";

    public Tenant {
        mailUrls = List.copyOf(mailUrls);
        mailTemplates = List.copyOf(mailTemplates);
    }

    /** One with which nobody may register clients. */
    public Tenant(
            String id,
            @Nullable String apikey,
            @Nullable String administrator,
            long version,
            List<String> mailUrls,
            List<String> mailTemplates,
            @Nullable Branding branding) {
        this(id, apikey, administrator, version, mailUrls, mailTemplates, branding, null);
    }

    /** One whose pages look like ours. */
    public Tenant(
            String id,
            @Nullable String apikey,
            @Nullable String administrator,
            long version,
            List<String> mailUrls,
            List<String> mailTemplates) {
        this(id, apikey, administrator, version, mailUrls, mailTemplates, null);
    }

    /** One that restricts no mail. */
    public Tenant(String id, @Nullable String apikey, @Nullable String administrator, long version) {
        this(id, apikey, administrator, version, List.of(), List.of());
    }

    public Tenant withVersion(long newVersion) {
        return new Tenant(id, apikey, administrator, newVersion, mailUrls, mailTemplates, branding, registration);
    }

    /** Who may register clients. */
    public RegistrationPolicy registrations() {
        return registration == null ? RegistrationPolicy.NONE : registration;
    }

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
        return equals(other.withVersion(version));
    }
}
