package io.gatehouse.gateway.http;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests whose headers two servers might read differently: names with odd characters, and a second line of a
 * header that may stand once.
 */
final class HeaderHygiene {
    private static final String[] ONCE = {
        "host", "content-length", "content-type", "authorization", "transfer-encoding", "x-request-id", "dpop"
    };

    /** RFC 9113, section 8.2.2: they are about an HTTP/1 connection. */
    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private HeaderHygiene() {}

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_request */
    static void check(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            checkStream(request);
        }
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

    /** What the decoder sees to in HTTP/1. */
    private static void checkStream(HttpServerRequest request) {
        String target = request.uri();
        if (target == null
                || !target.startsWith("/")
                || !isScheme(request.scheme(), request.connection().isSsl())) {
            throw invalid("the request needs a :path that begins with a slash, and the :scheme https");
        }
        if (target.length() > PublicServer.MAX_REQUEST_LINE) {
            throw OAuthError.failure(Code.URI_TOO_LONG, "the request line is too long");
        }
        // Of several Host headers in its place, all but one would be lost by now.
        if (request.authority(true) == null) {
            throw invalid("the request names no :authority: send the host of the URL in it");
        }
        for (String name : OF_CONNECTIONS) {
            if (request.headers().contains(name)) {
                throw invalid("HTTP/2 has no header " + name + ": leave it out");
            }
        }
    }

    /** A proxy in front that ends TLS may leave the scheme as it was. */
    private static boolean isScheme(@Nullable String scheme, boolean secure) {
        return "https".equals(scheme) || (!secure && "http".equals(scheme));
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
