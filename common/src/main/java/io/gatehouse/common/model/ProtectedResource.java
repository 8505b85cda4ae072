package io.gatehouse.common.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service that takes tokens of this server, as its metadata describes it (RFC 9728, section 2).
 *
 * @param resource its identifier, a URL
 * @param tenant whose tokens it takes
 * @param name for people; null: none
 * @param documentation a page for developers; null: none
 * @param scopes that clients may ask for to call it
 * @param bearerMethods how it takes tokens: header, body, query
 * @param dpopBound whether it takes only tokens that are bound to a key
 * @param dpopAlgorithms JWS names; empty: it does not say
 * @param certificateBound whether it takes tokens that are bound to a certificate
 */
public record ProtectedResource(
        String resource,
        String tenant,
        @Nullable String name,
        @Nullable String documentation,
        List<String> scopes,
        List<String> bearerMethods,
        boolean dpopBound,
        List<String> dpopAlgorithms,
        boolean certificateBound) {
    public ProtectedResource {
        scopes = List.copyOf(scopes);
        bearerMethods = List.copyOf(bearerMethods);
        dpopAlgorithms = List.copyOf(dpopAlgorithms);
    }
}
