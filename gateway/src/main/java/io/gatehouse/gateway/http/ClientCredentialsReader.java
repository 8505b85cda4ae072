package io.gatehouse.gateway.http;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.gateway.oauth.ClientAssertion;
import io.gatehouse.gateway.oauth.ClientCredentials;
import io.gatehouse.gateway.oauth.Parameters;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a client shows of itself: HTTP Basic, or client_id and client_secret in the body (RFC 6749, section 2.3.1), or a
 * client_assertion there (RFC 7521, section 4.2).
 */
public final class ClientCredentialsReader {
    private static final int MAX_LENGTH = 4096;

    private ClientCredentialsReader() {}

    /**
     * What a client shows of itself, with the certificate of its connection; null where it shows nothing.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_request for two at once, invalid_client for a malformed
     *     header or assertion
     */
    public static @Nullable ClientCredentials read(Exchange exchange, Parameters parameters) {
        ClientCredentials found = find(exchange, parameters);
        return found == null ? null : found.on(exchange.certificate());
    }

    private static @Nullable ClientCredentials find(Exchange exchange, Parameters parameters) {
        String authorization = exchange.header("authorization");
        String clientId = parameters.get("client_id");
        String secret = parameters.get("client_secret");
        String assertion = assertion(parameters);
        if (assertion != null && (authorization != null || secret != null)) {
            throw twice();
        }
        if (assertion != null) {
            return same(ClientCredentials.of(ClientAssertion.read(assertion)), clientId, "client_assertion");
        }
        if (authorization == null) {
            return clientId == null ? null : posted(clientId, secret);
        }
        if (secret != null) {
            throw twice();
        }
        return same(basic(authorization), clientId, "header");
    }

    /** Null where there is none. */
    private static @Nullable String assertion(Parameters parameters) {
        String assertion = parameters.get("client_assertion");
        String type = parameters.get("client_assertion_type");
        if ((assertion == null) != (type == null)) {
            throw OAuthError.failure(
                    Code.INVALID_REQUEST, "client_assertion and client_assertion_type belong together: send both");
        }
        if (type != null && !type.equals(ClientAssertion.TYPE)) {
            throw OAuthError.failure(Code.INVALID_CLIENT, "client_assertion_type must be " + ClientAssertion.TYPE);
        }
        return assertion;
    }

    /** @param clientId that the body names besides; null: none */
    private static ClientCredentials same(ClientCredentials credentials, @Nullable String clientId, String where) {
        if (clientId != null && !clientId.equals(credentials.clientId())) {
            throw OAuthError.failure(Code.INVALID_REQUEST, "client_id differs from the one in the " + where);
        }
        return credentials;
    }

    private static RuntimeException twice() {
        return OAuthError.failure(
                Code.INVALID_REQUEST,
                "the client authenticates twice: use one of the header, client_secret and client_assertion");
    }

    /**
     * HTTP Basic with id and secret as they are, without the form encoding of RFC 6749; null where there is no such
     * header.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_client for a malformed header
     */
    public static @Nullable ClientCredentials literalBasic(Exchange exchange) {
        String authorization = exchange.header("authorization");
        if (authorization == null) {
            return null;
        }
        byte[] decoded = pair(authorization);
        String text = new String(decoded, StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        return new ClientCredentials(
                AuthMethod.CLIENT_SECRET_BASIC, text.substring(0, colon), Secret.of(text.substring(colon + 1)));
    }

    private static ClientCredentials posted(String clientId, @Nullable String secret) {
        return secret == null
                ? new ClientCredentials(AuthMethod.NONE, clientId, null)
                : new ClientCredentials(AuthMethod.CLIENT_SECRET_POST, clientId, Secret.of(secret));
    }

    private static ClientCredentials basic(String authorization) {
        byte[] pair = pair(authorization);
        int colon = new String(pair, StandardCharsets.ISO_8859_1).indexOf(':');
        Buffer decoded = Buffer.buffer(pair);
        String clientId = part(decoded, 0, colon);
        return new ClientCredentials(
                AuthMethod.CLIENT_SECRET_BASIC, clientId, Secret.of(part(decoded, colon + 1, decoded.length())));
    }

    /** What stands behind the scheme; a colon is in it, and not in front. */
    private static byte[] pair(String authorization) {
        if (authorization.length() > MAX_LENGTH || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            throw malformed();
        }
        byte[] decoded = base64(authorization.substring(6).trim());
        if (new String(decoded, StandardCharsets.ISO_8859_1).indexOf(':') <= 0) {
            throw malformed();
        }
        return decoded;
    }

    /** Both halves are form-encoded before they are joined. */
    private static String part(Buffer credentials, int from, int to) {
        try {
            return PercentDecoder.decode(credentials, from, to);
        } catch (RuntimeException notEncoded) {
            throw malformed();
        }
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw malformed();
        }
    }

    private static RuntimeException malformed() {
        return OAuthError.failure(
                Code.INVALID_CLIENT,
                "the Authorization header is not HTTP Basic: send base64(client_id:client_secret)");
    }
}
