package io.gatehouse.common.model;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One value of a user's profile, as a mapping names it.
 *
 * @param claim which of the further claims, where {@code field} is {@code CLAIM}; else null
 */
public record ProfileValue(Field field, @Nullable String claim) {
    public enum Field {
        /** The subject's UUID without dashes. */
        UID,
        USERNAME,
        NAME,
        EMAIL,
        EMAIL_VERIFIED,
        PHONE,
        PHONE_VERIFIED,
        EMPLOYEE_ID,
        ROLES,
        CLAIM
    }

    private static final Map<String, Field> PATHS = new TreeMap<>(Map.of(
            "Uid", Field.UID,
            "UserName", Field.USERNAME,
            "FullName", Field.NAME,
            "Email[0].Value", Field.EMAIL,
            "EmailVerified", Field.EMAIL_VERIFIED,
            "PhoneId", Field.PHONE,
            "PhoneIdVerified", Field.PHONE_VERIFIED,
            "ExternalIds[0].SourceId", Field.EMPLOYEE_ID,
            "Roles", Field.ROLES));

    private static final String CLAIMS = "CustomFields.";

    /** What {@link #parse} reads, for messages. */
    public static final String NOTATIONS = String.join(", ", PATHS.keySet()) + " and " + CLAIMS + "NAME";

    /** Null where {@code path} names no value of a profile. */
    public static @Nullable ProfileValue parse(String path) {
        Field field = PATHS.get(path);
        if (field != null) {
            return new ProfileValue(field, null);
        }
        return path.startsWith(CLAIMS) && path.length() > CLAIMS.length()
                ? new ProfileValue(Field.CLAIM, path.substring(CLAIMS.length()))
                : null;
    }
}
