package io.gatehouse.gateway.http;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.oauth.Parameters;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Reads {@code application/x-www-form-urlencoded} into parameters. */
public final class FormBody {
    public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    private FormBody() {}

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_request, also for any other media type */
    public static Parameters read(Exchange exchange) {
        return read(exchange, new Parameters());
    }

    /**
     * Fills and returns {@code parameters}.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_request, also for any other media type
     */
    public static Parameters read(Exchange exchange, Parameters parameters) {
        if (!exchange.mediaType().equals(MEDIA_TYPE)) {
            throw OAuthError.failure(Code.INVALID_REQUEST, "the body must be a form: send Content-Type " + MEDIA_TYPE);
        }
        return parse(exchange.body(), parameters);
    }

    /** A value as it stands in a form or a query. */
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /**
     * Fills and returns {@code parameters}.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_request, or what {@code parameters} refuses with
     */
    public static Parameters parse(Buffer form, Parameters parameters) {
        int length = form.length();
        int start = 0;
        while (start < length) {
            int end = indexOf(form, '&', start, length);
            if (end > start) {
                int equals = indexOf(form, '=', start, end);
                String value = equals < end ? PercentDecoder.decode(form, equals + 1, end) : "";
                parameters.add(PercentDecoder.decode(form, start, equals), value);
            }
            start = end + 1;
        }
        return parameters;
    }

    private static int indexOf(Buffer form, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (form.getByte(i) == wanted) {
                return i;
            }
        }
        return to;
    }
}
