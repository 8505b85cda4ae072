package io.gatehouse.gateway.proxy;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The host that a request names.
 *
 * @param text in lower case, with its port where that is neither 80 nor 443
 */
public record RequestHost(String text) {
    /** In ASCII only: there are other letters whose lower case is one of these. */
    private static final Pattern HOST = Pattern.compile(
            "([a-z0-9]([a-z0-9_.-]*[a-z0-9])?|\\[[0-9a-f:.]+])(:[1-9][0-9]{0,4})?", Pattern.CASE_INSENSITIVE);

    private static final Pattern DEFAULT_PORT = Pattern.compile(":(80|443)$");
    private static final int LONGEST = 260;
    private static final int MOST_KNOWN = 1_000;
    private static final Map<String, RequestHost> KNOWN = new ConcurrentHashMap<>();

    /**
     * @param authority host and port, as in a Host header
     * @throws io.gatehouse.common.error.OAuthFailure access_denied, where it is none, or could be read in more than one way
     */
    public static RequestHost read(String authority) {
        RequestHost known = KNOWN.get(authority);
        return known == null ? remember(authority, parse(authority)) : known;
    }

    /** A few hosts are asked for all the time; strangers who name others make it forget them, and no more. */
    private static RequestHost remember(String authority, RequestHost host) {
        if (KNOWN.size() >= MOST_KNOWN) {
            KNOWN.clear();
        }
        KNOWN.put(authority, host);
        return host;
    }

    private static RequestHost parse(String authority) {
        if (authority.length() > LONGEST || !HOST.matcher(authority).matches()) {
            throw Refused.because("the request names no host that could be that of a route");
        }
        String host = authority.toLowerCase(Locale.ROOT);
        return new RequestHost(DEFAULT_PORT.matcher(host).replaceFirst(""));
    }

    /** Whether this one, of a route, is also for a request that names the other: without a port it is for any. */
    boolean covers(RequestHost other) {
        return text.equals(other.text) || (!hasPort() && other.hasPort() && text.equals(other.withoutPort()));
    }

    private boolean hasPort() {
        return text.lastIndexOf(':') > text.lastIndexOf(']');
    }

    private String withoutPort() {
        return text.substring(0, text.lastIndexOf(':'));
    }
}
