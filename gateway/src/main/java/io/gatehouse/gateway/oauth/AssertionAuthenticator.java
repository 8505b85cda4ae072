package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.ClientAssertions;
import io.gatehouse.common.message.ClientAssertions.Verified;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.util.List;

/**
 * Client authentication by a signed assertion (RFC 7523, section 3; OpenID Connect Core, section 9): the token role verifies
 * it, the store sees that it counts once.
 */
final class AssertionAuthenticator {
    /** RFC 9126, section 2, wants its endpoint taken as well. */
    private static final List<String> ENDPOINTS = List.of("/oauth2/token", "/oauth2/par");

    private final Bus bus;
    private final ClientKeySets keySets;
    private final String baseIssuer;

    /** @param baseIssuer of the default tenant */
    AssertionAuthenticator(Bus bus, ClientKeySets keySets, String baseIssuer) {
        this.bus = bus;
        this.keySets = keySets;
        this.baseIssuer = baseIssuer;
    }

    /** @return a {@link io.gatehouse.common.message.ClientAuthentication}; fails with invalid_client */
    Future<Attestation> authenticate(KnownClient known, ClientAssertion assertion) {
        Client client = known.client();
        return keySets.of(client, assertion.kid())
                .compose(fetched -> bus.ask(new ClientAssertions.Verify(
                        client.tenant(), known.statement(), assertion.jwt(), audiences(client), fetched)))
                .compose(verified -> spend(client, verified));
    }

    /** FAPI 2.0 Security Profile, section 5.3.2.1: the issuer only. */
    private List<String> audiences(Client client) {
        String issuer = Tenant.issuer(baseIssuer, client.tenant());
        return client.extensions().isFapi()
                ? List.of(issuer)
                : List.of(issuer, issuer + ENDPOINTS.get(0), issuer + ENDPOINTS.get(1));
    }

    private Future<Attestation> spend(Client client, Verified verified) {
        Spend spend = new Spend(
                client.tenant(),
                OneTimeValues.Kind.CLIENT_ASSERTION,
                client.clientId(),
                verified.replay(),
                verified.replaySince(),
                verified.replayUntil());
        return bus.ask(spend).map(spent -> {
            if (!spent.first()) {
                throw OAuthError.failure(
                        Code.INVALID_CLIENT, "the client_assertion was used before: make a new one for each request");
            }
            return verified.statement();
        });
    }
}
