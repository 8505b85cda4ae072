package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The services of the protocol, wired for one event loop. Whoever has a door to them (HTTP, the bus) gets them here. */
public final class Protocol {
    private final ClientAuthenticator clients;
    private final TokenService tokens;
    private final RefreshService refreshes;
    private final PasswordLogin logins;
    private final ClientJwtLogin clientJwts;
    private final TokenInspector inspector;
    private final IntrospectionService introspection;
    private final RevocationService revocation;
    private final SubjectService subjects;
    private final JwtAppService jwtApps;
    private final DefaultAudience defaultAudience;
    private final UserinfoService userinfo;
    private final AuthorizationService authorization;
    private final BrowserSessions sessions;
    private final EndSession endSession;
    private final DpopNonces dpopNonces;

    /**
     * @param issuer of the default tenant
     * @param defaultAudience of access tokens; null: the issuer
     * @param codeLife how long a code of a family may wait
     * @param dpopNonceRequired whether DPoP proofs must hold a nonce of ours
     */
    public Protocol(
            Vertx vertx,
            Bus bus,
            Knowledge knowledge,
            Clock clock,
            String issuer,
            @Nullable String defaultAudience,
            Function<TokenFamily, Duration> codeLife,
            boolean dpopNonceRequired) {
        RevocationList revocations = knowledge.revocations();
        this.clients = new ClientAuthenticator(bus, knowledge.clients());
        this.refreshes = new RefreshService(bus, revocations);
        GrantOpening opening = new GrantOpening(bus);
        this.logins = new PasswordLogin(bus, opening);
        this.clientJwts = new ClientJwtLogin(bus, knowledge.clients(), clock);
        this.dpopNonces = new DpopNonces(bus, clock);
        DpopProofs proofs = new DpopProofs(bus, dpopNonces, clock, issuer, dpopNonceRequired);
        this.tokens = new TokenService(
                clients,
                proofs,
                List.of(
                        new AuthorizationCodeGrant(bus, opening, revocations),
                        new ClientCredentialsGrant(bus),
                        new RefreshTokenGrant(refreshes)));
        this.inspector = new TokenInspector(
                bus, knowledge.keys(), new SignatureVerifier(vertx), knowledge.seen(), revocations, clock, issuer);
        this.defaultAudience = new DefaultAudience(defaultAudience);
        this.introspection = new IntrospectionService(bus, inspector, this.defaultAudience);
        this.revocation = new RevocationService(bus, inspector, revocations);
        this.subjects = new SubjectService(bus, revocations);
        this.jwtApps = new JwtAppService(bus, knowledge.jwtApps(), subjects);
        this.userinfo = new UserinfoService(
                bus, inspector, new BoundTokenInspector(inspector, proofs), subjects, knowledge.clients());
        this.sessions = new BrowserSessions(bus, revocations);
        this.endSession = new EndSession(bus, knowledge.clients());
        this.authorization = new AuthorizationService(bus, knowledge.clients(), clock, issuer, codeLife);
    }

    public ClientAuthenticator clients() {
        return clients;
    }

    public TokenService tokens() {
        return tokens;
    }

    public RefreshService refreshes() {
        return refreshes;
    }

    public ClientJwtLogin clientJwts() {
        return clientJwts;
    }

    public PasswordLogin logins() {
        return logins;
    }

    public TokenInspector inspector() {
        return inspector;
    }

    public IntrospectionService introspection() {
        return introspection;
    }

    public RevocationService revocation() {
        return revocation;
    }

    public SubjectService subjects() {
        return subjects;
    }

    public JwtAppService jwtApps() {
        return jwtApps;
    }

    public UserinfoService userinfo() {
        return userinfo;
    }

    public AuthorizationService authorization() {
        return authorization;
    }

    public BrowserSessions sessions() {
        return sessions;
    }

    public EndSession endSession() {
        return endSession;
    }

    public DpopNonces dpopNonces() {
        return dpopNonces;
    }

    public DefaultAudience defaultAudience() {
        return defaultAudience;
    }
}
