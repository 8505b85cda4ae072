package io.gatehouse.gateway.http;

import io.vertx.core.http.HttpMethod;
import java.util.Set;

/**
 * One line of the table of contents.
 *
 * @param methods what the path answers to; GET includes HEAD; none: any
 * @param path as it stands behind a tenant's prefix: exact, or with one segment like <code>{name}</code> that any text takes;
 *     or with a final <code>/*</code>, for the default tenant alone: all that is below
 * @param crossOrigin whether scripts of any site may read the answers: only where nothing rests on a cookie
 */
public record Mount(Set<HttpMethod> methods, String path, ErrorStyle style, Endpoint endpoint, boolean crossOrigin) {
    /** Not for scripts of other sites. */
    public Mount(Set<HttpMethod> methods, String path, ErrorStyle style, Endpoint endpoint) {
        this(methods, path, style, endpoint, false);
    }

    public static Mount get(String path, ErrorStyle style, Endpoint endpoint) {
        return new Mount(Set.of(HttpMethod.GET, HttpMethod.HEAD), path, style, endpoint);
    }

    public static Mount post(String path, ErrorStyle style, Endpoint endpoint) {
        return new Mount(Set.of(HttpMethod.POST), path, style, endpoint);
    }

    /** Whatever the method, of any path below this one. */
    public static Mount below(String path, ErrorStyle style, Endpoint endpoint) {
        return new Mount(Set.of(), path + "/*", style, endpoint);
    }

    /** The same for scripts of any site as well. */
    public Mount fromAnywhere() {
        return new Mount(methods, path, style, endpoint, true);
    }

    boolean answers(HttpMethod method) {
        return methods.isEmpty() || methods.contains(method);
    }
}
