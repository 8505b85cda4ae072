package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The target of a request: as it is matched, and as the upstream gets it. */
final class Target {
    /** RFC 9112, section 3.2.2: proxies get these; some clients send them to everybody. */
    private static final Pattern WHOLE_URL = Pattern.compile("https?://([^/?#]+)(/.*)", Pattern.CASE_INSENSITIVE);

    private static final String UNRESERVED = "-._~";
    private static final String AS_IT_IS = UNRESERVED + "!$&'()*+,=:@/";
    private static final String HEX = "0123456789ABCDEF";

    private Target() {}

    /**
     * The part behind the host.
     *
     * @param target as in the request line
     * @param host as in the Host header
     * @throws io.gatehouse.common.error.OAuthFailure access_denied, where the target is for another host than the Host header
     *     names
     */
    static String behindHost(String target, String host) {
        if (target.startsWith("/")) {
            return target;
        }
        Matcher url = WHOLE_URL.matcher(target);
        if (!url.matches() || !url.group(1).toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT))) {
            throw OAuthError.failure(
                    Code.ACCESS_DENIED,
                    "the request's target is neither a path nor a URL of the host in its Host header");
        }
        return url.group(2);
    }

    /**
     * Its one normal form (RFC 3986, section 6.2.2), and the query as it came.
     *
     * @param target that begins with a slash, and was read as a {@code RequestPath} without being refused
     */
    static String normal(String target) {
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        StringBuilder normal = new StringBuilder(target.length() + 8);
        for (int i = 0; i < end; i++) {
            char c = target.charAt(i);
            if (c != '%') {
                append(normal, c, AS_IT_IS);
            } else {
                // What stands for a delimiter stays encoded: to some services it is not the same.
                append(normal, (char) Integer.parseInt(target, i + 1, i + 3, 16), UNRESERVED);
                i += 2;
            }
        }
        return normal.append(target, end, target.length()).toString();
    }

    private static void append(StringBuilder normal, char c, String plain) {
        boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letterOrDigit || plain.indexOf(c) >= 0) {
            normal.append(c);
        } else {
            normal.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
    }
}
