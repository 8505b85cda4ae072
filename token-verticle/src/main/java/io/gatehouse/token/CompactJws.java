package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import java.util.List;
import java.util.function.Function;

/**
 * A JWS in the compact form (RFC 7515, section 7.1), taken apart and not yet verified.
 *
 * @param signingInput the first two segments as they came
 */
record CompactJws(Bytes header, Bytes signingInput, Bytes payload, Bytes signature) {
    /** In characters. */
    static final int MAX_LENGTH = 8192;

    /** A key that comes with the JWS, or extensions one must understand (RFC 8725, sections 3.1 and 3.10). */
    private static final List<String> FOREIGN = List.of("jwk", "jku", "x5u", "x5c", "crit", "b64", "enc", "zip");

    /** @param refusal of what is none, by the reason */
    static CompactJws parse(String text, Function<String, RuntimeException> refusal) {
        if (text.length() > MAX_LENGTH) {
            throw refusal.apply("it is longer than " + MAX_LENGTH + " characters");
        }
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first <= 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
            throw refusal.apply("it is no signed JWT of three segments");
        }
        return new CompactJws(
                segment(text.substring(0, first), refusal),
                Bytes.utf8(text.substring(0, second)),
                segment(text.substring(first + 1, second), refusal),
                segment(text.substring(second + 1), refusal));
    }

    static boolean isForeign(JsonNode header) {
        return FOREIGN.stream().anyMatch(header::has);
    }

    private static Bytes segment(String text, Function<String, RuntimeException> refusal) {
        Bytes decoded = Base64Url.decode(text);
        if (decoded == null) {
            throw refusal.apply("a segment is not base64url");
        }
        return decoded;
    }
}
