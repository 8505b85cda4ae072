package io.gatehouse.store;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Client;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers {@link Clients}: the store's word on a client is attested, for the token role. */
final class ClientService {
    /** For so long gateways may remember a client whose change they did not hear of. */
    private static final Duration STATEMENT_LIFE = Duration.ofSeconds(60);

    private final DirectoryStore.Clients clients;
    private final RegistrationUse uses;
    private final Attestor attestor;
    private final Announcer announcer;
    private final Clock clock;

    ClientService(
            DirectoryStore.Clients clients, RegistrationUse uses, Attestor attestor, Announcer announcer, Clock clock) {
        this.clients = clients;
        this.uses = uses;
        this.attestor = attestor;
        this.announcer = announcer;
        this.clock = clock;
    }

    Future<?> answer(Clients<?> request) {
        return switch (request) {
            case Clients.Find find ->
                clients.find(find.tenant(), find.clientId())
                        .compose(client -> uses.notice(client, clock.instant()))
                        .map(this::found);
            case Clients.Declare declare -> declare(declare.client());
        };
    }

    private Clients.Found found(@Nullable Client client) {
        return new Clients.Found(
                client == null
                        ? null
                        : attestor.attest(
                                new ClientStatement(client, clock.instant().plus(STATEMENT_LIFE))));
    }

    private Future<Clients.Declared> declare(Client client) {
        if (client.clientId().startsWith(BuiltInClients.PREFIX)) {
            return Future.failedFuture(OAuthError.failure(
                    Code.INVALID_REQUEST, "client ids that start with " + BuiltInClients.PREFIX + " are built in"));
        }
        return clients.declare(client).map(changed -> {
            if (changed) {
                announcer.clientChanged(client.tenant(), client.clientId());
                AuditLine.of("client_declared", client.tenant())
                        .client(client.clientId())
                        .outcome("changed");
            }
            return new Clients.Declared(changed);
        });
    }
}
