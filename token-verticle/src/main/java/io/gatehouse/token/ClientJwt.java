package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;

/** A client's JWT, not yet verified: its algorithm is the client's and its header brings nothing of its own. */
final class ClientJwt {
    private ClientJwt() {}

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_grant, where it is none, or of another algorithm */
    static CompactJws parse(String text, String algorithm) {
        CompactJws jwt = CompactJws.parse(text, ClientJwt::invalid);
        checkHeader(jwt.header(), algorithm);
        return jwt;
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
        if (CompactJws.isForeign(header)) {
            throw invalid("its header brings a key or an extension");
        }
    }
}
