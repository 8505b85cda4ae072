package io.gatehouse.common.model;

import java.util.List;

/**
 * What a client asked for one by one, by the {@code claims} parameter (OpenID Connect Core, section 5.5): names of
 * {@link StandardClaims} only, others are forgotten.
 *
 * @param userinfo to be had at the userinfo endpoint
 * @param idToken to stand in the ID token
 */
public record RequestedClaims(List<String> userinfo, List<String> idToken) {
    public static final RequestedClaims NONE = new RequestedClaims(List.of(), List.of());

    public RequestedClaims {
        userinfo = List.copyOf(userinfo);
        idToken = List.copyOf(idToken);
    }

    public boolean isEmpty() {
        return userinfo.isEmpty() && idToken.isEmpty();
    }
}
