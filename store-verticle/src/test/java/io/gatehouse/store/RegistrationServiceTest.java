package io.gatehouse.store;

import static io.gatehouse.store.RegistrationSamples.policy;
import static io.gatehouse.store.RegistrationSamples.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientDraft;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Registrations.Admit;
import io.gatehouse.common.message.Registrations.Delete;
import io.gatehouse.common.message.Registrations.Present;
import io.gatehouse.common.message.Registrations.Read;
import io.gatehouse.common.message.Registrations.Register;
import io.gatehouse.common.message.Registrations.Replace;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.ExchangePolicy;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.PkceDemand;
import io.gatehouse.common.model.RegistrationPolicy.Mode;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SelfRegistration.Source;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationServiceTest extends RoleCase {
    private static final String ADDRESS = "203.0.113.7";
    private static final String DOCUMENT = "https://app.example.org/client";
    private static final Digest TOKEN = Digest.of("initial two");
    private static final Digest ACCESS_TOKEN = RegistrationSamples.ACCESS_TOKEN;

    @Test
    void aTenantThatSaysNothing_letsNobodyRegister() {
        assertThat(code(admit(null))).isEqualTo(Code.ACCESS_DENIED);
        assertThat(code(admit(TOKEN))).isEqualTo(Code.ACCESS_DENIED);
        assertThat(code(register(stranger("a"), null))).isEqualTo(Code.ACCESS_DENIED);
        assertThat(code(new Admit(Tenant.MAIN, Source.METADATA_DOCUMENT, null, ADDRESS)))
                .isEqualTo(Code.ACCESS_DENIED);
        assertThat(code(new Present(draft(document(DOCUMENT, "App", 0))))).isEqualTo(Code.ACCESS_DENIED);
    }

    @Test
    void modeToken_takesOneOfItsTokens() {
        allow(Mode.TOKEN, 10);
        assertThat(code(admit(null))).isEqualTo(Code.INVALID_TOKEN);
        assertThat(code(admit(Digest.of("initial three")))).isEqualTo(Code.INVALID_TOKEN);
        assertThat(code(register(stranger("a"), null))).isEqualTo(Code.INVALID_TOKEN);
        assertThat(ask(admit(TOKEN)).trusted()).isTrue();
        Client registered = ask(register(stranger("a"), TOKEN)).client();
        assertThat(registered.selfRegistration().verified()).isTrue();
        assertThat(registered.selfRegistration().trusted()).isTrue();
        assertThat(found("a")).isEqualTo(registered);
    }

    @Test
    void modeOpen_takesAnybody_andVouchesForNobody() {
        allow(Mode.OPEN, 10);
        assertThat(ask(admit(null)).trusted()).isFalse();
        assertThat(code(admit(Digest.of("initial three")))).as("a wrong token").isEqualTo(Code.INVALID_TOKEN);
        Client registered = ask(register(stranger("a"), null)).client();
        assertThat(registered.selfRegistration().verified()).isFalse();
        assertThat(registered.pkce()).isEqualTo(PkceDemand.ALWAYS);
        assertThat(registered.version()).isEqualTo(1);
        assertThat(registered.selfRegistration().accessToken()).isEqualTo(ACCESS_TOKEN);
        assertThat(ask(register(stranger("b"), TOKEN))
                        .client()
                        .selfRegistration()
                        .verified())
                .isTrue();
        Register vouched = new Register(draft(stranger("c")), null, ACCESS_TOKEN, true);
        assertThat(ask(vouched).client().selfRegistration().verified()).isTrue();
        assertThat(ask(vouched(stranger("d"))).client().selfRegistration().trusted())
                .isFalse();
    }

    @Test
    void modeOff_letsNobodyRegisterOrChange_butLeave() {
        allow(Mode.OPEN, 10);
        ask(register(stranger("a"), null));
        allow(Mode.OFF, 10);
        assertThat(code(admit(TOKEN))).isEqualTo(Code.ACCESS_DENIED);
        assertThat(code(register(stranger("b"), TOKEN))).isEqualTo(Code.ACCESS_DENIED);
        assertThat(code(new Replace(draft(replacement("a", 1)), ACCESS_TOKEN, false)))
                .isEqualTo(Code.ACCESS_DENIED);
        assertThat(ask(new Read(Tenant.MAIN, "a", ACCESS_TOKEN)).client()).isNotNull();
        assertThat(ask(new Delete(Tenant.MAIN, "a", ACCESS_TOKEN)).denials()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_credentials", "urn:ietf:params:oauth:grant-type:device_code"})
    void strangers_getNoGrantButTheCode_whenTheyComeAndWhenTheyChange(String grant) {
        allow(Mode.OPEN, 10);
        assertThat(code(register(withGrant("a", grant, 0), null))).isEqualTo(Code.INVALID_CLIENT_METADATA);
        assertThat(ask(register(withGrant("b", grant, 0), TOKEN)).client().grantTypes())
                .contains(grant);
        ask(register(stranger("a"), null));
        assertThat(code(new Replace(draft(withGrant("a", grant, 1)), ACCESS_TOKEN, false)))
                .isEqualTo(Code.INVALID_CLIENT_METADATA);
        assertThat(code(new Replace(draft(withGrant("a", grant, 1)), ACCESS_TOKEN, true)))
                .as("a software statement lets have no more")
                .isEqualTo(Code.INVALID_CLIENT_METADATA);
        assertThat(ask(new Replace(draft(withGrant("b", grant, 1)), ACCESS_TOKEN, false))
                        .client()
                        .grantTypes())
                .contains(grant);
    }

    @Test
    void nobodyGetsWhatOperatorsGive() {
        allow(Mode.TOKEN, 10);
        assertThat(code(register(withGrant("a", "password", 0), TOKEN))).isEqualTo(Code.INVALID_CLIENT_METADATA);
        OAuthRegistration greedy = new OAuthRegistration(
                null,
                null,
                false,
                new AccessLimits(List.of("https://api.example.org", "https://other.example.org"), List.of("payment")),
                null,
                new ExchangePolicy(List.of("web"), true, true),
                null,
                null);
        Client registered = ask(register(with(stranger("a"), Scope.parse("openid api"), greedy), TOKEN))
                .client();
        assertThat(registered.extensions().exchange()).isNull();
        assertThat(registered.extensions().access().resources()).containsExactly("https://api.example.org");
        assertThat(registered.scope()).isEqualTo(Scope.parse("openid"));
        assertThat(code(register(with(stranger("b"), Scope.parse("api"), greedy), TOKEN)))
                .isEqualTo(Code.INVALID_CLIENT_METADATA);
        Client plain = ask(register(with(stranger("c"), Scope.EMPTY, OAuthRegistration.DEFAULT), TOKEN))
                .client();
        assertThat(plain.scope()).isEqualTo(Scope.parse("openid email"));
        assertThat(plain.extensions().access().resources()).containsExactly("https://api.example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatehouse.login", "https://app.example.org/client"})
    void nobodyRegistersUnderAnIdThatIsAnothersKind(String clientId) {
        allow(Mode.TOKEN, 10);
        assertThat(code(register(stranger(clientId), TOKEN))).isEqualTo(Code.INVALID_CLIENT_METADATA);
    }

    @Test
    void aTenantHasSoManyOnly() {
        allow(Mode.OPEN, 2);
        ask(register(stranger("a"), null));
        ask(register(stranger("b"), null));
        Await.fails(bus.ask(register(stranger("c"), null)), OAuthError.Throttled.class);
        ask(new Delete(Tenant.MAIN, "a", ACCESS_TOKEN));
        ask(register(stranger("c"), null));
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void anAddress_asksSoOftenOnly(Source source) {
        allow(Mode.OPEN, 10);
        int most = source == Source.REGISTRATION ? 4 : 3;
        for (int i = 0; i < most; i++) {
            ask(new Admit(Tenant.MAIN, source, null, ADDRESS));
        }
        Await.fails(bus.ask(new Admit(Tenant.MAIN, source, null, ADDRESS)), OAuthError.Throttled.class);
        ask(new Admit(Tenant.MAIN, source, null, "203.0.113.8"));
    }

    /** A change makes us write, and fetch what it names: its token is no licence to do so without end. */
    @Test
    void aClient_looksAfterItselfSoOftenOnly() {
        allow(Mode.OPEN, 10);
        ask(register(stranger("a"), null));
        ask(register(stranger("b"), null));
        Read read = new Read(Tenant.MAIN, "a", ACCESS_TOKEN);
        for (int i = 0; i < 60; i++) {
            ask(read);
        }
        Await.fails(bus.ask(read), OAuthError.Throttled.class);
        ask(new Read(Tenant.MAIN, "b", ACCESS_TOKEN));
        assertThat(code(new Read(Tenant.MAIN, "a", Digest.of("another"))))
                .as("who does not own it learns nothing, and takes nothing")
                .isEqualTo(Code.INVALID_TOKEN);
        clock.forward(Duration.ofMinutes(1));
        ask(read);
    }

    @Test
    void whatTheTokenRoleDidNotSay_isNoDraft() {
        allow(Mode.OPEN, 10);
        Client client = stranger("a");
        ClientDraft said = new ClientDraft(client, clock.instant().plusSeconds(5));
        Attestation forged = new Attestor(Entropy.bytes(32)).attest(said);
        assertThat(code(new Register(forged, null, ACCESS_TOKEN, false))).isEqualTo(Code.INVALID_REQUEST);
        Attestation statement =
                attestor.attest(new ClientStatement(client, clock.instant().plusSeconds(5)));
        assertThat(code(new Register(statement, null, ACCESS_TOKEN, false))).isEqualTo(Code.INVALID_REQUEST);
        Attestation stale = attestor.attest(said);
        clock.forward(Duration.ofSeconds(5));
        assertThat(code(new Register(stale, null, ACCESS_TOKEN, false))).isEqualTo(Code.INVALID_REQUEST);
    }

    @Test
    void onlyItsTokenManagesAClient() {
        allow(Mode.OPEN, 10);
        ask(register(stranger("a"), null));
        Digest wrong = Digest.of("another");
        for (String clientId : List.of("a", "web", "nobody", "gatehouse.login")) {
            assertThat(code(new Read(Tenant.MAIN, clientId, wrong))).isEqualTo(Code.INVALID_TOKEN);
            assertThat(code(new Delete(Tenant.MAIN, clientId, wrong))).isEqualTo(Code.INVALID_TOKEN);
            assertThat(code(new Replace(draft(replacement(clientId, 1)), wrong, false)))
                    .isEqualTo(Code.INVALID_TOKEN);
        }
        assertThat(code(new Read(Tenant.MAIN, "web", ACCESS_TOKEN))).isEqualTo(Code.INVALID_TOKEN);
    }

    @Test
    void aChange_isMadeOfWhatWasRead() {
        allow(Mode.OPEN, 10);
        ask(register(stranger("a"), null));
        Client changed = ask(new Replace(draft(replacement("a", 1)), ACCESS_TOKEN, false))
                .client();
        assertThat(changed.version()).isEqualTo(2);
        assertThat(found("a")).isEqualTo(changed);
        Await.fails(bus.ask(new Replace(draft(replacement("a", 1)), ACCESS_TOKEN, false)), OAuthError.Conflict.class);
        assertThat(changed.selfRegistration().accessToken()).isEqualTo(ACCESS_TOKEN);
    }

    @Test
    void aDisabledClient_staysDisabled() {
        allow(Mode.OPEN, 10);
        ask(register(stranger("a"), null));
        ask(new Present(draft(document(DOCUMENT, "App", 0))));
        disable("a");
        disable(DOCUMENT);
        assertThat(code(new Read(Tenant.MAIN, "a", ACCESS_TOKEN))).isEqualTo(Code.ACCESS_DENIED);
        for (long version : new long[] {1, 2}) {
            assertThat(code(new Replace(draft(replacement("a", version)), ACCESS_TOKEN, false)))
                    .isEqualTo(Code.ACCESS_DENIED);
        }
        assertThat(code(new Delete(Tenant.MAIN, "a", ACCESS_TOKEN))).isEqualTo(Code.ACCESS_DENIED);
        Client presented =
                ask(new Present(draft(document(DOCUMENT, "Other", 0)))).client();
        assertThat(presented.disabled()).isTrue();
        assertThat(found(DOCUMENT).clientName()).isEqualTo("App");
    }

    @Test
    void aDocument_isPresentedAgainAsItChanges() {
        allow(Mode.OPEN, 10);
        Client first = ask(new Present(draft(document(DOCUMENT, "App", 0)))).client();
        assertThat(first.version()).isEqualTo(1);
        assertThat(first.selfRegistration().verified()).isFalse();
        assertThat(first.pkce()).isEqualTo(PkceDemand.ALWAYS);
        clock.forward(Duration.ofHours(1));
        assertThat(ask(new Present(draft(document(DOCUMENT, "App", 0)))).client())
                .isEqualTo(first);
        Client second = ask(new Present(draft(document(DOCUMENT, "Other", 0)))).client();
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.createdAt()).isEqualTo(first.createdAt());
        assertThat(found(DOCUMENT)).isEqualTo(second);
    }

    /** An address may come back, with another owner: what the former client was given is not this one's. */
    @Test
    void aDocumentThatComesBack_isInALaterGeneration() {
        allow(Mode.OPEN, 10);
        Client first = ask(new Present(draft(document(DOCUMENT, "App", 0)))).client();
        assertThat(first.epoch()).isEqualTo(clock.instant().getEpochSecond());
    }

    @Test
    void whatTheConfigurationDeclares_noDocumentChanges() {
        allow(Mode.OPEN, 10);
        ask(new Clients.Declare(Samples.client(DOCUMENT)));
        Client declared = found(DOCUMENT);
        assertThat(ask(new Present(draft(document(DOCUMENT, "App", 0)))).client())
                .isEqualTo(declared);
        assertThat(found(DOCUMENT)).isEqualTo(declared);
    }

    @Test
    void aClientThatIsAskedFor_isInUse() {
        allow(Mode.OPEN, 10);
        ask(register(stranger("a"), null));
        for (int i = 0; i < 20; i++) {
            clock.forward(Duration.ofDays(5));
            assertThat(found("a")).isNotNull();
        }
        assertThat(clock.instant()).isAfter(Samples.NOW.plus(RegistrationSamples.LIFE));
    }

    private void allow(Mode mode, long most) {
        ask(new Tenants.Declare(tenant(policy(mode, most))));
    }

    private void disable(String clientId) {
        Await.result(role.store().clients().disable(Tenant.MAIN, clientId, clock.instant()));
    }

    private static Admit admit(@Nullable Digest token) {
        return new Admit(Tenant.MAIN, Source.REGISTRATION, token, ADDRESS);
    }

    private Register register(Client client, @Nullable Digest token) {
        return new Register(draft(client), token, ACCESS_TOKEN, false);
    }

    private Register vouched(Client client) {
        return new Register(draft(client), null, ACCESS_TOKEN, true);
    }

    private Attestation draft(Client client) {
        return attestor.attest(new ClientDraft(client, clock.instant().plusSeconds(5)));
    }

    private static Client stranger(String clientId) {
        return RegistrationSamples.client(Tenant.MAIN, clientId, 0);
    }

    private static Client replacement(String clientId, long version) {
        return RegistrationSamples.client(Tenant.MAIN, clientId, "Another name", Source.REGISTRATION, version);
    }

    private static Client document(String clientId, String name, long version) {
        return RegistrationSamples.client(Tenant.MAIN, clientId, name, Source.METADATA_DOCUMENT, version);
    }

    private static Client withGrant(String clientId, String grant, long version) {
        Client client = RegistrationSamples.client(Tenant.MAIN, clientId, version);
        return copy(client, List.of("authorization_code", grant), client.scope(), client.oauth());
    }

    private static Client with(Client client, Scope scope, OAuthRegistration extensions) {
        return copy(client, client.grantTypes(), scope, extensions);
    }

    private static Client copy(
            Client client, List<String> grants, Scope scope, @Nullable OAuthRegistration extensions) {
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

    private Client found(String clientId) {
        Attestation statement = ask(new Clients.Find(Tenant.MAIN, clientId)).client();
        return statement == null ? null : statement.read(ClientStatement.class).client();
    }

    private Code code(Request<?> request) {
        return ((OAuthError.Protocol) Await.error(bus.ask(request))).code();
    }
}
