package io.gatehouse.store;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Users.Authenticate;
import io.gatehouse.common.message.Users.Authentication;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.gatehouse.store.LoginThrottle.Attempt;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Throttle, then the password, then the states of user and client: in this order, so that a stranger learns nothing and
 * costs little.
 */
final class LoginService {
    private static final Duration HEADROOM = Duration.ofMillis(1500);

    private final Store store;
    private final LoginThrottle throttle;
    private final PasswordLane lane;
    private final Tickets tickets;
    private final Clock clock;

    LoginService(Store store, LoginThrottle throttle, PasswordLane lane, Tickets tickets, Clock clock) {
        this.store = store;
        this.throttle = throttle;
        this.lane = lane;
        this.tickets = tickets;
        this.clock = clock;
    }

    Future<Authentication> authenticate(Authenticate request) {
        Attempt attempt = throttle.attempt(request);
        return store.limits()
                .reserve(attempt.all(), clock.instant())
                .compose(delay -> delay.isZero() ? check(request, attempt) : throttled(request, delay));
    }

    private static Future<Authentication> throttled(Authenticate request, Duration delay) {
        AuditLine.of("login", request.tenant()).client(request.clientId()).outcome("throttled");
        return Future.failedFuture(new OAuthError.Throttled(delay).failure());
    }

    /** Only a wrong password counts as a failure, neither a right one nor one that nobody looked at. */
    private Future<Authentication> check(Authenticate request, Attempt attempt) {
        return store.users()
                .login(request.tenant(), request.loginName(), request.clientId())
                .compose(rows -> lane.verify(request.password(), hash(rows.user()), patience(request))
                        .map(matches -> conclude(request, rows, matches)))
                .transform(outcome -> outcome.succeeded() && isBadCredentials(outcome.result())
                        ? Future.succeededFuture(outcome.result())
                        : store.limits()
                                .refund(attempt.failuresOnly(), clock.instant())
                                .transform(refunded -> same(outcome)));
    }

    /** Less than the asker's: it shall hear that the queue is long, not wonder whether we are gone. */
    private static Duration patience(Authenticate request) {
        return request.timeout().minus(HEADROOM);
    }

    private static @Nullable Secret hash(@Nullable User user) {
        return user == null ? null : user.passwordHash();
    }

    private static boolean isBadCredentials(Authentication outcome) {
        return outcome instanceof Authentication.Rejected rejected && rejected.reason() == Rejection.BAD_CREDENTIALS;
    }

    private static <T> Future<T> same(AsyncResult<T> outcome) {
        return outcome.succeeded() ? Future.succeededFuture(outcome.result()) : Future.failedFuture(outcome.cause());
    }

    private Authentication conclude(Authenticate request, LoginRows rows, boolean matches) {
        User user = rows.user();
        Client client = rows.client();
        Rejection rejection = rejection(request, user, client, matches);
        AuditLine.of("login", request.tenant())
                .client(request.clientId())
                .subject(user == null ? null : user.profile().subject())
                .outcome(rejection == null ? "authenticated" : rejection);
        return rejection != null || user == null || client == null
                ? new Authentication.Rejected(rejection == null ? Rejection.BAD_CREDENTIALS : rejection)
                : authenticated(request, user, client);
    }

    private Authentication authenticated(Authenticate request, User user, Client client) {
        Instant now = clock.instant();
        return new Authentication.Authenticated(
                tickets.afterLogin(request, user, client, now), tickets.profile(user, now));
    }

    private static @Nullable Rejection rejection(
            Authenticate request, @Nullable User user, @Nullable Client client, boolean matches) {
        if (user == null || !matches) {
            return Rejection.BAD_CREDENTIALS;
        }
        Rejection byState = rejection(user.profile().state());
        if (byState != null) {
            return byState;
        }
        Rejection byName = rejection(request.loginName().kind(), user.profile());
        if (byName != null) {
            return byName;
        }
        return mayLogIn(client, request) ? null : Rejection.CLIENT_NOT_ALLOWED;
    }

    private static @Nullable Rejection rejection(UserState state) {
        return switch (state) {
            case ACTIVE -> null;
            case PENDING -> Rejection.PENDING;
            case SUSPENDED -> Rejection.SUSPENDED;
            case DEACTIVATED -> Rejection.DEACTIVATED;
            case BLOCKED -> Rejection.BLOCKED;
        };
    }

    private static @Nullable Rejection rejection(LoginName.Kind namedBy, UserProfile profile) {
        if (LoginRules.mayBeNamedBy(namedBy, profile)) {
            return null;
        }
        return namedBy == LoginName.Kind.PHONE ? Rejection.PHONE_NOT_VERIFIED : Rejection.EMAIL_NOT_VERIFIED;
    }

    /** A built-in client stands for its own family's paths only; any other must have shown a secret to stand for itself. */
    private static boolean mayLogIn(@Nullable Client client, Authenticate request) {
        if (client == null || client.disabled()) {
            return false;
        }
        return client.clientId().startsWith(BuiltInClients.PREFIX)
                ? client.clientId().equals(BuiltInClients.clientId(request.family()))
                : !client.isPublic();
    }
}
