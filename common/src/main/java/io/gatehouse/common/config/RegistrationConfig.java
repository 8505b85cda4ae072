package io.gatehouse.common.config;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.RegistrationPolicy;
import io.gatehouse.common.model.RegistrationPolicy.Mode;
import io.gatehouse.common.model.Scope;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may register clients with a tenant (RFC 7591).
 *
 * @param mode token, open or off
 * @param initialAccessTokens that let register, each of at least 32 characters
 * @param scope the widest of a registered client, separated by blanks
 * @param resources that tokens of registered clients may be for
 * @param maxClients that may be registered at a time
 * @param unusedTtl after so long without use a registered client is forgotten
 * @param softwareStatementIssuers whose software statements count
 * @param clientIdMetadataDocuments whether the address of a document may be a client's id, or null: in mode open
 */
public record RegistrationConfig(
        @Key(
                doc = """
                        Who may register clients at /oauth2/register: token, whoever shows one of initial_access_tokens,
                        which is nobody where there is none; open, anybody, and then people are told that nobody
                        vouches for such a client, and it may have the authorization code and refresh token grants
                        only, with PKCE; off, nobody.""",
                defaultValue = "token",
                oneOf = {"token", "open", "off"})
        String mode,

        @Key(
                doc = "Tokens that let register clients, best as file:PATH. Only their digests are stored.",
                min = "32",
                max = "512")
        List<SecretValue> initialAccessTokens,

        @Key(
                doc =
                        "The widest scope of a registered client, separated by blanks; also what one has that names none.",
                defaultValue = "openid profile email offline_access",
                max = "4096")
        String scope,

        @Key(doc = """
                        Services that tokens of registered clients may be for (RFC 8707, parameter resource): absolute
                        URIs, compared letter by letter.""", max = "512") List<String> resources,

        @Key(
                doc = "Clients that may be registered at a time; further ones get 429.",
                defaultValue = "10000",
                min = "1",
                max = "1000000")
        int maxClients,

        @Key(
                doc = "A registered client that nobody uses for so long is forgotten.",
                defaultValue = "P30D",
                min = "P1D",
                max = "P3650D")
        Duration unusedTtl,

        @Key(doc = "Whose software statements (RFC 7591, section 2.3) count.")
        List<StatementIssuerConfig> softwareStatementIssuers,

        @Key(doc = """
                        Whether a client that is not registered may name itself by the https address of a document that
                        describes it (client ID metadata document). It may have as much as in mode open. Default: in
                        mode open.""") @Nullable Boolean clientIdMetadataDocuments)
        implements Checked {

    private static final Pattern VISIBLE = Pattern.compile("[!-~&&[^\"\\\\]]+");

    /** Copies its lists. */
    public RegistrationConfig {
        initialAccessTokens = List.copyOf(initialAccessTokens);
        resources = List.copyOf(resources);
        softwareStatementIssuers = List.copyOf(softwareStatementIssuers);
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                scopes().stream().allMatch(value -> VISIBLE.matcher(value).matches()),
                "scope",
                "holds characters that RFC 6749 doesn't allow: use visible ASCII separated by blanks");
        resources.forEach(uri -> rules.refuse(WebUrls.resourceFlaw(uri), "resources"));
        Set<String> issuers = new HashSet<>();
        softwareStatementIssuers.stream()
                .filter(issuer -> !issuers.add(issuer.issuer()))
                .forEach(issuer -> rules.report(
                        "software_statement_issuers", "lists " + issuer.issuer() + " twice: keep one entry"));
    }

    /** The same in the words of the domain, with digests in place of tokens. */
    public RegistrationPolicy policy() {
        Mode chosen = Mode.valueOf(mode.toUpperCase(Locale.ROOT));
        return new RegistrationPolicy(
                chosen,
                initialAccessTokens.stream()
                        .map(token -> Digest.of(token.reveal()))
                        .toList(),
                new Scope(scopes()),
                resources,
                maxClients,
                unusedTtl,
                softwareStatementIssuers.stream()
                        .map(StatementIssuerConfig::trusted)
                        .toList(),
                clientIdMetadataDocuments == null ? chosen == Mode.OPEN : clientIdMetadataDocuments);
    }

    private List<String> scopes() {
        return scope.isBlank()
                ? List.of()
                : List.of(scope.strip().split(" +")).stream().distinct().toList();
    }
}
