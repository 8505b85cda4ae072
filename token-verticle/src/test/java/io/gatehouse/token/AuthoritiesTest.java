package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientAuthentication;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Issuer.Authority;
import io.gatehouse.common.message.Issuer.Authority.ByClientAssertion;
import io.gatehouse.common.message.Issuer.Authority.ByClientSecret;
import io.gatehouse.common.message.Issuer.Authority.ByTicket;
import io.gatehouse.common.message.Issuer.Issue;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Ticket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A captured gateway can send whatever it likes: this is what it gets for it. */
class AuthoritiesTest {
    private static final Attestor FOREIGN = new Attestor(Bytes.utf8("another key of thirty-two bytes!"));
    private static CapturedLog audit;
    private static TokenNode node;

    private final Samples sample = new Samples();

    @BeforeAll
    static void open() {
        audit = new CapturedLog("gatehouse.audit");
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
        audit.close();
    }

    @Test
    void ticket_ofAnotherKey_isRefused() {
        refused(Code.INVALID_GRANT, "main", new ByTicket(FOREIGN.attest(sample.ticket())));
    }

    @Test
    void ticket_withAnyChangedByte_isRefused() {
        Attestation honest = node.attestor.attest(sample.ticket());
        byte[] body = honest.body().toArray();
        for (int i = 0; i < body.length; i++) {
            body[i] ^= 1;
            refused(Code.INVALID_GRANT, "main", new ByTicket(new Attestation(Bytes.of(body), honest.mac())));
            body[i] ^= 1;
        }
        refused(Code.INVALID_GRANT, "main", new ByTicket(new Attestation(honest.body(), Bytes.EMPTY)));
    }

    @Test
    void ticket_ofAnotherTenant_isRefused() {
        refused(Code.INVALID_GRANT, "acme", new ByTicket(node.attestor.attest(sample.ticket())));
    }

    @Test
    void ticket_thatIsAClientStatement_isRefused() {
        ClientStatement statement = new ClientStatement(sample.client(), TokenNode.NOW.plusSeconds(5));
        refused(Code.INVALID_GRANT, "main", new ByTicket(node.attestor.attest(statement)));
        Attestation ticket = node.attestor.attest(sample.ticket());
        refused(Code.INVALID_CLIENT, "main", new ByClientSecret(ticket, Secret.of(Samples.SECRET)));
    }

    @Test
    void ticket_outOfItsFiveSeconds_isUnavailable() {
        sample.expiresAt = TokenNode.NOW;
        assertThat(node.refusal(node.request(sample.ticket(), "api"))).isEqualTo(new OAuthError.Unavailable("token"));
        sample.expiresAt = TokenNode.NOW.plusSeconds(10).plusNanos(1);
        assertThat(node.refusal(node.request(sample.ticket(), "api"))).isEqualTo(new OAuthError.Unavailable("token"));
        sample.expiresAt = TokenNode.NOW.plusSeconds(10);
        assertThat(node.issue(sample.ticket(), "api").scope()).isEqualTo(Scope.parse("api"));
    }

    @Test
    void ticket_ofAnExpiredGrant_isRefused() {
        sample.grantExpiresAt = TokenNode.NOW;
        refused(Code.INVALID_GRANT, "main", new ByTicket(node.attestor.attest(sample.ticket())));
    }

    @Test
    void ticket_forMoreScopeThanItAllows_isRefused() {
        OAuthError.Protocol error = protocol(node.request(sample.ticket(), "api admin"));
        assertThat(error.code()).isEqualTo(Code.INVALID_SCOPE);
        assertThat(error.description()).contains("openid profile api");
    }

    @Test
    void client_forMoreScopeThanItHas_isRefused() {
        assertThat(protocol(node.request(sample.client(), Samples.SECRET, "profile"))
                        .code())
                .isEqualTo(Code.INVALID_SCOPE);
    }

    @Test
    void client_withAnotherSecret_isRefused() {
        OAuthError.Protocol error = protocol(node.request(sample.client(), Samples.SECRET + "x", "api"));
        assertThat(error.code()).isEqualTo(Code.INVALID_CLIENT);
        assertThat(error.description()).contains("check client_id and client_secret");
    }

    @Test
    void client_thatIsDisabled_readsLikeOneWithAWrongSecret() {
        OAuthError wrong = protocol(node.request(sample.client(), "wrong", "api"));
        sample.disabled = true;
        assertThat(protocol(node.request(sample.client(), Samples.SECRET, "api")))
                .isEqualTo(wrong);
    }

    @Test
    void client_thatIsPublic_isUnauthorized() {
        sample.authMethod = AuthMethod.NONE;
        assertThat(protocol(node.request(sample.client(), Samples.SECRET, "api"))
                        .code())
                .isEqualTo(Code.UNAUTHORIZED_CLIENT);
    }

    @Test
    void client_withoutTheGrantType_isUnauthorized() {
        sample.grantTypes = List.of("refresh_token");
        OAuthError.Protocol error = protocol(node.request(sample.client(), Samples.SECRET, "api"));
        assertThat(error.code()).isEqualTo(Code.UNAUTHORIZED_CLIENT);
        assertThat(error.description()).contains("client_credentials");
    }

