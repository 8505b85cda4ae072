package io.gatehouse.token;

import io.gatehouse.common.crypto.Base64Url;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a JWT is, by its {@code typ}: no kind may pass as another. */
enum TokenType {
    /** RFC 9068. */
    ACCESS_TOKEN("at+jwt"),
    /** OpenID Connect Core, section 2. */
    ID_TOKEN("JWT"),
    /** OpenID Connect Core, section 5.3.2; it never expires, by which it is no ID token. */
    USERINFO("JWT"),
    /** OpenID Connect Back-Channel Logout, section 2.4. */
    LOGOUT_TOKEN("logout+jwt"),
    /** JARM, section 4, which names no type; it has no subject, by which it is no ID token. */
    AUTHORIZATION_RESPONSE("JWT"),
    /** RFC 9701, section 5. */
    INTROSPECTION("token-introspection+jwt"),
    /** For services behind the front door, and nobody else. */
    UPSTREAM_ASSERTION("gatehouse-assertion+jwt");

    private final String typ;

    TokenType(String typ) {
        this.typ = typ;
    }

    String typ() {
        return typ;
    }

    /**
     * The header of every type, encoded, with the dot behind it.
     *
     * @param kid null: the verifier knows the key without
     */
    static Map<TokenType, byte[]> headers(String algorithm, @Nullable String kid) {
        Map<TokenType, byte[]> headers = new EnumMap<>(TokenType.class);
        for (TokenType type : values()) {
            // Names and values are ours or base64url: nothing to escape.
            String named = kid == null ? "" : ",\"kid\":\"" + kid + "\"";
            String json = "{\"typ\":\"" + type.typ + "\",\"alg\":\"" + algorithm + "\"" + named + "}";
            String encoded = Base64Url.encode(json.getBytes(StandardCharsets.US_ASCII)) + ".";
            headers.put(type, encoded.getBytes(StandardCharsets.US_ASCII));
        }
        return headers;
    }
}
