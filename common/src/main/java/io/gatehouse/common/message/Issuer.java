package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenTerms;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Issues tokens: iss, exp, alg, kid, typ and lifetimes are decided by the token role itself. */
public sealed interface Issuer<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.issuer";

    /** RFC 8693, section 2.1. */
    String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    @Override
    default String address() {
        return ADDRESS;
    }

    /**
     * An access token (RFC 9068).
     *
     * @param scope at most what the authority allows, else the request fails with invalid_scope
     * @param client a {@link ClientStatement} of the ticket's client, where an ID token is wanted beside it (OpenID Connect
     *     Core, section 3.1.3.3): it is made where the scope has openid; null: none is wanted
     * @param profile a {@link ProfileStatement} of the ticket's subject, for claims that were asked for in the ID token; null:
     *     it gets none of those
     * @param terms of the access token; null: those of the authority
     */
    record Issue(
            String tenant,
            Authority authority,
            Scope scope,
            @Nullable Attestation client,
            @Nullable Attestation profile,
            @Nullable TokenTerms terms)
            implements Issuer<Issued> {
        /** Without an ID token. */
        public Issue(String tenant, Authority authority, Scope scope) {
            this(tenant, authority, scope, null, null, null);
        }

        /** On the terms of the authority. */
        public Issue(
                String tenant,
                Authority authority,
                Scope scope,
                @Nullable Attestation client,
                @Nullable Attestation profile) {
            this(tenant, authority, scope, client, profile, null);
        }
    }

    /**
     * An access token in exchange for another one (RFC 8693). The token role verifies tokens, client and policy itself; that
     * neither token was revoked is the gateway's word, which has asked the revocation log. Fails with invalid_request where a
     * token does not count, with unauthorized_client, invalid_scope and invalid_target.
     *
     * @param client by what the client is known that asks: its own authority, no ticket
     * @param subjectToken an access token of ours
     * @param actorToken one that the client got for itself; null: the result does not say who acts
     * @param scope at most that of the subject token and the client; null: all of that
     * @param terms of the new token, its audience among them; null: the audience of the subject token, bound to no key
     */
    record Exchange(
            String tenant,
            Authority client,
            Secret subjectToken,
            @Nullable Secret actorToken,
            @Nullable Scope scope,
            @Nullable TokenTerms terms)
            implements Issuer<Issued> {}

    /** By what the token may be issued. */
    sealed interface Authority {
        /** @param ticket a {@link io.gatehouse.common.model.Ticket} */
        record ByTicket(Attestation ticket) implements Authority {}

        /**
         * The client itself (RFC 6749, section 4.4).
         *
         * @param client a {@link ClientStatement}
         * @param secret what the client presented; the token role checks it once more
         */
        record ByClientSecret(Attestation client, Secret secret) implements Authority {}

        /**
         * Likewise, of a client that authenticated by an assertion.
         *
         * @param client a {@link ClientStatement}
         * @param authentication a {@link ClientAuthentication}
         */
        record ByClientAssertion(Attestation client, Attestation authentication) implements Authority {}

        /**
         * Likewise, of a client that authenticated by a certificate (RFC 8705, section 2). The token role sees for itself that
         * it is one of the client's; that the client holds its key, and that a trusted authority signed it, are the gateway's
         * word, since both were seen in the TLS handshake only.
         *
         * @param client a {@link ClientStatement}
         * @param certificate in DER
         * @param fetchedKeys the JWK Set that was found at the client's {@code jwks_uri}, as JSON, which is the gateway's word
         *     as well; null: it registered its keys themselves, or needs none
         */
        record ByClientCertificate(
                Attestation client,
                Bytes certificate,
                @Nullable String fetchedKeys) implements Authority {}
    }

    /**
     * @param accessToken the compact JWT
     * @param idToken likewise; null: none was wanted, or the scope has no openid
     * @param authorizationDetails that the access token has (RFC 9396, section 7), as a JSON array; null: none
     */
    record Issued(
            Secret accessToken,
            Scope scope,
            Instant issuedAt,
            Instant expiresAt,
            @Nullable Secret idToken,
            @Nullable String authorizationDetails) {
        /** For scopes and services alone. */
        public Issued(Secret accessToken, Scope scope, Instant issuedAt, Instant expiresAt, @Nullable Secret idToken) {
            this(accessToken, scope, issuedAt, expiresAt, idToken, null);
        }

        /** Without an ID token. */
        public Issued(Secret accessToken, Scope scope, Instant issuedAt, Instant expiresAt) {
            this(accessToken, scope, issuedAt, expiresAt, null, null);
        }
    }
}
