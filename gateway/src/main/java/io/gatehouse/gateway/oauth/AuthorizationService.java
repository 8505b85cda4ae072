package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The authorization endpoint without its pages: reads requests, and says for each what it needs next. It knows no HTTP, and
 * nothing of it lasts but what the store writes.
 */
public final class AuthorizationService {
    private final Bus bus;
    private final RequestReader requests;
    private final Clock clock;
    private final String issuer;
    private final Function<TokenFamily, Duration> codeLife;

    /**
     * @param issuer of the default tenant
     * @param codeLife how long a code may wait
     */
    AuthorizationService(
            Bus bus, RequestReader requests, Clock clock, String issuer, Function<TokenFamily, Duration> codeLife) {
        this.bus = bus;
        this.requests = requests;
        this.clock = clock;
        this.issuer = issuer;
        this.codeLife = codeLife;
    }

    /**
     * Reads and checks a request.
     *
     * @param family OAUTH, or that of the vendor's own path
     * @return fails with {@link AuthorizationRefusal} where the client is to be told, and with {@link
     *     io.gatehouse.common.error.OAuthFailure} where client or redirect URI are no good, so that nobody is sent anywhere
     */
    public Future<AuthorizationRequest> read(String tenant, TokenFamily family, Parameters parameters) {
        return requests.fromBrowser(tenant, family, parameters);
    }

    /**
     * What the request needs next, for whoever shows the session. Client and redirect URI are checked again.
     *
     * @param session null: the browser shows none
     * @return fails with {@link io.gatehouse.common.error.OAuthFailure} where client or redirect URI are no good any more
     */
    public Future<Step> next(AuthorizationRequest request, @Nullable SessionProof session) {
        return recheck(request)
                .compose(client -> session == null
                        ? Future.succeededFuture(logIn(client, request))
                        : request.twoFactors()
                                ? afterTwoFactors(client, request, session)
                                : put(client, request, session, ConsentRule.unasked(client, request)));
    }

    /** Whoever has a second factor can't log in without it: a session by one is of somebody who has none. */
    private Future<Step> afterTwoFactors(Client client, AuthorizationRequest request, SessionProof session) {
        return bus.ask(new Sessions.Find(request.tenant(), session)).compose(found -> {
            Sessions.Current current = found.session();
            if (current == null || SecondFactor.isIn(current.amr())) {
                return put(client, request, session, ConsentRule.unasked(client, request));
            }
            return request.asks(Prompt.NONE)
                    ? answer(error(
                            request,
                            Code.UNMET_AUTHENTICATION_REQUIREMENTS,
                            "the user must enrol a second factor: ask without prompt=none"))
                    : Future.succeededFuture(new Step.Enrol(request));
        });
    }

    /**
     * The user allowed it.
     *
     * @param sid of the session that was asked; another one is asked again
     * @param consentEpoch as {@link Step.Consent} said it: withdrawn since, the user is asked again
     */
    public Future<Step> allow(AuthorizationRequest request, SessionProof session, String sid, long consentEpoch) {
        return session.id().sid().equals(sid)
                ? recheck(request)
                        .compose(client ->
                                put(client, request, session, ConsentRule.given(client, request), consentEpoch))
                : next(request, session);
    }

    /** The user refused, or gave up. */
    public Future<AuthorizationResponse> deny(AuthorizationRequest request) {
        return recheck(request).map(client -> error(request, Code.ACCESS_DENIED, "the user refused"));
    }

    /** The request was sealed minutes ago: the client may have been changed since. */
    private Future<Client> recheck(AuthorizationRequest request) {
        return requests.client(request.tenant(), request.clientId()).map(known -> {
            if (!RedirectUris.isOf(known.client(), request.redirectUri())) {
                throw OAuthError.failure(Code.INVALID_REQUEST, "redirect_uri is not registered for this client");
            }
            return known.client();
        });
    }

    private Future<Step> put(Client client, AuthorizationRequest request, SessionProof session, Consenting consenting) {
        return put(client, request, session, consenting, 0);
    }

    private Future<Step> put(
            Client client, AuthorizationRequest request, SessionProof session, Consenting consenting, long epoch) {
        Duration life = Fapi.codeLife(client, codeLife.apply(request.family()));
        CodeOrder order = CodeOrder.of(client, request, session, consenting, epoch, clock.instant(), life);
        return bus.ask(order.put()).compose(putting -> switch (putting) {
            case SessionPutting.Stored stored -> handOut(request, order.code());
            case SessionPutting.LoginRequired required -> loginRequired(client, request, session);
            case SessionPutting.ConsentRequired required ->
                consentRequired(client, request, session, required, consenting);
            case SessionPutting.ClientRefused refused ->
                answer(error(request, Code.UNAUTHORIZED_CLIENT, "this client may not have what it asks for any more"));
        });
    }

    /** A pushed request gives one code: of two that were written by it, the later one is handed to nobody. */
    private Future<Step> handOut(AuthorizationRequest request, Secret code) {
        CodeId pushed = request.pushed();
        if (pushed == null) {
            return answer(back(request).code(code));
        }
        return bus.ask(new PushedRequests.Take(request.tenant(), request.clientId(), pushed))
                .compose(taken -> answer(
                        taken.first()
                                ? back(request).code(code)
                                : error(
                                        request,
                                        Code.INVALID_REQUEST_URI,
                                        "the request_uri was used, or has expired")));
    }

    /** Whoever was to be another user, and logged in for this very request, won't become that one by a second login. */
    private Future<Step> loginRequired(Client client, AuthorizationRequest request, SessionProof session) {
        if (request.hintedSubject() == null || request.asks(Prompt.NONE)) {
            return Future.succeededFuture(logIn(client, request));
        }
        return bus.ask(new Sessions.Find(request.tenant(), session))
                .map(found -> isSomebodyElse(found.session(), request)
                        ? new Step.Answer(error(request, Code.LOGIN_REQUIRED, "another user logged in"))
                        : logIn(client, request));
    }

    private static boolean isSomebodyElse(Sessions.@Nullable Current session, AuthorizationRequest request) {
        return session != null
                && !session.user().subject().equals(request.hintedSubject())
                && !session.authTime().isBefore(request.startedAt());
    }

    private Step logIn(Client client, AuthorizationRequest request) {
        return request.asks(Prompt.NONE)
                ? new Step.Answer(error(request, Code.LOGIN_REQUIRED, "the user must log in"))
                : new Step.LogIn(request, client, request.loginHint());
    }

    private Future<Step> consentRequired(
            Client client,
            AuthorizationRequest request,
            SessionProof session,
            SessionPutting.ConsentRequired required,
            Consenting consenting) {
        if (consenting == Consenting.TO_BE_ASKED && ConsentRule.isCovered(client, request, required.remembered())) {
            return put(client, request, session, Consenting.REMEMBERED);
        }
        if (request.asks(Prompt.NONE)) {
            return answer(error(request, Code.CONSENT_REQUIRED, "the user must be asked"));
        }
        return Future.succeededFuture(new Step.Consent(
                request,
                client,
                required.sid(),
                required.user(),
                required.remembered(),
                ConsentRule.isForgetful(client, request),
                required.consentEpoch()));
    }

    private static Future<Step> answer(AuthorizationResponse response) {
        return Future.succeededFuture(new Step.Answer(response));
    }

    private AuthorizationResponse error(AuthorizationRequest request, Code code, String description) {
        return back(request).error(code, description);
    }

    private ReturnAddress back(AuthorizationRequest request) {
        return ReturnAddress.of(request, Tenant.issuer(issuer, request.tenant()));
    }
}
