package io.gatehouse.common.config;

import io.gatehouse.common.model.ProtectedResource;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A protected resource whose metadata this server tells (RFC 9728), by the names there.
 *
 * @param resource its identifier: the URL that clients call
 * @param tenant whose tokens it takes
 * @param resourceName shown to people, or null
 * @param resourceDocumentation a page for developers, or null
 * @param scopesSupported that clients may ask for to call it; empty: it does not say
 * @param bearerMethodsSupported how it takes tokens; empty: it does not say
 * @param dpopBoundAccessTokensRequired whether it takes only tokens bound to a key (RFC 9449)
 * @param dpopSigningAlgValuesSupported algorithms of proofs that it takes; empty: it does not say
 * @param tlsClientCertificateBoundAccessTokens whether it takes tokens bound to a certificate (RFC 8705)
 */
public record ResourceConfig(
        @Key(doc = """
                        The identifier of the service: the URL that clients call, and that tokens for it name. https, or http
                        on a loopback host. Its metadata is told here where scheme, host and port are the issuer's.""", required = true, max = "512") String resource,

        @Key(doc = "The id of the tenant whose tokens it takes.", defaultValue = BootstrapConfig.MAIN_TENANT)
        String tenant,

        @Key(doc = "Its name, for people.", max = "200") @Nullable
        String resourceName,

        @Key(doc = "A page for developers.", max = "2048") @Nullable
        String resourceDocumentation,

        @Key(doc = "Scopes that clients may ask for to call it.", max = "200")
        List<String> scopesSupported,

        @Key(
                doc = "How it takes tokens.",
                defaultValue = "header",
                oneOf = {"header", "body", "query"})
        List<String> bearerMethodsSupported,

        @Key(doc = "Whether it takes only tokens that are bound to a key (RFC 9449).", defaultValue = "false")
        boolean dpopBoundAccessTokensRequired,

        @Key(
                doc = "Algorithms of DPoP proofs that it takes.",
                oneOf = {"ES256", "RS256", "PS256", "EdDSA"})
        List<String> dpopSigningAlgValuesSupported,

        @Key(
                doc = "Whether it takes tokens that are bound to a client's certificate (RFC 8705).",
                defaultValue = "false")
        boolean tlsClientCertificateBoundAccessTokens)
        implements Checked {

    /** Copies its lists. */
    public ResourceConfig {
        scopesSupported = List.copyOf(scopesSupported);
        bearerMethodsSupported = List.copyOf(bearerMethodsSupported);
        dpopSigningAlgValuesSupported = List.copyOf(dpopSigningAlgValuesSupported);
    }

    /** As it is described to clients. */
    public ProtectedResource described() {
        return new ProtectedResource(
                resource,
                tenant,
                resourceName,
                resourceDocumentation,
                scopesSupported,
                bearerMethodsSupported,
                dpopBoundAccessTokensRequired,
                dpopSigningAlgValuesSupported,
                tlsClientCertificateBoundAccessTokens);
    }

    @Override
    public void check(Rules rules) {
        String flaw = WebUrls.callFlaw(resource);
        rules.refuse(flaw, "resource");
        rules.require(
                flaw != null || URI.create(resource).getRawQuery() == null,
                "resource",
                "has a query: leave it out, no well-known URL has one");
        if (resourceDocumentation != null) {
            rules.refuse(WebUrls.pageFlaw(resourceDocumentation), "resource_documentation");
        }
    }
}
