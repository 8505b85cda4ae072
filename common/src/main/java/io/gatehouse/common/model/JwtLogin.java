package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import java.util.List;
import java.util.Map;

/**
 * How a client may log users in by a JWT that it signs itself.
 *
 * @param algorithm {@code HS256}, {@code HS384} or {@code HS512}; the only one that counts, whatever a JWT's header says
 * @param key the shared key, sealed for the token role
 * @param keyDigest tells whether a declaration brings another key: two seals of one key differ
 * @param allowUndated whether a JWT without any time counts
 * @param allowAdministrator whether a request without a selector stands for the tenant's administrator
 * @param requireSignedSelector whether the user must be named inside the JWT
 * @param container a claim that may hold the claims about the login in an object of its own
 * @param selectors by which claim a JWT names its user: kind of name by claim
 * @param sourceNetworks from where it may be used, as CIDR blocks; empty: from anywhere
 */
public record JwtLogin(
        String algorithm,
        Sealed key,
        Digest keyDigest,
        boolean allowUndated,
        boolean allowAdministrator,
        boolean requireSignedSelector,
        String container,
        Map<String, LoginName.Kind> selectors,
        List<String> sourceNetworks) {
    public JwtLogin {
        selectors = Map.copyOf(selectors);
        sourceNetworks = List.copyOf(sourceNetworks);
    }

    /** The same, whatever the box: sealed anew by another master key it is not, so that a start can replace a lost one. */
    public boolean declaresSameAs(JwtLogin other) {
        return equals(new JwtLogin(
                other.algorithm,
                new Sealed(other.key.keyId(), key.box()),
                other.keyDigest,
                other.allowUndated,
                other.allowAdministrator,
                other.requireSignedSelector,
                other.container,
                other.selectors,
                other.sourceNetworks));
    }
}
