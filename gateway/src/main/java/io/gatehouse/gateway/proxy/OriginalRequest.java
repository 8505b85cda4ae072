package io.gatehouse.gateway.proxy;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a route is found by: the request as its sender made it.
 *
 * @param target path and query as they came
 */
public record OriginalRequest(String method, RequestHost host, RequestPath path, String target) {
    private static final Set<String> USUAL = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** Those that are registered, and those like them: methods have a case (RFC 9110, section 9.1). */
    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,31}");

    /**
     * @param authority host and port
     * @param target path and query
     * @throws io.gatehouse.common.error.OAuthFailure access_denied, where one of them is none, or could be read in more than
     *     one way
     */
    public static OriginalRequest read(String method, String authority, String target) {
        if (!USUAL.contains(method) && !METHOD.matcher(method).matches()) {
            throw Refused.because("the request has a method that is not written in capitals");
        }
        return new OriginalRequest(method, RequestHost.read(authority), RequestPath.read(target), target);
    }
}
