package io.gatehouse.store;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserState;
import io.vertx.core.Future;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Answers {@link Users}, but for logins. */
final class UserService {
    private final DirectoryStore.Users users;
    private final LoginService logins;
    private final AssertionLoginService assertionLogins;
    private final Tickets tickets;
    private final PasswordLane lane;
    private final Announcer announcer;
    private final Clock clock;

    UserService(
            DirectoryStore.Users users,
            LoginService logins,
            AssertionLoginService assertionLogins,
            Tickets tickets,
            PasswordLane lane,
            Announcer announcer,
            Clock clock) {
        this.users = users;
        this.logins = logins;
        this.assertionLogins = assertionLogins;
        this.tickets = tickets;
        this.lane = lane;
        this.announcer = announcer;
        this.clock = clock;
    }

    Future<?> answer(Users<?> request) {
        return switch (request) {
            case Users.Authenticate authenticate -> logins.authenticate(authenticate);
            case Users.AuthenticateByAssertion authenticate -> assertionLogins.authenticate(authenticate);
            case Users.Find find -> users.find(find.tenant(), find.subject()).map(UserService::found);
            case Users.Vouch vouch ->
                users.find(vouch.tenant(), vouch.subject()).map(this::vouched);
            case Users.LogOut logOut -> logOut(logOut);
            case Users.Declare declare -> declare(declare);
        };
    }

    private static Users.Found found(@Nullable User user) {
        return new Users.Found(user == null ? null : user.profile());
    }

    private Users.Vouched vouched(@Nullable User user) {
        return new Users.Vouched(
                user != null && user.profile().state() == UserState.ACTIVE
                        ? tickets.profile(user, clock.instant())
                        : null);
    }

    private Future<Users.LoggedOut> logOut(Users.LogOut request) {
        return users.logOut(request.tenant(), request.subject(), clock.instant())
                .map(denials -> {
                    AuditLine.of("logout", request.tenant())
                            .subject(request.subject())
                            .outcome(denials.isEmpty() ? "unknown" : "ended");
                    return new Users.LoggedOut(announcer.denied(denials));
                });
    }

    /** The password of a user who is there already is not even hashed. */
    private Future<Users.Declared> declare(Users.Declare request) {
        Secret password = request.password();
        if (password != null && password.value().length() > PasswordLane.LONGEST_PASSWORD_BYTES) {
            return Future.failedFuture(OAuthError.failure(
                    Code.INVALID_REQUEST,
                    "the password is longer than " + PasswordLane.LONGEST_PASSWORD_BYTES + " bytes"));
        }
        LoginName username =
                new LoginName(LoginName.Kind.USERNAME, request.profile().username());
        return users.named(request.profile().tenant(), username)
                .compose(existing -> existing != null || password == null
                        ? Future.succeededFuture()
                        : lane.hash(password, request.timeout()))
                .compose(hash -> users.declare(request.profile(), hash))
                .map(changed -> declared(request, changed));
    }

    private static Users.Declared declared(Users.Declare request, boolean changed) {
        if (changed) {
            AuditLine.of("user_declared", request.profile().tenant())
                    .subject(request.profile().subject())
                    .outcome("changed");
        }
        return new Users.Declared(changed);
    }
}
