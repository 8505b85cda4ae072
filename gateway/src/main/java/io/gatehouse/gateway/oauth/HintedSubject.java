package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.model.Client;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Whom a request must be about, by what its client was told of the user. */
final class HintedSubject {
    private final Bus bus;

    HintedSubject(Bus bus) {
        this.bus = bus;
    }

    /**
     * As the store names the user; null: anybody.
     *
     * @param idTokenHint null: none
     * @param claimed the sub that the claims parameter asks for; null: none
     * @return fails with invalid_request where they name nobody, or two
     */
    Future<@Nullable String> find(KnownClient known, @Nullable String idTokenHint, @Nullable String claimed) {
        return hinted(known, idTokenHint)
                .compose(hinted -> claimed(known, claimed).map(named -> one(hinted, named)));
    }

    /** Whom the hint names: an expired one is as good, and another client's is none (section 3.1.2.1). */
    private Future<@Nullable String> hinted(KnownClient known, @Nullable String idTokenHint) {
        if (idTokenHint == null) {
            return Future.succeededFuture(null);
        }
        Client client = known.client();
        return bus.ask(new IdTokens.ReadHint(client.tenant(), Secret.of(idTokenHint), known.statement()))
                .map(read -> {
                    IdTokens.Hint hint = read.hint();
                    if (hint == null || !hint.clientId().equals(client.clientId())) {
                        throw invalid("id_token_hint is no ID token that this client was given");
                    }
                    return hint.subject();
                });
    }

    private Future<@Nullable String> claimed(KnownClient known, @Nullable String sub) {
        Client client = known.client();
        if (sub == null || client.registration().sector() == null) {
            return Future.succeededFuture(sub);
        }
        return bus.ask(new IdTokens.ReadSubject(client.tenant(), sub, known.statement()))
                .map(read -> {
                    if (read.subject() == null) {
                        throw invalid("claims asks for a sub that this client was never given");
                    }
                    return read.subject();
                });
    }

    private static @Nullable String one(@Nullable String hinted, @Nullable String claimed) {
        if (hinted != null && claimed != null && !hinted.equals(claimed)) {
            throw invalid("id_token_hint and claims name two users");
        }
        return hinted == null ? claimed : hinted;
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_REQUEST, description);
    }
}
