package io.gatehouse.gateway.http;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Form decoding (WHATWG URL, application/x-www-form-urlencoded) that refuses what is not well-formed UTF-8. */
final class PercentDecoder {
    private PercentDecoder() {}

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_request */
    static String decode(Buffer source, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = source.getByte(i);
            if (b == '%' || b == '+' || b < 0x20) {
                return decodeSlowly(source, from, to);
            }
        }
        return source.getString(from, to, "ISO-8859-1");
    }

    private static String decodeSlowly(Buffer source, int from, int to) {
        byte[] bytes = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = source.getByte(i);
            if (b == '%') {
                b = (byte) ((hex(source, i + 1, to) << 4) | hex(source, i + 2, to));
                i += 2;
            } else if (b == '+') {
                b = ' ';
            }
            bytes[length++] = b;
        }
        return text(ByteBuffer.wrap(bytes, 0, length));
    }

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_request */
    static String text(byte[] utf8) {
        return text(ByteBuffer.wrap(utf8));
    }

    private static String text(ByteBuffer utf8) {
        String text = decode(utf8);
        if (text.indexOf('\0') >= 0) {
            throw invalid("the request holds a NUL character");
        }
        return text;
    }

    private static int hex(Buffer source, int index, int end) {
        int digit = index < end ? Character.digit((char) source.getByte(index), 16) : -1;
        if (digit < 0) {
            throw invalid("a percent sign is not followed by two hexadecimal digits: encode it as %25");
        }
        return digit;
    }

    private static String decode(ByteBuffer utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(utf8)
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw invalid("the request is not UTF-8");
        }
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_REQUEST, description);
    }
}
