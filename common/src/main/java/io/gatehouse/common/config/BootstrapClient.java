package io.gatehouse.common.config;

import io.gatehouse.common.message.AssertionGrants;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.model.ClientCertificates;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client to create, by the names of RFC 7591.
 *
 * @param clientId unique in the tenant
 * @param clientSecret at least 32 characters, or null: a public client
 * @param clientName shown to people, or null
 * @param redirectUris compared letter by letter
 * @param grantTypes what it may ask for
 * @param responseTypes what it may ask the authorization endpoint for
 * @param scope the widest scope it may have, separated by blanks, or null: none
 * @param tokenEndpointAuthMethod client_secret_basic, client_secret_post, private_key_jwt, client_secret_jwt or none
 * @param tenant the tenant's id
 * @param accessTokenSignedResponseAlg the algorithm of its access tokens, or null: as configured
 * @param dpopBoundAccessTokens whether it gets only access tokens that are bound to a key (RFC 9449)
 * @param rotateRefreshTokens whether refresh tokens rotate, or null: by the client's type
 * @param idTokenSignedResponseAlg the algorithm of its ID tokens and logout tokens
 * @param userinfoSignedResponseAlg the algorithm of its userinfo, or null: plain JSON
 * @param defaultMaxAge seconds a login may be old where the request does not say, or null: any age
 * @param requireAuthTime whether its ID tokens must tell the time of the login; ours always do
 * @param postLogoutRedirectUris where a logout may lead, compared letter by letter
 * @param backchannelLogoutUri where logout tokens are sent, or null: nowhere
 * @param backchannelLogoutSessionRequired whether logout tokens must name the session; ours always do
 * @param policyUri shown with the consent, or null
 * @param tosUri shown with the consent, or null
 * @param subjectType public, or pairwise: what it knows its users by
 * @param sectorIdentifierUri whose host is the sector of a pairwise client, or null: the host of its redirect URIs
 * @param requirePkce whether PKCE is demanded, or null: unless confidential with openid and a nonce
 * @param requirePushedAuthorizationRequests whether it must push its authorization requests
 * @param requireSignedRequestObject whether it must sign its authorization requests
 * @param requestObjectSigningAlg the algorithm of its request objects, or null: any that fits its keys
 * @param requestUris from where its request objects may be fetched
 * @param authorizationSignedResponseAlg the algorithm of its signed authorization responses, or null: RS256
 * @param resources that its tokens may be for
 * @param authorizationDetailsTypes that it may ask for (RFC 9396)
 * @param jwtLogin how it logs users in by a JWT of its own, or null: not
 * @param jwks its public keys, or null: none, or at {@code jwksUri}
 * @param jwksUri where its public keys are fetched, or null: nowhere
 * @param tokenEndpointAuthSigningAlg the algorithm of its assertions, or null: any that fits its keys
 * @param tokenExchange what it may make of other tokens, or null: nothing
 * @param serves the services that it is, of whose tokens it may learn
 * @param introspectionSignedResponseAlg the algorithm of the JWTs that answer its introspections, or null: RS256
 * @param profile rules that it is held to as a whole, or null: none
 * @param tlsClientAuthSubjectDn what its certificate's subject is, or null: another name is given, or none
 * @param tlsClientAuthSanDns a name in its certificate, or null: likewise; so of the three that follow
 * @param tlsClientCertificateBoundAccessTokens whether it gets only access tokens that are bound to its certificate (RFC 8705)
 */
