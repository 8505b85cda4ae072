package io.gatehouse.deploy.certs;

import io.gatehouse.common.config.Role;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who a member is, as its certificate says.
 *
 * @param name of the node: letters, digits, dots and dashes
 * @param roles that it may run; none: it is another application
 */
public record NodeIdentity(String name, Set<Role> roles) {
    private static final String ROLE = "urn:gatehouse:role:";
    private static final String APPLICATION = "urn:gatehouse:application";
    private static final int URI = 6;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?");

    /** @throws IllegalArgumentException where the name is none */
    public NodeIdentity {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a node has a name of letters, digits, dots and dashes");
        }
        roles = Set.copyOf(roles);
    }

    /** The URIs that stand for the roles in a certificate, which has one at least (RFC 5280, section 4.2.1.6). */
    List<String> uris() {
        return roles.isEmpty()
                ? List.of(APPLICATION)
                : roles.stream().sorted().map(role -> ROLE + role).toList();
    }

    /** The roles that a certificate names; a role of another build is none. */
    public static Set<Role> roles(X509Certificate certificate) {
        Set<String> uris = uris(certificate);
        return Stream.of(Role.values())
                .filter(role -> uris.contains(ROLE + role))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    private static Set<String> uris(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Set.of()
                    : names.stream()
                            .filter(name -> Integer.valueOf(URI).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .collect(Collectors.toSet());
        } catch (CertificateParsingException malformed) {
            return Set.of();
        }
    }
}
