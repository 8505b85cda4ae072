package io.gatehouse.store;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientDraft;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Registrations;
import io.gatehouse.common.message.Registrations.Admit;
import io.gatehouse.common.message.Registrations.Admitted;
import io.gatehouse.common.message.Registrations.Deleted;
import io.gatehouse.common.message.Registrations.Found;
import io.gatehouse.common.message.Registrations.Present;
import io.gatehouse.common.message.Registrations.Read;
import io.gatehouse.common.message.Registrations.Register;
import io.gatehouse.common.message.Registrations.Registered;
import io.gatehouse.common.message.Registrations.Replace;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RegistrationPolicy;
import io.gatehouse.common.model.SelfRegistration;
import io.gatehouse.common.model.SelfRegistration.Source;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Answers {@link Registrations}: what a tenant lets strangers do is decided here, whatever a gateway asks. */
final class RegistrationService {
    private static final Duration STATEMENT_LIFE = Duration.ofSeconds(60);
    /** Places come back as others are forgotten. */
    private static final Duration FULL = Duration.ofHours(1);

    private final Store store;
    private final RegistrationThrottle throttle;
    private final Attestor attestor;
    private final Announcer announcer;
    private final Clock clock;

    RegistrationService(
            Store store, RegistrationThrottle throttle, Attestor attestor, Announcer announcer, Clock clock) {
        this.store = store;
        this.throttle = throttle;
        this.attestor = attestor;
        this.announcer = announcer;
        this.clock = clock;
    }

    Future<?> answer(Registrations<?> request) {
        Instant now = clock.instant();
        return switch (request) {
            case Admit admit -> admit(admit, now);
            case Register register -> register(register, now);
            case Read read -> read(read, now);
            case Replace replace -> replace(replace, now);
            case Registrations.Delete delete -> delete(delete, now);
            case Present present -> present(present, now);
        };
    }

    private Future<Admitted> admit(Admit request, Instant now) {
        return policy(request.tenant()).compose(policy -> {
            boolean trusted = RegistrationGate.admit(policy, request.source(), request.initialAccessToken());
            return reserve(request.tenant(), throttle.of(request), now).map(reserved -> new Admitted(trusted));
        });
    }

    private Future<Void> reserve(String tenant, List<Limit> limits, Instant now) {
        return Reservation.make(store.limits(), limits, AuditLine.of("registration", tenant), now);
    }

    private Future<Registered> register(Register request, Instant now) {
        Client draft = draft(request.draft(), now);
        return policy(draft.tenant()).compose(policy -> {
            boolean trusted = RegistrationGate.admit(policy, Source.REGISTRATION, request.initialAccessToken());
            Client client =
                    new RegistrationRules(policy, now).added(draft, trusted, request.vouched(), request.accessToken());
            return add(client, policy, now);
        });
    }

    private Future<Registered> add(Client client, RegistrationPolicy policy, Instant now) {
        return store.registrations()
                .add(client, policy.unusedLife(), policy.mostClients(), now)
                .map(added -> {
                    audit("client_registered", client).outcome(added ? "registered" : "too_many");
                    if (!added) {
                        throw new OAuthError.Throttled(FULL).failure();
                    }
                    return changed(client);
                });
    }

    private Future<Found> read(Read request, Instant now) {
        return own(request.tenant(), request.clientId(), request.accessToken())
                .map(RegistrationGate::enabled)
                .compose(client -> reserve(client.tenant(), throttle.of(client), now)
                        .map(reserved ->
                                new Found(attestor.attest(new ClientStatement(client, now.plus(STATEMENT_LIFE))))));
    }

    private Future<Registered> replace(Replace request, Instant now) {
        Client draft = draft(request.draft(), now);
        return own(draft.tenant(), draft.clientId(), request.accessToken())
                .map(RegistrationGate::enabled)
                .compose(existing -> policy(draft.tenant()).compose(policy -> {
                    RegistrationGate.checkChangeable(policy);
                    RegistrationRules rules = new RegistrationRules(policy, now);
                    return write(draft, rules.replaced(existing, draft, request.vouched()));
                }));
    }

    /** The draft says what it was made to replace. */
    private Future<Registered> write(Client draft, Client next) {
        Future<Boolean> written = draft.version() + 1 == next.version()
                ? store.registrations().replace(next)
                : Future.succeededFuture(false);
        return written.map(done -> {
            if (!done) {
                throw new OAuthError.Conflict("client").failure();
            }
            audit("client_changed_itself", next).outcome("changed");
            return changed(next);
        });
    }

    private Future<Deleted> delete(Registrations.Delete request, Instant now) {
        return own(request.tenant(), request.clientId(), request.accessToken())
                .map(RegistrationGate::enabled)
                .compose(client -> store.registrations()
                        .remove(client.tenant(), client.clientId(), client.version(), now)
                        .map(denials -> {
                            if (denials == null) {
                                throw new OAuthError.Conflict("client").failure();
                            }
                            audit("client_deleted_itself", client).outcome("deleted");
                            announcer.clientChanged(client.tenant(), client.clientId());
                            return new Deleted(announcer.denied(denials));
                        }));
    }

    private Future<Registered> present(Present request, Instant now) {
        Client draft = draft(request.draft(), now);
        return policy(draft.tenant()).compose(policy -> {
            boolean unused = RegistrationGate.admit(policy, Source.METADATA_DOCUMENT, null);
            RegistrationRules rules = new RegistrationRules(policy, now);
            return store.clients()
                    .find(draft.tenant(), draft.clientId())
                    .compose(existing -> existing == null
                            ? add(rules.added(draft, false, false, null), policy, now)
                            : renew(existing, draft, rules));
        });
    }

    private Future<Registered> renew(Client existing, Client draft, RegistrationRules rules) {
        SelfRegistration before = existing.selfRegistration();
        if (existing.disabled() || before == null || before.source() != Source.METADATA_DOCUMENT) {
            return Future.succeededFuture(new Registered(existing));
        }
        Client next = rules.replaced(existing, draft, false);
        if (next.inState(false, existing.epoch(), existing.version()).equals(existing)) {
            return Future.succeededFuture(new Registered(existing));
        }
        return store.registrations().replace(next).map(done -> {
            audit("client_document", next).outcome(done ? "changed" : "overtaken");
            return changed(next);
        });
    }

    /** One that is not there looks like one whose token is another. */
    private Future<Client> own(String tenant, String clientId, Digest accessToken) {
        return store.clients().find(tenant, clientId).map(client -> RegistrationGate.own(client, accessToken));
    }

    private Future<RegistrationPolicy> policy(String tenant) {
        return store.tenants().find(tenant).map(found -> {
            if (found == null) {
                throw new OAuthError.NotFound("tenant").failure();
            }
            return found.registrations();
        });
    }

    private Client draft(Attestation attestation, Instant now) {
        ClientDraft draft = attestor.verify(attestation, ClientDraft.class);
        if (draft == null || !now.isBefore(draft.notAfter())) {
            throw OAuthError.failure(Code.INVALID_REQUEST, "the client's data is stale: send it again");
        }
        return draft.client();
    }

    private Registered changed(Client client) {
        announcer.clientChanged(client.tenant(), client.clientId());
        return new Registered(client);
    }

    private static AuditLine audit(String event, Client client) {
        return AuditLine.of(event, client.tenant()).client(client.clientId());
    }
}
