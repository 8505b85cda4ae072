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
        checkCharacters(target);
        int query = target.indexOf('?');
        String text = decoded(query < 0 ? target : target.substring(0, query));
        checkSegments(text);
        return new RequestPath(text);
    }

    private static void checkCharacters(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '#') {
                throw Refused.because("the request's target has a character that a URL must encode");
            }
        }
    }

    private static String decoded(String path) {
        if (path.indexOf('\\') >= 0 || path.indexOf(';') >= 0) {
            throw Refused.because("the request's path has a backslash or a semicolon");
        }
        return path.indexOf('%') < 0 ? path : unescaped(path);
    }

    private static String unescaped(String path) {
        byte[] octets = new byte[path.length()];
        int length = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
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
        int begin = 1;
        for (int end = path.indexOf('/', begin); end >= 0; end = path.indexOf('/', begin)) {
            checkSegment(path, begin, end, false);
            begin = end + 1;
        }
        checkSegment(path, begin, path.length(), true);
    }

    private static void checkSegment(String path, int begin, int end, boolean last) {
        boolean empty = begin == end;
        boolean dots =
                (end - begin == 1 && path.charAt(begin) == '.') || (end - begin == 2 && path.startsWith("..", begin));
        if (dots || (empty && !last)) {
            throw Refused.because("the request's path has dot segments or doubled slashes");
        }
    }
}
