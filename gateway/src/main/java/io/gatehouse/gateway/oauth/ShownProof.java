package io.gatehouse.gateway.oauth;

/**
 * A DPoP proof (RFC 9449, section 4) as it came, and the request that it came with.
 *
 * @param jwt the value of the header DPoP
 * @param method of the request
 * @param path of the endpoint, as it stands behind the issuer
 */
public record ShownProof(String jwt, String method, String path) {}
