package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.IdTokens;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers that come to the client as one JWT (JARM): which the client knows to be whole, and this server's. */
public final class SignedResponses {
    private final Bus bus;
    private final ClientDirectory clients;

    SignedResponses(Bus bus, ClientDirectory clients) {
        this.bus = bus;
        this.clients = clients;
    }

    /** The answer as its mode has it: unchanged, or with all of it in {@code response}. */
    public Future<AuthorizationResponse> of(String tenant, AuthorizationResponse answer) {
        return answer.mode().isSigned()
                ? sign(tenant, answer)
                        .map(signed -> new AuthorizationResponse(
                                answer.clientId(),
                                answer.redirectUri(),
                                answer.mode(),
                                Map.of("response", signed.jwt().reveal())))
                : Future.succeededFuture(answer);
    }

    private Future<IdTokens.Signed> sign(String tenant, AuthorizationResponse answer) {
        Map<String, String> parameters = answer.parameters();
        return clients.find(bus, tenant, answer.clientId()).compose(known -> {
            if (known == null) {
                throw OAuthError.failure(Code.INVALID_REQUEST, "there is no such client: check client_id");
            }
            return bus.ask(new IdTokens.SignAuthorizationResponse(
                    tenant,
                    known.statement(),
                    secret(parameters.get("code")),
                    parameters.get("error"),
                    parameters.get("error_description"),
                    parameters.get("state")));
        });
    }

    private static @Nullable Secret secret(@Nullable String code) {
        return code == null ? null : Secret.of(code);
    }
}
