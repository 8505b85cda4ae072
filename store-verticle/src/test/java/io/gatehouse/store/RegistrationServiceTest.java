package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientDraft;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Registrations.Admit;
import io.gatehouse.common.message.Registrations.Delete;
import io.gatehouse.common.message.Registrations.Present;
import io.gatehouse.common.message.Registrations.Read;
import io.gatehouse.common.message.Registrations.Register;
import io.gatehouse.common.message.Registrations.Replace;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may register, as what, and how often. */
class RegistrationServiceTest extends RegistrationCase {
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
}
