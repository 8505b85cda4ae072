package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.model.StandardClaims;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.gatehouse.common.verify.AccessToken;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claims about the user of an access token (OpenID Connect Core, section 5.3). */
public final class UserinfoService {
    /** As the client registered it. */
    public sealed interface Userinfo {
        /** @param claims by name, {@code sub} among them; see {@link StandardClaims} for the types of values */
        record Plain(Map<String, Object> claims) implements Userinfo {}

        /** @param jwt compact */
        record Signed(Secret jwt) implements Userinfo {}
    }

    private final Bus bus;
    private final TokenInspector inspector;
    private final BoundTokenInspector boundTokens;
    private final SubjectService subjects;
    private final ClientDirectory clients;
    private final DefaultAudience defaultAudience;

    UserinfoService(
            Bus bus,
            TokenInspector inspector,
            BoundTokenInspector boundTokens,
            SubjectService subjects,
            ClientDirectory clients,
            DefaultAudience defaultAudience) {
        this.bus = bus;
        this.inspector = inspector;
        this.boundTokens = boundTokens;
        this.subjects = subjects;
        this.clients = clients;
        this.defaultAudience = defaultAudience;
    }

    /**
     * @param shown the connection's certificate, which the token may be bound to; null: none
     * @return fails with invalid_token, and with insufficient_scope where the token was given without openid
     */
    public Future<Userinfo> bearer(String tenant, String token, @Nullable ShownCertificate shown) {
        return inspector.inspect(tenant, token, shown).compose(accessToken -> userinfo(accessToken, token, null));
    }

    /**
     * As the other, of a token that is bound to a key.
     *
     * @param proof null: there is none
     * @return fails with invalid_dpop_proof and with use_dpop_nonce, too
     */
    public Future<Userinfo> userinfo(String tenant, String token, @Nullable ShownProof proof) {
        return boundTokens.inspect(tenant, token, proof).compose(found -> userinfo(found.token(), token, proof));
    }

    private Future<Userinfo> userinfo(AccessToken accessToken, String text, @Nullable ShownProof proof) {
        check(accessToken);
        return clients.find(bus, accessToken.tenant(), accessToken.clientId()).compose(known -> {
            if (known == null || known.client().disabled()) {
                throw ended();
            }
            Fapi.checkProof(known.client(), proof);
            return known.client().registration().userinfoAlgorithm() == null
                    ? plain(accessToken)
                    : signed(accessToken, text, known);
        });
    }

    private void check(AccessToken token) {
        if (!defaultAudience.isOf(token)) {
            throw OAuthError.failure(
                    Code.INVALID_TOKEN, "the access token is for another service: ask for one without resource");
        }
        if (!token.actsForUser()) {
            throw OAuthError.failure(Code.INVALID_TOKEN, "the access token is a client's own: there is no user");
        }
        if (!token.scope().contains("openid")) {
            throw OAuthError.failure(
                    Code.INSUFFICIENT_SCOPE, "the access token was given without the scope openid: ask for it");
        }
    }

    private Future<Userinfo> plain(AccessToken token) {
        return subjects.find(token.tenant(), token.user()).map(user -> {
            if (user == null || user.state() != UserState.ACTIVE) {
                throw ended();
            }
            return new Userinfo.Plain(claims(token, user));
        });
    }

    private static Map<String, Object> claims(AccessToken token, UserProfile user) {
        Set<String> names = new LinkedHashSet<>(StandardClaims.namesOf(token.scope()));
        names.addAll(token.userinfoClaims());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", token.subject());
        claims.putAll(StandardClaims.of(user, names));
        return claims;
    }

    private Future<Userinfo> signed(AccessToken token, String text, KnownClient client) {
        return subjects.vouch(token.tenant(), token.user()).compose(profile -> {
            if (profile == null) {
                throw ended();
            }
            return bus.ask(new IdTokens.SignUserinfo(
                            token.tenant(), Secret.of(text), profile, client.statement(), token.confirmation()))
                    .map(signed -> new Userinfo.Signed(signed.jwt()));
        });
    }

    private static RuntimeException ended() {
        return OAuthError.failure(
                Code.INVALID_TOKEN, "the user or the client of the access token may not be here any more");
    }
}
