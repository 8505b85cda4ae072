package io.gatehouse.gateway.page;

import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user sees of the own account.
 *
 * @param path of the account page, which its forms' paths begin with
 * @param box sealed, for the forms: whoever sends one has seen this page in this session
 * @param secondFactor whether the user has one
 * @param recovery a sentence on the recovery codes that are left; null: none has been used
 * @param notice key of the text that says what has just been done; null: nothing
 */
public record AccountView(
        String path,
        String box,
        String userName,
        List<ProfileLine> profile,
        List<SessionLine> sessions,
        List<ConsentLine> consents,
        boolean secondFactor,
        @Nullable String recovery,
        @Nullable String notice) {
    /** Fewer want to be replaced while one can still log in. */
    private static final int FEW_CODES = 3;

    public AccountView {
        profile = List.copyOf(profile);
        sessions = List.copyOf(sessions);
        consents = List.copyOf(consents);
    }

    static AccountView of(
            Sessions.Current current, Sessions.Overviewed seen, Look look, String box, @Nullable String notice) {
        return new AccountView(
                look.path(PagePaths.ACCOUNT),
                box,
                nameOf(current.user()),
                profile(current.user()),
                seen.sessions().stream()
                        .map(session -> SessionLine.of(session, current.sid(), look.texts()))
                        .toList(),
                seen.consents().stream()
                        .map(consent -> ConsentLine.of(consent, look))
                        .toList(),
                SecondFactor.isIn(current.amr()),
                recovery(seen.spentRecoveryCodes(), look.texts()),
                notice);
    }

    private static @Nullable String recovery(int spent, Texts texts) {
        int left = SecondFactor.RECOVERY_CODES - spent;
        return spent == 0
                ? null
                : texts.get(
                        left < FEW_CODES ? "account.factor.recovery.few" : "account.factor.recovery",
                        String.valueOf(left));
    }

    /** What the user is called on the pages. */
    static String nameOf(UserProfile user) {
        return Objects.requireNonNullElse(user.name(), user.username());
    }

    private static List<ProfileLine> profile(UserProfile user) {
        List<ProfileLine> lines = new ArrayList<>();
        add(lines, "name", user.name(), false);
        add(lines, "username", user.username(), false);
        add(lines, "email", user.email(), !user.emailVerified());
        add(lines, "phone", user.phone(), !user.phoneVerified());
        add(lines, "address", user.claims().get("address"), false);
        return lines;
    }

    private static void add(List<ProfileLine> lines, String name, @Nullable String value, boolean unverified) {
        if (value != null) {
            lines.add(new ProfileLine("account.profile." + name, value, unverified));
        }
    }
}
