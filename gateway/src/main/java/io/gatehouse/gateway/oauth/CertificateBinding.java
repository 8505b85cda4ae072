package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Confirmation;
import io.gatehouse.common.verify.AccessToken;
import org.jspecify.annotations.Nullable;

/** Access tokens that are bound to the certificate of the connection on which they were given (RFC 8705, section 3). */
final class CertificateBinding {
    private CertificateBinding() {}

    /**
     * What tokens of the request are bound to, as {@link Confirmation#text} gives it.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_request, where there is no certificate, or a DPoP proof besides
     */
    static String of(TokenRequest request) {
        ClientCredentials credentials = request.credentials();
        ShownCertificate shown = credentials == null ? null : credentials.certificate();
        if (shown == null) {
            throw OAuthError.failure(
                    Code.INVALID_REQUEST,
                    "this client gets only tokens that are bound to its certificate: show it in the TLS handshake");
        }
        if (request.dpop() != null) {
            throw OAuthError.failure(
                    Code.INVALID_REQUEST,
                    "this client's tokens are bound to its certificate, not to a key: leave the DPoP proof out");
        }
        return shown.confirmation().text();
    }

    /**
     * Of a token that is shown without a DPoP proof.
     *
     * @param shown null: the connection has no certificate
     * @throws io.gatehouse.common.error.OAuthFailure invalid_token, where it is bound to anything else
     */
    static void check(AccessToken token, @Nullable ShownCertificate shown) {
        if (token.confirmation() == null) {
            return;
        }
        Confirmation bound = Confirmation.parse(token.confirmation());
        if (bound.kind() == Confirmation.Kind.KEY) {
            throw invalid("the access token is bound to a key: show it with a DPoP proof");
        }
        if (shown == null || !shown.confirmation().equals(bound)) {
            throw invalid("the access token is bound to a certificate: show it on a TLS connection with that one");
        }
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_TOKEN, description);
    }
}
