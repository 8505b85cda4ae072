package io.gatehouse.gateway.http;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/**
 * Refuses requests whose headers two servers might read differently: names with odd characters, and a second line of a
 * header that may stand once.
 */
final class HeaderHygiene {
    private static final String[] ONCE = {
        "host", "content-length", "content-type", "authorization", "transfer-encoding", "x-request-id", "dpop"
    };

    private HeaderHygiene() {}

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_request */
    static void check(HttpServerRequest request) {
        int singles = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey();
            if (!isPlain(name)) {
                throw invalid("a header has a name with characters other than letters, digits and hyphens");
            }
            singles |= once(name, singles);
            if (name.equalsIgnoreCase("transfer-encoding") && !header.getValue().equalsIgnoreCase("chunked")) {
                throw invalid("the only Transfer-Encoding that is read here is chunked");
            }
        }
    }

    private static int once(String name, int before) {
        for (int i = 0; i < ONCE.length; i++) {
            if (ONCE[i].length() == name.length() && ONCE[i].equalsIgnoreCase(name)) {
                if ((before & (1 << i)) != 0) {
                    throw invalid(ONCE[i] + " is given more than once: send it once");
                }
                return 1 << i;
            }
        }
        return 0;
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            if (!plain) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_REQUEST, description);
    }
}
