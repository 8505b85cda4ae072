package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JWS in the compact form (RFC 7515, section 7.1), not yet verified.
 *
 * @param signingInput the first two segments as they came
 */
record ClientJwt(Bytes signingInput, Bytes payload, Bytes signature) {
    private static final int MAX_LENGTH = 8192;

    /** A key that comes with the JWT, or extensions one must understand (RFC 8725, sections 3.1 and 3.10). */
    private static final List<String> FOREIGN = List.of("jwk", "jku", "x5u", "x5c", "crit", "b64", "enc", "zip");

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_grant, where it is none, or of another algorithm */
    static ClientJwt parse(String text, String algorithm) {
        if (text.length() > MAX_LENGTH) {
            throw invalid("it is longer than " + MAX_LENGTH + " characters");
        }
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first <= 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
            throw invalid("it is no signed JWT of three segments");
        }
        checkHeader(segment(text, 0, first), algorithm);
        return new ClientJwt(
                Bytes.utf8(text.substring(0, second)),
                segment(text, first + 1, second),
                segment(text, second + 1, text.length()));
    }

    static RuntimeException invalid(String why) {
        return OAuthError.failure(Code.INVALID_GRANT, "the jwt_token does not count: " + why);
    }

    private static void checkHeader(Bytes json, String algorithm) {
        JsonNode header = StrictJson.object(json);
        JsonNode named = header == null ? null : header.get("alg");
        if (header == null
                || named == null
                || !named.isTextual()
                || !named.textValue().equals(algorithm)) {
            throw invalid("its algorithm is not the client's, " + algorithm);
        }
        if (FOREIGN.stream().anyMatch(header::has)) {
            throw invalid("its header brings a key or an extension");
        }
    }

    private static Bytes segment(String text, int from, int to) {
        @Nullable Bytes decoded = Base64Url.decode(text.substring(from, to));
        if (decoded == null) {
            throw invalid("a segment is not base64url");
        }
        return decoded;
    }
}
