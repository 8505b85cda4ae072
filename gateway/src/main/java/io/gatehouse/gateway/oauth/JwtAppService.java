package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.JwtAppTokens;
import io.gatehouse.common.message.JwtAppTokens.Issued;
import io.gatehouse.common.message.JwtAppTokens.Proof;
import io.gatehouse.common.message.JwtAppTokens.PublicKeys;
import io.gatehouse.common.verify.AccessToken;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JWTs for JWT apps: the store vouches for app and user, the token role checks both and signs. */
public final class JwtAppService {
    /** What no app is called, the store is not asked for. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Bus bus;
    private final JwtAppDirectory apps;
    private final SubjectService subjects;
    /** By the statement: another one may speak of another key. */
    private final Cache<Attestation, PublicKeys> keys = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .executor(Runnable::run)
            .build();

    JwtAppService(Bus bus, JwtAppDirectory apps, SubjectService subjects) {
        this.bus = bus;
        this.apps = apps;
        this.subjects = subjects;
    }

    /** A {@link io.gatehouse.common.message.JwtAppStatement}; null where the tenant has no app of that name. */
    public Future<@Nullable Attestation> find(String tenant, String name) {
        return NAME.matcher(name).matches() ? apps.find(bus, tenant, name) : Future.succeededFuture(null);
    }

    /**
     * A JWT about who has just logged in.
     *
     * @param app as {@link #find} gave it
     */
    public Future<Issued> issue(String tenant, Attestation app, PasswordLogin.LoggedIn user) {
        return bus.ask(new JwtAppTokens.Issue(tenant, app, new Proof.ByTicket(user.ticket()), user.profile(), null));
    }

    /**
     * A JWT about the user of an access token.
     *
     * @param app as {@link #find} gave it
     * @param token what the inspector read
     * @param accessToken the text that it read
     * @param nonce for the claim of that name; null: none
     * @return fails with invalid_token, also where the user may not log in now
     */
    public Future<Issued> issue(Attestation app, AccessToken token, Secret accessToken, @Nullable String nonce) {
        Proof proof = new Proof.ByAccessToken(accessToken);
        return subjects.vouch(token.tenant(), token.user()).compose(profile -> {
            if (profile == null) {
                throw OAuthError.failure(Code.INVALID_TOKEN, "the user of the access token may not log in");
            }
            return bus.ask(new JwtAppTokens.Issue(token.tenant(), app, proof, profile, nonce));
        });
    }

    /**
     * The public keys that the app's JWTs are checked with; none where it shares a secret.
     *
     * @param app as {@link #find} gave it
     */
    public Future<PublicKeys> keys(String tenant, Attestation app) {
        PublicKeys cached = keys.getIfPresent(app);
        return cached == null
                ? bus.ask(new JwtAppTokens.Keys(tenant, app)).onSuccess(loaded -> keys.put(app, loaded))
                : Future.succeededFuture(cached);
    }
}