public record BootstrapClient(
        @Key(doc = "The client's id, unique in the tenant.", required = true, min = "1", max = "200")
        String clientId,

        @Key(
                doc = "The client's secret, best as file:PATH. A secret that was rotated since is never set back.",
                min = "32",
                max = "512")
        @Nullable
        SecretValue clientSecret,

        @Key(doc = "The name shown to people.", max = "200") @Nullable
        String clientName,

        @Key(
                doc = "Where answers may be sent: absolute URLs without a fragment, compared letter by letter.",
                max = "2048")
        List<String> redirectUris,

        @Key(
                doc = "What the client may ask for.",
                defaultValue = "authorization_code",
                oneOf = {
                    "authorization_code",
                    "refresh_token",
                    "client_credentials",
                    "urn:ietf:params:oauth:grant-type:device_code",
                    Issuer.TOKEN_EXCHANGE,
                    AssertionGrants.GRANT_TYPE
                })
        List<String> grantTypes,

        @Key(
                doc = """
                        What the client may ask the authorization endpoint for. Default: code, for a client with
                        the authorization_code grant.""",
                oneOf = {"code"})
        List<String> responseTypes,

        @Key(doc = "The widest scope the client may have, separated by blanks.", max = "4096") @Nullable
        String scope,

        @Key(
                doc = """
                        How the client authenticates; none is a public client. By private_key_jwt it signs assertions
                        with a key of jwks or jwks_uri, by client_secret_jwt with its client_secret, which it never shows
                        then. By tls_client_auth it shows a certificate of an authority in server.tls.client_ca with a
                        name that it registers, by self_signed_tls_client_auth one whose key is in jwks or jwks_uri.""",
                defaultValue = "client_secret_basic",
                oneOf = {
                    "client_secret_basic",
                    "client_secret_post",
                    "none",
                    "private_key_jwt",
                    "client_secret_jwt",
                    "tls_client_auth",
                    "self_signed_tls_client_auth"
                })
        String tokenEndpointAuthMethod,

        @Key(doc = "The tenant's id.", defaultValue = BootstrapConfig.MAIN_TENANT)
        String tenant,

        @Key(
                doc = "The algorithm of its access tokens. Default: tokens.signing_algorithm.",
                oneOf = {"ES256", "RS256", "PS256", "EdDSA"})
        @Nullable
        String accessTokenSignedResponseAlg,

        @Key(
                doc = "Whether the client gets only access tokens bound to a key that it proves by DPoP (RFC 9449).",
                defaultValue = "false")
        boolean dpopBoundAccessTokens,

        @Key(doc = "Whether each refresh gives a new refresh token. Default: true.") @Nullable
        Boolean rotateRefreshTokens,

        @Key(
                doc = "The algorithm of its ID tokens and logout tokens. HS256 signs by the client_secret.",
                defaultValue = "RS256",
                oneOf = {"RS256", "ES256", "PS256", "EdDSA", "HS256"})
        String idTokenSignedResponseAlg,

        @Key(
                doc = "The algorithm of its userinfo, which is then a JWT. Default: plain JSON.",
                oneOf = {"RS256", "ES256", "PS256", "EdDSA", "HS256"})
        @Nullable
        String userinfoSignedResponseAlg,

        @Key(
                doc = "Seconds that a login may be old where the request has no max_age. Default: any age.",
                min = "0",
                max = "34560000")
        @Nullable
        Integer defaultMaxAge,

        @Key(doc = "Whether ID tokens must tell the time of the login; they do in any case.", defaultValue = "false")
        boolean requireAuthTime,

        @Key(doc = "Where a logout may lead: as redirect_uris, compared letter by letter.", max = "2048")
        List<String> postLogoutRedirectUris,

        @Key(doc = """
                        Where a logout token is sent when a session ends in which the client was given tokens:
                        https, or http on a loopback host. A private address must be in http_client.allow.""", max = "2048") @Nullable String backchannelLogoutUri,

        @Key(doc = "Whether logout tokens must name the session; they do in any case.", defaultValue = "false")
        boolean backchannelLogoutSessionRequired,

        @Key(doc = "The client's privacy policy, a page that is offered with the consent.", max = "2048") @Nullable
        String policyUri,

        @Key(doc = "The client's terms of service, a page that is offered with the consent.", max = "2048") @Nullable
        String tosUri,

        @Key(
                doc = """
                        Whether it knows a user by the same sub as every other client (public), or by one of its
                        own (pairwise), which it shares with the clients of its sector only.""",
                defaultValue = "public",
                oneOf = {"public", "pairwise"})
        String subjectType,

        @Key(doc = """
                        The sector of a pairwise client is the host of this https URL; nothing is fetched. Default:
                        the one host of its redirect_uris.""", max = "2048") @Nullable String sectorIdentifierUri,

        @Key(doc = """
                        Whether PKCE is demanded at the authorization endpoint. Default: unless the client is
                        confidential and sends openid and a nonce.""") @Nullable Boolean requirePkce,

        @Key(doc = "Whether the client must push its authorization requests (RFC 9126).", defaultValue = "false")
        boolean requirePushedAuthorizationRequests,

        @Key(doc = """
                        Whether the client must sign its authorization requests (RFC 9101), by a key of its jwks or
                        jwks_uri.""", defaultValue = "false") boolean requireSignedRequestObject,

        @Key(
                doc = "The algorithm of its request objects. Default: any that fits its keys.",
                oneOf = {"ES256", "RS256", "PS256", "EdDSA"})
        @Nullable
        String requestObjectSigningAlg,

        @Key(doc = """
                        From where its request objects may be fetched, as request_uri: https, or http on a loopback
                        host. A private address must be in http_client.allow.""", max = "512") List<String> requestUris,

        @Key(
                doc = "The algorithm of its authorization responses in the jwt response modes (JARM). Default: RS256.",
                oneOf = {"RS256", "ES256", "PS256", "EdDSA", "HS256"})
        @Nullable
        String authorizationSignedResponseAlg,

        @Key(doc = """
                        Services that its tokens may be for (RFC 8707, parameter resource): absolute URIs, compared
                        letter by letter. A token that names none is for the default audience.""", max = "512") List<String> resources,

        @Key(doc = "Types of authorization_details that it may ask for (RFC 9396).", min = "1", max = "200")
        List<String> authorizationDetailsTypes,

        @Key(doc = "How the client logs users in by a JWT of its own; absent: it may not.", optional = true) @Nullable
        JwtLoginConfig jwtLogin,

        @Key(doc = """
                        The client's public keys as a JWK Set, {keys: [...]}, with which it authenticates by
                        private_key_jwt and signs request objects. Never private ones.""") @Nullable JwkSet jwks,

        @Key(doc = """
                        Where the client's public keys are fetched, in place of jwks: https, or http on a loopback host. A
                        private address must be in http_client.allow.""", max = "2048") @Nullable String jwksUri,

        @Key(
                doc = "The algorithm that its assertions must have. Default: any that fits its keys.",
                oneOf = {"RS256", "ES256", "PS256", "EdDSA", "HS256"})
        @Nullable
        String tokenEndpointAuthSigningAlg,

        @Key(doc = "What the client may make of other tokens (RFC 8693); absent: nothing.", optional = true) @Nullable
        TokenExchangeConfig tokenExchange,

        @Key(doc = """
                        The services that the client itself is: it may introspect tokens for them. Absolute URIs as in
                        resources, and default for the default audience, which is all that an empty list means. Of other
                        tokens it learns only where they are its own, or name its client_id as their audience.""", max = "512") List<String> serves,

        @Key(
                doc = "The algorithm of introspections that it asks for as a JWT (RFC 9701). Default: RS256.",
                oneOf = {"RS256", "ES256", "PS256", "EdDSA", "HS256"})
        @Nullable
        String introspectionSignedResponseAlg,

        @Key(
                doc = """
                        Rules that it is held to as a whole: FAPI 2.0 Security Profile, or with it FAPI 2.0 Message Signing.
                        What they demand is switched on; what contradicts them is refused.""",
                oneOf = {"fapi2_security", "fapi2_message_signing"})
        @Nullable
        String profile,

        @Key(doc = """
                        For tls_client_auth: the subject of the client's certificate, as RFC 4514 writes it, such as
                        CN=client,O=Example,C=DE. One of the five names is given.""", max = "1024") @Nullable String tlsClientAuthSubjectDn,

        @Key(doc = "For tls_client_auth: a DNS name among the certificate's alternative names.", max = "253") @Nullable
        String tlsClientAuthSanDns,

        @Key(doc = "For tls_client_auth: a URI among them, compared letter by letter.", max = "1024") @Nullable
        String tlsClientAuthSanUri,

        @Key(doc = "For tls_client_auth: an IP address among them.", max = "45") @Nullable
        String tlsClientAuthSanIp,

        @Key(doc = "For tls_client_auth: an e-mail address among them.", max = "254") @Nullable
        String tlsClientAuthSanEmail,

        @Key(doc = """
                        Whether the client gets only access tokens bound to the certificate that it shows (RFC 8705),
                        however it authenticates.""", defaultValue = "false") boolean tlsClientCertificateBoundAccessTokens)
        implements Checked {
    /** Copies its lists and fills in what RFC 7591 says about an absent response type. */
    public BootstrapClient {
        redirectUris = List.copyOf(redirectUris);
        postLogoutRedirectUris = List.copyOf(postLogoutRedirectUris);
        requestUris = List.copyOf(requestUris);
        resources = List.copyOf(resources);
        authorizationDetailsTypes = List.copyOf(authorizationDetailsTypes);
        serves = List.copyOf(serves);
        grantTypes = List.copyOf(grantTypes);
        responseTypes = responseTypes.isEmpty() && grantTypes.contains("authorization_code")
                ? List.of("code")
                : List.copyOf(responseTypes);
    }

    /** Whether the client can keep a secret. */
    public boolean confidential() {
        return !tokenEndpointAuthMethod.equals("none");
    }

    /** Whether ID tokens, userinfo or authorization responses are signed by its secret, which must be known for that. */
    public boolean signsBySecret() {
        return idTokenSignedResponseAlg.equals(OpenIdRules.BY_SECRET)
                || OpenIdRules.BY_SECRET.equals(userinfoSignedResponseAlg)
                || OpenIdRules.BY_SECRET.equals(authorizationSignedResponseAlg)
                || OpenIdRules.BY_SECRET.equals(introspectionSignedResponseAlg);
    }

    /** The scope, taken apart; without doubles, in the order given. */
    public List<String> scopes() {
        return scope == null || scope.isBlank()
                ? List.of()
                : List.of(scope.strip().split(" +")).stream().distinct().toList();
    }

    /** Whether it knows its users by subjects of its sector. */
    public boolean isPairwise() {
        return subjectType.equals("pairwise");
    }

    /** The host whose clients share their subjects; null: they are public, or no host can be told. */
    public @Nullable String sector() {
        return isPairwise() ? Sector.of(this) : null;
    }

    /** What it registers for mutual TLS; null: nothing. */
    public @Nullable ClientCertificates certificates() {
        return CertificateRules.certificates(this);
    }

    @Override
    public void check(Rules rules) {
        ClientRules.check(this, rules);
        OpenIdRules.check(this, rules);
        AssertionRules.check(this, rules);
        TokenExchangeConfig.check(this, rules);
        FapiRules.check(this, rules);
        CertificateRules.check(this, rules);
    }
}
