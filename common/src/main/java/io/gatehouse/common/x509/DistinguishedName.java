package io.gatehouse.common.x509;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Names of X.500 (RFC 4514): compared attribute by attribute in their order, whatever the case and the blanks of values (RFC
 * 4517, caseIgnoreMatch). An attribute that we have no word for is compared by its bytes.
 */
final class DistinguishedName {
    /** What subjects hold besides the attributes of RFC 4514, section 3, by OID. */
    private static final Map<String, String> WORDS = Map.of(
            "2.5.4.4", "SN",
            "2.5.4.5", "serialNumber",
            "2.5.4.12", "title",
            "2.5.4.15", "businessCategory",
            "2.5.4.42", "givenName",
            "2.5.4.97", "organizationIdentifier",
            "1.2.840.113549.1.9.1", "emailAddress",
            "1.3.6.1.4.1.311.60.2.1.3", "jurisdictionCountryName");

    private static final Map<String, String> OIDS = WORDS.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(word -> word.getValue().toUpperCase(Locale.ROOT), Map.Entry::getKey));

    /** Stands before what is no ASCII, and before itself. */
    private static final int MARK = '~';

    private DistinguishedName() {}

    /** Null where the text is no such name, or names nothing. */
    static @Nullable LdapName parse(String text) {
        try {
            X500Principal principal = new X500Principal(text, OIDS);
            return principal.getName().isEmpty() ? null : comparable(principal);
        } catch (IllegalArgumentException | InvalidNameException malformed) {
            return null;
        }
    }

    /** In words, so that the type of a string makes no difference. */
    static LdapName comparable(X500Principal principal) throws InvalidNameException {
        return new LdapName(plain(principal.getName(X500Principal.RFC2253, WORDS)));
    }

    /** In ASCII: {@link LdapName} compares capitals, and there are letters beyond it whose capital is an ASCII one. */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        name.chars().forEach(c -> {
            if (c < 0x80 && c != MARK) {
                plain.append((char) c);
            } else {
                int small = Character.toLowerCase(c);
                plain.append((char) MARK).append(String.format("%04X", small < 0x80 ? c : small));
            }
        });
        return plain.toString();
    }
}
