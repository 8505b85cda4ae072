package io.gatehouse.gateway.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The path of a request as every server reads it. One that two servers could read in two ways has no such form and is
 * refused: what was matched here must be what the upstream gets.
 *
 * @param text decoded; begins with a slash
 */
public record RequestPath(String text) {
    private static final int LONGEST = 8192;
    /** Encoded, some servers read them as what they stand for, others don't. */
    private static final String NEVER_ENCODED = "/\\%.;?#";

    /**
     * @param target what follows the method in a request line: path and query (RFC 9112, section 3.2.1)
     * @throws io.gatehouse.common.error.OAuthFailure access_denied, where it could be read in more than one way
     */
    public static RequestPath read(String target) {
        if (!target.startsWith("/")) {
            throw Refused.because("the request's target does not begin with a slash");
        }
        if (target.length() > LONGEST) {
            throw Refused.because("the request's target is too long");
        }
        if (!target.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '#')) {
            throw Refused.because("the request's target has a character that a URL must encode");
        }
        int query = target.indexOf('?');
        String text = decoded(query < 0 ? target : target.substring(0, query));
        checkSegments(text);
        return new RequestPath(text);
    }

    private static String decoded(String path) {
        byte[] octets = new byte[path.length()];
        int length = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\' || c == ';') {
                throw Refused.because("the request's path has a backslash or a semicolon");
            }
            if (c == '%') {
                octets[length++] = octet(path, i);
                i += 2;
            } else {
                octets[length++] = (byte) c;
            }
        }
        return utf8(Arrays.copyOf(octets, length));
    }

    private static byte octet(String path, int percent) {
        int value = percent + 2 < path.length()
                ? (Character.digit(path.charAt(percent + 1), 16) << 4) | Character.digit(path.charAt(percent + 2), 16)
                : -1;
        if (value < ' ' || value == 0x7F) {
            throw Refused.because("the request's path has a control character, or a percent sign that encodes nothing");
        }
        if (NEVER_ENCODED.indexOf(value) >= 0) {
            throw Refused.because("the request's path encodes one of " + NEVER_ENCODED);
        }
        return (byte) value;
    }

    private static String utf8(byte[] octets) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw Refused.because("the request's path has a control character");
            }
            return text;
        } catch (CharacterCodingException malformed) {
            throw Refused.because("the request's path is not UTF-8");
        }
    }

    private static void checkSegments(String path) {
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (segments[i].equals(".") || segments[i].equals("..") || (segments[i].isEmpty() && !last)) {
                throw Refused.because("the request's path has dot segments or doubled slashes");
            }
        }
    }
}
