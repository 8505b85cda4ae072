package io.gatehouse.common.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tenant to create.
 *
 * @param id its name in paths, {@code /t/{id}}
 * @param apikey its public id on vendor paths, in lower case, or null
 * @param administrator the username of its administrator, or null; the user need not be declared
 * @param mailUrls the pages that a request may name for the links of a mail; empty: any page on the web
 * @param mailTemplates the templates that a request may name for a mail; empty: any
 * @param name the title of its pages, or null
 * @param logoUri an image for its pages, or null
 * @param color of the buttons on its pages, in lower case, or null
 * @param trustedIssuers whose assertions log users in; none twice
 * @param registration who may register clients, or null: nobody
 */
public record BootstrapTenant(
        @Key(
                doc = "The tenant's name in paths: lower-case letters, digits and dashes.",
                required = true,
                min = "1",
                max = "63")
        String id,

        @Key(doc = "The tenant's public id on vendor paths: a UUID, in any case.", masked = true) @Nullable
        String apikey,

        @Key(doc = "The username of the tenant's administrator.", min = "1", max = "200") @Nullable
        String administrator,

        @Key(doc = """
                        Pages that a request may name for the links of a mail: absolute http or https URLs,
                        compared letter by letter. Empty: any.""", max = "2048") List<String> mailUrls,

        @Key(doc = "Templates that a request may name for a mail. Empty: any.", max = "100")
        List<String> mailTemplates,

        @Key(doc = "The title of the tenant's pages. Default: Gatehouse.", min = "1", max = "100") @Nullable
        String name,

        @Key(doc = "An image for the tenant's pages: an absolute http or https URL.", max = "2048") @Nullable
        String logoUri,

        @Key(doc = """
                        The colour of the buttons on the tenant's pages, as "#rrggbb": in quotes, for # begins a
                        comment in YAML.""") @Nullable String color,

        @Key(doc = """
                        Whose assertions about users the tenant trusts (RFC 7523): with one of them a client gets an
                        access token for a user. Only what is written here counts, from the next start on.""") List<TrustedIssuerConfig> trustedIssuers,

        @Key(doc = "Who may register clients at /oauth2/register (RFC 7591); absent: nobody.", optional = true)
        @Nullable
        RegistrationConfig registration)
        implements Checked {

    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern TEMPLATE = Pattern.compile("[A-Za-z0-9._ -]+");
    private static final Pattern COLOR = Pattern.compile("#\\p{XDigit}{6}");
    private static final Pattern APIKEY = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** Copies its lists; apikey and colour have no case. */
    public BootstrapTenant {
        color = color == null ? null : color.toLowerCase(Locale.ROOT);
        apikey = apikey == null ? null : apikey.toLowerCase(Locale.ROOT);
        mailUrls = List.copyOf(mailUrls);
        mailTemplates = List.copyOf(mailTemplates);
        trustedIssuers = List.copyOf(trustedIssuers);
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                ID.matcher(id).matches(),
                "id",
                "holds more than lower-case letters, digits and dashes, or starts or ends with a dash");
        rules.require(
                apikey == null || APIKEY.matcher(apikey).matches(),
                "apikey",
                "is no UUID, such as 01234567-89ab-cdef-0123-456789abcdef: those who send it expect one");
        for (int i = 0; i < mailUrls.size(); i++) {
            rules.refuse(MailUrls.flaw(mailUrls.get(i)), KeyPath.item("mail_urls", i));
        }
        for (int i = 0; i < mailTemplates.size(); i++) {
            rules.require(
                    TEMPLATE.matcher(mailTemplates.get(i)).matches(),
                    KeyPath.item("mail_templates", i),
                    "holds more than letters, digits, blanks, dots, dashes and underscores");
        }
        checkPages(rules);
        rules.require(
                trustedIssuers.stream()
                                .map(TrustedIssuerConfig::issuer)
                                .distinct()
                                .count()
                        == trustedIssuers.size(),
                "trusted_issuers",
                "lists an issuer twice: keep one entry");
    }

    private void checkPages(Rules rules) {
        if (logoUri != null) {
            rules.refuse(WebUrls.pageFlaw(logoUri), "logo_uri");
        }
        rules.require(
                color == null || COLOR.matcher(color).matches(),
                "color",
                "is no colour: write it like \"#1f5fbf\", in quotes");
    }

    @Override
    public String toString() {
        return "BootstrapTenant[" + id + "]";
    }
}
