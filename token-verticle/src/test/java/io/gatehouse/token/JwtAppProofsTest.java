package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.JwtAppStatement;
import io.gatehouse.common.message.JwtAppTokens.Issue;
import io.gatehouse.common.message.JwtAppTokens.Keys;
import io.gatehouse.common.message.JwtAppTokens.Proof;
import io.gatehouse.common.model.TokenFamily;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A captured gateway can send whatever it likes: it gets JWTs about those only who are there. */
class JwtAppProofsTest {
    private static final Attestor FOREIGN = new Attestor(Bytes.utf8("another key of thirty-two bytes!"));
    private static final OAuthError LATER = new OAuthError.Unavailable("token");
    private static TokenNode node;

    private final AppSamples sample = new AppSamples();
    private CapturedLog audit;

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @BeforeEach
    void capture() {
        audit = new CapturedLog("gatehouse.audit");
    }

    @AfterEach
    void release() {
        audit.close();
    }

    @Test
    void everyStatement_madeUp_isRefused() {
        Attestation app = sample.app(node);
        Proof ticket = sample.ticket(node);
        Attestation profile = profile();
        refused(
                new Issue(
                        "main",
                        FOREIGN.attest(new JwtAppStatement(sample.app(), sample.appEnd)),
                        ticket,
                        profile,
                        null),
                "forged_jwt_app_statement");
        refused(new Issue("main", app, ticket, FOREIGN.attest(sample.profile()), null), "forged_profile_statement");
        Proof made = new Proof.ByTicket(FOREIGN.attest(sample.login.ticket()));
        refused(new Issue("main", app, made, profile, null), "forged_ticket");
        Keys keys = new Keys("main", FOREIGN.attest(new JwtAppStatement(sample.app(), sample.appEnd)));
        assertThat(((OAuthError.Protocol) node.refusal(keys)).code()).isEqualTo(Code.INVALID_TOKEN);
    }

    @Test
    void profile_withAnyChangedByte_isRefused() {
        Attestation app = sample.app(node);
        Proof ticket = sample.ticket(node);
        Attestation honest = profile();
        byte[] body = honest.body().toArray();
        for (int i = 0; i < body.length; i++) {
            body[i] ^= 1;
            Attestation changed = new Attestation(Bytes.of(body), honest.mac());
            refused(new Issue("main", app, ticket, changed, null), "forged_profile_statement");
            body[i] ^= 1;
        }
        Attestation bare = new Attestation(honest.body(), Bytes.EMPTY);
        refused(new Issue("main", app, ticket, bare, null), "forged_profile_statement");
    }

    /** The memory of verified apps must not remember more than was verified. */
    @Test
    void app_knownFromBefore_countsOnlyWithItsOwnProof() {
        node.ask(request());
        Attestation honest = sample.app(node);
        byte[] mac = honest.mac().toArray();
        mac[31] ^= 1;
        Attestation changed = new Attestation(honest.body(), Bytes.of(mac));
        refused(new Issue("main", changed, sample.ticket(node), profile(), null), "forged_jwt_app_statement");
    }

    @Test
    void everyStatement_inThePlaceOfAnother_isRefused() {
        Attestation app = sample.app(node);
        Proof.ByTicket ticket = sample.ticket(node);
        Attestation profile = profile();
        Attestation client =
                node.attestor.attest(new ClientStatement(sample.login.client(), TokenNode.NOW.plusSeconds(5)));
        refused(new Issue("main", profile, ticket, profile, null), "forged_jwt_app_statement");
        refused(new Issue("main", client, ticket, profile, null), "forged_jwt_app_statement");
        refused(new Issue("main", app, ticket, ticket.ticket(), null), "forged_profile_statement");
        refused(new Issue("main", app, ticket, app, null), "forged_profile_statement");
        refused(new Issue("main", app, new Proof.ByTicket(profile), profile, null), "forged_ticket");
        refused(new Issue("main", app, new Proof.ByTicket(client), profile, null), "forged_ticket");
    }

    @Test
    void everyStatement_ofAnotherTenant_isRefused() {
        AppSamples foreign = new AppSamples();
        foreign.tenant = "acme";
        foreign.login.tenant = "acme";
        Attestation app = sample.app(node);
        Proof ticket = sample.ticket(node);
        Attestation profile = profile();
        refused(new Issue("main", foreign.app(node), ticket, profile, null), "foreign_jwt_app_statement");
        Attestation stranger = node.attestor.attest(foreign.profile());
        refused(new Issue("main", app, ticket, stranger, null), "foreign_profile_statement");
        refused(new Issue("main", app, foreign.ticket(node), profile, null), "foreign_ticket");
        refused(new Issue("acme", app, ticket, profile, null), "foreign_jwt_app_statement");
        refused(new Issue("main", app, foreign.accessToken(node), profile, null), "unfit_access_token");
    }

    @Test
    void profile_ofAnotherUser_isRefused() {
        sample.subject = "11111111-2222-4333-8444-555555555555";
        refused(request(), "profile_of_another_user");
        refused(sample.request(node, sample.accessToken(node)), "profile_of_another_user");
    }

    @ParameterizedTest
    @EnumSource(value = TokenFamily.class, names = "LOGINRADIUS", mode = EnumSource.Mode.EXCLUDE)
    void ticket_ofAnotherFamily_isRefused(TokenFamily family) {
        sample.login.family = family;
        refused(request(), "ticket_of_another_family");
    }

    /** Everything that was given to the user so far was ended; nobody need have lied. */
    @Test
    void proof_ofAnEarlierEpoch_isRefusedWithoutAnAlarm() {
        sample.epoch = 5;
        assertThat(error(request()).code()).isEqualTo(Code.INVALID_TOKEN);
        assertThat(error(sample.request(node, sample.accessToken(node))).code()).isEqualTo(Code.INVALID_TOKEN);
        assertThat(audit.lines()).noneMatch(line -> line.contains("refused"));
        sample.epoch = 3;
        node.ask(request());
    }

    @Test
    void statements_outOfTheirTime_areUnavailable() {
        sample.profileEnd = TokenNode.NOW;
        assertThat(node.refusal(request())).isEqualTo(LATER);
        sample.profileEnd = TokenNode.NOW.plusSeconds(10).plusNanos(1);
        assertThat(node.refusal(request())).isEqualTo(LATER);
        sample.profileEnd = TokenNode.NOW.plusSeconds(10);
        node.ask(request());
        sample.login.expiresAt = TokenNode.NOW;
        assertThat(node.refusal(request())).isEqualTo(LATER);
        sample.login.expiresAt = TokenNode.NOW.plusSeconds(5);
        sample.appEnd = TokenNode.NOW;
        for (int i = 0; i < 2; i++) {
            assertThat(node.refusal(request())).isEqualTo(LATER);
            assertThat(node.refusal(new Keys("main", sample.app(node)))).isEqualTo(LATER);
        }
    }

    private Issue request() {
        return sample.request(node, sample.ticket(node));
    }

    private Attestation profile() {
        return node.attestor.attest(sample.profile());
    }

    private static OAuthError.Protocol error(Issue request) {
        return (OAuthError.Protocol) node.refusal(request);
    }

    private void refused(Issue request, String reason) {
        audit.clear();
        assertThat(error(request).code()).isEqualTo(Code.INVALID_TOKEN);
        assertThat(audit.events())
                .hasSize(1)
                .first()
                .satisfies(line -> assertThat(line.getKeyValuePairs())
                        .extracting(pair -> pair.key + "=" + pair.value)
                        .containsExactly("event=token_refused", "tenant=" + request.tenant(), "reason=" + reason));
    }
}
