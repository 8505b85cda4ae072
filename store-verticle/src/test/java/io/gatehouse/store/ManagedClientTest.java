package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Registrations.Delete;
import io.gatehouse.common.message.Registrations.Present;
import io.gatehouse.common.message.Registrations.Read;
import io.gatehouse.common.message.Registrations.Replace;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.PkceDemand;
import io.gatehouse.common.model.RegistrationPolicy.Mode;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a client that registered by itself. */
class ManagedClientTest extends RegistrationCase {
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
}
