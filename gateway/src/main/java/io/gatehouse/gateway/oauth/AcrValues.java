package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.StandardClaims;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How somebody logged in, as a client asks for it (OpenID Connect Core, section 3.1.2.1; RFC 9470, section 4). */
final class AcrValues {
    /** The weakest first. */
    static final List<String> SUPPORTED = List.of(StandardClaims.ACR_PASSWORD, StandardClaims.ACR_TWO_FACTORS);

    private AcrValues() {}

    /** @param text values with blanks between; null: none */
    static List<String> read(@Nullable String text) {
        return text == null ? List.of() : List.of(text.split(" ", -1));
    }

    /** Whether a password alone would not do, and two factors would. */
    static boolean demandTwoFactors(List<String> wanted) {
        return wanted.contains(StandardClaims.ACR_TWO_FACTORS) && !wanted.contains(StandardClaims.ACR_PASSWORD);
    }

    static boolean haveOneOfOurs(List<String> wanted) {
        return !Collections.disjoint(wanted, SUPPORTED);
    }
}
