package io.gatehouse.store;

import io.gatehouse.common.message.Users.Authenticate;
import io.gatehouse.common.message.Users.Authentication;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.User;
import io.gatehouse.store.PasswordGate.Checked;
import io.gatehouse.store.PasswordGate.Shown;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Logins without a browser: throttle and password, then the states of user and client. */
final class LoginService {
    private final DirectoryStore.Users users;
    private final SessionStore.SecondFactors factors;
    private final PasswordGate gate;
    private final Tickets tickets;
    private final Clock clock;

    LoginService(
            DirectoryStore.Users users,
            SessionStore.SecondFactors factors,
            PasswordGate gate,
            Tickets tickets,
            Clock clock) {
        this.users = users;
        this.factors = factors;
        this.gate = gate;
        this.tickets = tickets;
        this.clock = clock;
    }

    Future<Authentication> authenticate(Authenticate request) {
        Shown shown = new Shown(
                request.tenant(),
                request.loginName(),
                request.password(),
                request.remoteAddress(),
                request.timeout().minus(PasswordGate.HEADROOM));
        AuditLine line = AuditLine.of("login", request.tenant()).client(request.clientId());
        return gate.check(shown, line, () -> users.login(request.tenant(), request.loginName(), request.clientId()))
                .compose(checked -> conclude(request, checked, line));
    }

    private Future<Authentication> conclude(Authenticate request, Checked checked, AuditLine line) {
        User user = checked.rows().user();
        // After the user: one who enrols meanwhile is of another generation than the ticket says.
        return user == null || !checked.matches()
                ? Future.succeededFuture(conclude(request, checked, false, line))
                : factors.find(request.tenant(), user.profile().subject())
                        .map(factor -> conclude(request, checked, factor != null, line));
    }

    private Authentication conclude(Authenticate request, Checked checked, boolean hasFactor, AuditLine line) {
        User user = checked.rows().user();
        Client client = checked.rows().client();
        Rejection rejection = rejection(request, checked, hasFactor);
        line.subject(user == null ? null : user.profile().subject())
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

    private static @Nullable Rejection rejection(Authenticate request, Checked checked, boolean hasFactor) {
        Rejection ofUser = LoginRules.rejection(
                checked.rows().user(), checked.matches(), request.loginName().kind());
        if (ofUser != null) {
            return ofUser;
        }
        if (!mayLogIn(checked.rows().client(), request)) {
            return Rejection.CLIENT_NOT_ALLOWED;
        }
        return hasFactor ? Rejection.SECOND_FACTOR_NEEDED : null;
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
