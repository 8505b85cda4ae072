package io.gatehouse.store;

import static io.gatehouse.store.RegistrationSamples.policy;
import static io.gatehouse.store.RegistrationSamples.tenant;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.ClientDraft;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Registrations.Admit;
import io.gatehouse.common.message.Registrations.Register;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.RegistrationPolicy.Mode;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SelfRegistration.Source;
import io.gatehouse.common.model.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tenant, and clients that register there by themselves. */
abstract class RegistrationCase extends RoleCase {
    static final String ADDRESS = "203.0.113.7";
    static final String DOCUMENT = "https://app.example.org/client";
    static final Digest TOKEN = Digest.of("initial two");
    static final Digest ACCESS_TOKEN = RegistrationSamples.ACCESS_TOKEN;

    void allow(Mode mode, long most) {
        ask(new Tenants.Declare(tenant(policy(mode, most))));
    }

    void disable(String clientId) {
        Await.result(role.store().clients().disable(Tenant.MAIN, clientId, clock.instant()));
    }

    static Admit admit(@Nullable Digest token) {
        return new Admit(Tenant.MAIN, Source.REGISTRATION, token, ADDRESS);
    }

    Register register(Client client, @Nullable Digest token) {
        return new Register(draft(client), token, ACCESS_TOKEN, false);
    }

    Register vouched(Client client) {
        return new Register(draft(client), null, ACCESS_TOKEN, true);
    }

    Attestation draft(Client client) {
        return attestor.attest(new ClientDraft(client, clock.instant().plusSeconds(5)));
    }

    static Client stranger(String clientId) {
        return RegistrationSamples.client(Tenant.MAIN, clientId, 0);
    }

    static Client replacement(String clientId, long version) {
        return RegistrationSamples.client(Tenant.MAIN, clientId, "Another name", Source.REGISTRATION, version);
    }

    static Client document(String clientId, String name, long version) {
        return RegistrationSamples.client(Tenant.MAIN, clientId, name, Source.METADATA_DOCUMENT, version);
    }

    static Client withGrant(String clientId, String grant, long version) {
        Client client = RegistrationSamples.client(Tenant.MAIN, clientId, version);
        return copy(client, List.of("authorization_code", grant), client.scope(), client.oauth());
    }

    static Client with(Client client, Scope scope, OAuthRegistration extensions) {
        return copy(client, client.grantTypes(), scope, extensions);
    }

    static Client copy(Client client, List<String> grants, Scope scope, @Nullable OAuthRegistration extensions) {
        return new Client(
                client.tenant(),
                client.clientId(),
                client.clientName(),
                client.authMethod(),
                client.secretDigests(),
                null,
                client.redirectUris(),
                grants,
                client.responseTypes(),
                scope,
                null,
                true,
                false,
                0,
                client.version(),
                client.createdAt(),
                null,
                null,
                null,
                extensions,
                client.selfRegistration());
    }

    Client found(String clientId) {
        Attestation statement = ask(new Clients.Find(Tenant.MAIN, clientId)).client();
        return statement == null ? null : statement.read(ClientStatement.class).client();
    }

    Code code(Request<?> request) {
        return ((OAuthError.Protocol) Await.error(bus.ask(request))).code();
    }
}
