package io.gatehouse.common.config;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user to create.
 *
 * @param username unique in the tenant, whatever its case
 * @param password set when the user is made and never touched again, or null: no login by password
 * @param name shown to people, or null
 * @param email or null
 * @param emailVerified whether the address is known to be theirs
 * @param phone in E.164 form, or null
 * @param phoneVerified whether the number is known to be theirs; null: if there is one
 * @param employeeId or null
 * @param roles what the user may do, as applications understand it
 * @param tenant the tenant's id
 * @param disabled whether the user is made disabled
 */
public record BootstrapUser(
        @Key(
                doc = "The name to log in with, unique in the tenant whatever its case.",
                required = true,
                min = "1",
                max = "200")
        String username,

        @Key(
                doc = "The first password; a later start never changes it. Absent: no login by password.",
                min = "8",
                max = "1024")
        @Nullable
        SecretValue password,

        @Key(doc = "The name shown to people.", max = "200", masked = true) @Nullable
        String name,

        @Key(doc = "The e-mail address.", max = "254", masked = true) @Nullable
        String email,

        @Key(doc = "Whether the address is known to be theirs.", defaultValue = "false")
        boolean emailVerified,

        @Key(doc = "The phone number in E.164 form, such as +15550100.", masked = true) @Nullable
        String phone,

        @Key(doc = "Whether the number is known to be theirs. A number that is given is, unless this is false.")
        @Nullable
        Boolean phoneVerified,

        @Key(doc = "The employee number.", max = "200", masked = true) @Nullable
        String employeeId,

        @Key(doc = "What the user may do, as applications understand it.", min = "1", max = "200")
        List<String> roles,

        @Key(doc = "The tenant's id.", defaultValue = BootstrapConfig.MAIN_TENANT)
        String tenant,

        @Key(doc = "Whether the user is made disabled.", defaultValue = "false")
        boolean disabled)
        implements Checked {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{1,14}");
    // The shape only: whether an address exists is found out by writing to it.
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@.]+(\\.[^\\s@.]+)*");

    /** Copies its list. */
    public BootstrapUser {
        roles = List.copyOf(roles);
    }

    @Override
    public void check(Rules rules) {
        rules.require(username.strip().equals(username), "username", "starts or ends with a blank: remove it");
        rules.require(
                email == null || EMAIL.matcher(email).matches(), "email", "is no e-mail address: write name@domain");
        rules.require(
                phone == null || E164.matcher(phone).matches(),
                "phone",
                "is no E.164 number: write + and 2 to 15 digits, in quotes");
        rules.require(email != null || !emailVerified, "email_verified", "is true without an email: add the address");
        rules.require(
                phone != null || !Boolean.TRUE.equals(phoneVerified),
                "phone_verified",
                "is true without a phone: add the number");
    }

    @Override
    public String toString() {
        return "BootstrapUser[" + username + " of " + tenant + "]";
    }
}
