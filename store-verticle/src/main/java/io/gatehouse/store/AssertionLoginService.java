package io.gatehouse.store;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.AssertionStatement;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.OneTimeValues.Kind;
import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.common.message.Users.AssertionLogin;
import io.gatehouse.common.message.Users.AssertionRefusal;
import io.gatehouse.common.message.Users.AuthenticateByAssertion;
import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserState;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Logins by an assertion of somebody whom the tenant trusts: it is spent first, then the states of user and client count. */
final class AssertionLoginService {
    private final Store store;
    private final OneTimeValueService values;
    private final Attestor attestor;
    private final Tickets tickets;
    private final Clock clock;

    AssertionLoginService(Store store, OneTimeValueService values, Attestor attestor, Tickets tickets, Clock clock) {
        this.store = store;
        this.values = values;
        this.attestor = attestor;
        this.tickets = tickets;
        this.clock = clock;
    }

    /** @return fails with invalid_grant where the statement is none of the token role's, or too old */
    Future<AssertionLogin> authenticate(AuthenticateByAssertion request) {
        Instant now = clock.instant();
        AssertionStatement statement = attestor.verify(request.statement(), AssertionStatement.class);
        if (statement == null || !now.isBefore(statement.expiresAt())) {
            return Future.failedFuture(OAuthError.failure(Code.INVALID_GRANT, "the statement is not valid"));
        }
        Spend spend = new Spend(
                statement.tenant(),
                Kind.AUTHORIZATION_GRANT,
                statement.issuer(),
                statement.replay(),
                statement.replaySince(),
                statement.replayUntil());
        return values.spend(spend)
                .compose(spent -> spent.first()
                        ? find(statement).map(rows -> conclude(statement, request.access(), rows))
                        : Future.succeededFuture(refused(statement, AssertionRefusal.REPLAYED)));
    }

    private Future<LoginRows> find(AssertionStatement statement) {
        LoginName name = statement.user();
        String subject = statement.subject();
        if (name != null) {
            return store.users().login(statement.tenant(), name, statement.clientId());
        }
        return subject == null
                ? Future.succeededFuture(new LoginRows(null, null))
                : store.users()
                        .find(statement.tenant(), subject)
                        .compose(user -> store.clients()
                                .find(statement.tenant(), statement.clientId())
                                .map(client -> new LoginRows(user, client)));
    }

    private AssertionLogin conclude(AssertionStatement statement, @Nullable RequestedAccess access, LoginRows rows) {
        User user = rows.user();
        Client client = rows.client();
        if (user == null || !mayLogIn(user, statement.user())) {
            return refused(statement, AssertionRefusal.SUBJECT_REFUSED);
        }
        if (client == null
                || client.disabled()
                || client.epoch() != statement.clientEpoch()
                || !mayHave(client, access)) {
            return refused(statement, AssertionRefusal.CLIENT_REFUSED);
        }
        AuditLine.of("assertion_login", statement.tenant())
                .client(statement.clientId())
                .subject(user.profile().subject())
                .outcome("authenticated");
        return new AssertionLogin.Accepted(tickets.afterAssertion(statement, access, user, client, clock.instant()));
    }

    private static boolean mayLogIn(User user, @Nullable LoginName name) {
        return user.profile().state() == UserState.ACTIVE
                && (name == null || LoginRules.mayBeNamedBy(name.kind(), user.profile()));
    }

    private static boolean mayHave(Client client, @Nullable RequestedAccess access) {
        AccessLimits limits = client.extensions().access();
        List<String> registered = limits == null ? List.of() : limits.resources();
        return access == null || registered.containsAll(access.resources());
    }

    private static AssertionLogin refused(AssertionStatement statement, AssertionRefusal reason) {
        AuditLine.of("assertion_login", statement.tenant())
                .client(statement.clientId())
                .outcome(reason);
        return new AssertionLogin.Refused(reason);
    }
}
