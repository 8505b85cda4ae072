package io.gatehouse.gateway.http;

import io.vertx.core.http.HttpMethod;
import java.util.Set;

/**
 * One line of the table of contents.
 *
 * @param methods what the path answers to; GET includes HEAD
 * @param path as it stands behind a tenant's prefix: exact, or with one segment like <code>{name}</code> that any text takes
 */
public record Mount(Set<HttpMethod> methods, String path, ErrorStyle style, Endpoint endpoint) {
    public static Mount get(String path, ErrorStyle style, Endpoint endpoint) {
        return new Mount(Set.of(HttpMethod.GET, HttpMethod.HEAD), path, style, endpoint);
    }

    public static Mount post(String path, ErrorStyle style, Endpoint endpoint) {
        return new Mount(Set.of(HttpMethod.POST), path, style, endpoint);
    }

    boolean answers(HttpMethod method) {
        return methods.contains(method);
    }
}
