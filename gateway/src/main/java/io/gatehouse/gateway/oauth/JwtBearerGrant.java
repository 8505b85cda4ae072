package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.AssertionGrants;
import io.gatehouse.common.message.AssertionGrants.Verification;
import io.gatehouse.common.message.AssertionGrants.Verification.KeysWanted;
import io.gatehouse.common.message.AssertionGrants.Verification.Verified;
import io.gatehouse.common.message.AssertionGrants.Verify;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Users.AssertionLogin;
import io.gatehouse.common.message.Users.AssertionLogin.Accepted;
import io.gatehouse.common.message.Users.AssertionLogin.Refused;
import io.gatehouse.common.message.Users.AssertionRefusal;
import io.gatehouse.common.message.Users.AuthenticateByAssertion;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Ticket;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * RFC 7523, section 2.1: a token for the user whom somebody vouches for whom the tenant trusts. The token role checks the
 * assertion, the store spends it and finds the user. Nothing refreshes it: whoever vouched is asked again.
 */
final class JwtBearerGrant implements Grant {
    private final Bus bus;
    private final ClientKeySets keySets;

    JwtBearerGrant(Bus bus, ClientKeySets keySets) {
        this.bus = bus;
        this.keySets = keySets;
    }

    @Override
    public String grantType() {
        return AssertionGrants.GRANT_TYPE;
    }

    @Override
    public Future<TokenResponse> grant(GrantRequest request) {
        Secret assertion = Secret.of(request.parameters().require("assertion"));
        String requested = request.parameters().get("scope");
        Scope scope = requested == null ? null : Scope.parse(requested);
        return verify(request.client(), assertion)
                .compose(verified -> bus.ask(new AuthenticateByAssertion(verified.statement(), access(request))))
                .compose(login -> issue(request, ticket(login), scope));
    }

    private Future<Verified> verify(AuthenticatedClient client, Secret assertion) {
        return ask(client, assertion, null).compose(answer -> switch (answer) {
            case Verified verified -> Future.succeededFuture(verified);
            case KeysWanted wanted -> verify(client, assertion, wanted);
        });
    }

    private Future<Verified> verify(AuthenticatedClient client, Secret assertion, KeysWanted wanted) {
        return keySets.at(client.client(), wanted.jwksUri(), wanted.kid())
                .recover(failure -> Future.failedFuture(invalid(AssertionGrants.REFUSAL)))
                .compose(keys -> ask(client, assertion, keys))
                .map(answer -> {
                    if (answer instanceof Verified verified) {
                        return verified;
                    }
                    throw invalid(AssertionGrants.REFUSAL);
                });
    }

    private Future<Verification> ask(AuthenticatedClient client, Secret assertion, @Nullable String keys) {
        return bus.ask(new Verify(client.tenant(), client.statement(), assertion, keys));
    }

    private static @Nullable RequestedAccess access(GrantRequest request) {
        RequestedAccess access =
                request.terms() == null ? null : request.terms().access();
        return access == null ? null : new RequestedAccess(access.resources());
    }

    private static Attestation ticket(AssertionLogin login) {
        return switch (login) {
            case Accepted accepted -> accepted.ticket();
            case Refused refused -> throw refusal(refused.reason());
        };
    }

    private Future<TokenResponse> issue(GrantRequest request, Attestation attested, @Nullable Scope wanted) {
        Ticket ticket = attested.read(Ticket.class);
        Scope scope = wanted == null ? ticket.scope() : wanted;
        return bus.ask(new Issuer.Issue(
                        ticket.tenant(), new Issuer.Authority.ByTicket(attested), scope, null, null, request.terms()))
                .map(issued -> TokenResponse.of(issued, null));
    }

    /** An unknown and a disabled user are the same refusal: a client must not learn who exists. */
    private static RuntimeException refusal(AssertionRefusal reason) {
        return switch (reason) {
            case REPLAYED -> invalid("the assertion was used before: get a new one each time");
            case SUBJECT_REFUSED -> invalid("the user whom the assertion names may not log in here");
            case CLIENT_REFUSED -> invalid("this client may not log users in by assertions");
        };
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_GRANT, description);
    }
}