    @Test
    void client_ofAnotherKeyOrTenant_isRefused() {
        ClientStatement statement = new ClientStatement(sample.client(), TokenNode.NOW.plusSeconds(60));
        Secret secret = Secret.of(Samples.SECRET);
        refused(Code.INVALID_CLIENT, "main", new ByClientSecret(FOREIGN.attest(statement), secret));
        refused(Code.INVALID_CLIENT, "acme", new ByClientSecret(node.attestor.attest(statement), secret));
    }

    /** The memory of verified statements must not remember more than was verified. */
    @Test
    void client_knownFromBefore_countsOnlyWithItsOwnProofAndTime() {
        Issue known = node.request(sample.client(), Samples.SECRET, "api");
        node.ask(known);
        Attestation honest = ((ByClientSecret) known.authority()).client();
        byte[] mac = honest.mac().toArray();
        mac[31] ^= 1;
        Secret secret = Secret.of(Samples.SECRET);
        refused(Code.INVALID_CLIENT, "main", new ByClientSecret(new Attestation(honest.body(), Bytes.of(mac)), secret));
        sample.disabled = true;
        Bytes other = RecordCodec.encode(new ClientStatement(sample.client(), TokenNode.NOW.plusSeconds(60)));
        refused(Code.INVALID_CLIENT, "main", new ByClientSecret(new Attestation(other, honest.mac()), secret));
    }

    @Test
    void client_ofAnExpiredStatement_isUnavailable() {
        ClientStatement statement = new ClientStatement(sample.client(), TokenNode.NOW);
        Authority authority = new ByClientSecret(node.attestor.attest(statement), Secret.of(Samples.SECRET));
        for (int i = 0; i < 2; i++) {
            assertThat(node.refusal(new Issue("main", authority, Scope.EMPTY)))
                    .isEqualTo(new OAuthError.Unavailable("token"));
        }
    }

    @Test
    void ticket_ofATenantThatDoesNotExist_getsNoKey() {
        sample.tenant = "gone";
        Ticket ticket = sample.ticket();
        assertThat(node.refusal(node.request(ticket, "api"))).isEqualTo(new OAuthError.NotFound("tenant"));
        assertThat(node.store.keys).doesNotContainKey("gone");
    }

    @Test
    void client_thatAuthenticatedByAnAssertion_isEntitled() {
        sample.authMethod = AuthMethod.PRIVATE_KEY_JWT;
        Issue request = new Issue("main", byAssertion(authentication("main", "web", 3)), Scope.parse("api"));
        assertThat(node.ask(request).scope()).isEqualTo(Scope.parse("api"));
    }

    @Test
    void client_withAnAuthenticationThatIsNotItsOwn_isRefused() {
        sample.authMethod = AuthMethod.PRIVATE_KEY_JWT;
        refused(Code.INVALID_CLIENT, "main", byAssertion(authentication("main", "other", 3)));
        refused(Code.INVALID_CLIENT, "main", byAssertion(authentication("acme", "web", 3)));
        refused(Code.INVALID_CLIENT, "main", byAssertion(authentication("main", "web", 2)));
        refused(Code.INVALID_CLIENT, "main", byAssertion(FOREIGN.attest(statement("main", "web", 3))));
        refused(Code.INVALID_CLIENT, "main", byAssertion(node.attestor.attest(sample.ticket())));
    }

    @Test
    void client_withAnAuthenticationOutOfItsFiveSeconds_isUnavailable() {
        sample.authMethod = AuthMethod.CLIENT_SECRET_JWT;
        Attestation late = node.attestor.attest(new ClientAuthentication("main", "web", 3, TokenNode.NOW));
        assertThat(node.refusal(new Issue("main", byAssertion(late), Scope.EMPTY)))
                .isEqualTo(new OAuthError.Unavailable("token"));
    }

    @Test
    void client_authenticatesInTheRegisteredWayOnly() {
        refused(Code.INVALID_CLIENT, "main", byAssertion(authentication("main", "web", 3)));
        sample.authMethod = AuthMethod.CLIENT_SECRET_JWT;
        assertThat(protocol(node.request(sample.client(), Samples.SECRET, "api"))
                        .code())
                .isEqualTo(Code.INVALID_CLIENT);
        sample.disabled = true;
        refused(Code.INVALID_CLIENT, "main", byAssertion(authentication("main", "web", 3)));
        sample.disabled = false;
        sample.grantTypes = List.of("refresh_token");
        refused(Code.UNAUTHORIZED_CLIENT, "main", byAssertion(authentication("main", "web", 3)));
    }

    private Authority byAssertion(Attestation authentication) {
        ClientStatement client = new ClientStatement(sample.client(), TokenNode.NOW.plusSeconds(60));
        return new ByClientAssertion(node.attestor.attest(client), authentication);
    }

    private static Attestation authentication(String tenant, String clientId, long epoch) {
        return node.attestor.attest(statement(tenant, clientId, epoch));
    }

    private static ClientAuthentication statement(String tenant, String clientId, long epoch) {
        return new ClientAuthentication(tenant, clientId, epoch, TokenNode.NOW.plusSeconds(5));
    }

    private static OAuthError.Protocol protocol(Issue request) {
        return (OAuthError.Protocol) node.refusal(request);
    }

    private static void refused(Code code, String tenant, Authority authority) {
        assertThat(protocol(new Issue(tenant, authority, Scope.EMPTY)).code()).isEqualTo(code);
    }
}
