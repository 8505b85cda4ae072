package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.common.model.PkceDemand;
import io.gatehouse.common.model.RegisteredKeys;
import io.gatehouse.common.model.RequestDemands;
import io.gatehouse.common.model.Scope;
import java.util.List;

/** A client of the authorization code flow, with what a test wants of it. */
public final class CodeClient {
    public static final String REDIRECT_URI = "https://app.example.org/callback";

    private final String clientId;
    private AuthMethod method = AuthMethod.CLIENT_SECRET_BASIC;
    private List<String> redirectUris = List.of(REDIRECT_URI);
    private List<String> grantTypes = List.of("authorization_code", "refresh_token");
    private List<String> responseTypes = List.of("code");
    private Scope scope = Scope.parse("openid profile email api offline_access");
    private PkceDemand pkce;
    private boolean disabled;
    private OpenIdRegistration registration;
    private RequestDemands demands;
    private RegisteredKeys keys;
    private boolean bound;

    private CodeClient(String clientId) {
        this.clientId = clientId;
    }

    /** Confidential, unless told otherwise. */
    public static CodeClient named(String clientId) {
        return new CodeClient(clientId);
    }

    CodeClient isPublic() {
        method = AuthMethod.NONE;
        return this;
    }

    CodeClient isDisabled() {
        disabled = true;
        return this;
    }

    CodeClient redirectUris(String... uris) {
        redirectUris = List.of(uris);
        return this;
    }

    CodeClient grantTypes(String... types) {
        grantTypes = List.of(types);
        return this;
    }

    CodeClient noResponseType() {
        responseTypes = List.of();
        return this;
    }

    CodeClient scope(String values) {
        scope = Scope.parse(values);
        return this;
    }

    CodeClient pkce(PkceDemand demand) {
        pkce = demand;
        return this;
    }

    /** @param maxAge seconds; -1: any age */
    CodeClient registered(long maxAge, String backchannelLogoutUri) {
        OpenIdRegistration none = OpenIdRegistration.DEFAULT;
        registration = new OpenIdRegistration(
                none.idTokenAlgorithm(),
                null,
                null,
                maxAge,
                false,
                List.of(),
                backchannelLogoutUri,
                false,
                null,
                null,
                null);
        return this;
    }

    /** With pairwise subjects. */
    public CodeClient sector(String host) {
        OpenIdRegistration none = OpenIdRegistration.DEFAULT;
        registration = new OpenIdRegistration(
                none.idTokenAlgorithm(), null, null, -1, false, List.of(), null, false, null, null, host);
        return this;
    }

    public CodeClient registration(OpenIdRegistration registered) {
        registration = registered;
        return this;
    }

    /** Gets bound tokens only. */
    CodeClient bound() {
        bound = true;
        return this;
    }

    public CodeClient requests(RequestDemands registered) {
        demands = registered;
        return this;
    }

    public CodeClient jwks(String registered) {
        keys = new RegisteredKeys(registered, null, null);
        return this;
    }

    public Client build() {
        return new Client(
                "main",
                clientId,
                null,
                method,
                method == AuthMethod.NONE
                        ? List.of()
                        : List.of(Secret.of(Samples.SECRET).digest()),
                null,
                redirectUris,
                grantTypes,
                responseTypes,
                scope,
                null,
                true,
                disabled,
                0,
                1,
                TestClock.START,
                null,
                pkce,
                registration,
                demands == null && keys == null && !bound ? null : new OAuthRegistration(keys, demands, bound, null),
                null);
    }
}
