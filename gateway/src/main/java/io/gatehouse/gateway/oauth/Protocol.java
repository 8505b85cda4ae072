package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;

/** The services of the protocol, wired for one event loop. Whoever has a door to them (HTTP, the bus) gets them here. */
public final class Protocol {
    private final ClientAuthenticator clients;
    private final TokenService tokens;
    private final RefreshService refreshes;
    private final PasswordLogin logins;
    private final ClientJwtLogin clientJwts;
    private final TokenInspector inspector;
    private final BoundTokenInspector boundTokens;
    private final AssertionService assertions;
    private final IntrospectionService introspection;
    private final RevocationService revocation;
    private final SubjectService subjects;
    private final JwtAppService jwtApps;
    private final DefaultAudience defaultAudience;
    private final UserinfoService userinfo;
    private final AuthorizationService authorization;
    private final PushedAuthorization pushedRequests;
    private final SignedResponses signedResponses;
    private final BrowserSessions sessions;
    private final ServiceSessions serviceSessions;
    private final EndSession endSession;
    private final DeviceAuthorization deviceAuthorization;
    private final DeviceDecision deviceDecision;
    private final DpopNonces dpopNonces;
    private final List<String> authorizationDetailsTypes;
    private final ClientRegistration registration;
    private final DocumentedClients documentedClients;

    /**
     * @param keySets of clients that publish their keys
     * @param source of request objects that clients keep elsewhere
     * @param documents that clients name which nobody declared
     * @param chains whom certificates of clients may come from
     */
    public Protocol(
            Vertx vertx,
            Bus bus,
            Knowledge knowledge,
            Clock clock,
            ProtocolSettings settings,
            ClientKeySets keySets,
            ObjectSource source,
            ClientDocuments documents,
            CertificateChains chains) {
        String issuer = settings.issuer();
        RevocationList revocations = knowledge.revocations();
        this.clients = new ClientAuthenticator(
                bus,
                knowledge.clients(),
                new AssertionAuthenticator(bus, keySets, issuer),
                new CertificateAuthenticator(chains, keySets, clock));
        this.refreshes = new RefreshService(bus, revocations);
        GrantOpening opening = new GrantOpening(bus);
        this.logins = new PasswordLogin(bus, opening);
        this.clientJwts = new ClientJwtLogin(bus, knowledge.clients(), clock);
        DailyKeys days = new DailyKeys(bus, clock);
        this.dpopNonces = new DpopNonces(days, clock);
        DpopProofs proofs = new DpopProofs(bus, dpopNonces, clock, issuer, settings.dpopNonceRequired());
        RequestedAccessReader access = new RequestedAccessReader(settings.authorizationDetails());
        this.authorizationDetailsTypes = access.types();
        this.inspector = new TokenInspector(
                bus,
                knowledge.keys(),
                new SignatureVerifier(vertx),
                new TokenUsers(days),
                knowledge.seen(),
                revocations,
                clock,
                issuer);
        this.boundTokens = new BoundTokenInspector(inspector, proofs);
        this.assertions = new AssertionService(bus, knowledge, clock);
        this.tokens = new TokenService(
                clients,
                proofs,
                access,
                List.of(
                        new AuthorizationCodeGrant(bus, opening, revocations),
                        new ClientCredentialsGrant(bus),
                        new DeviceCodeGrant(bus, opening, revocations),
                        new RefreshTokenGrant(refreshes),
                        new TokenExchangeGrant(bus, inspector),
                        new JwtBearerGrant(bus, keySets)));
        this.defaultAudience = new DefaultAudience(settings.defaultAudience());
        this.introspection = new IntrospectionService(bus, inspector, this.defaultAudience);
        this.revocation = new RevocationService(bus, inspector, revocations);
        this.subjects = new SubjectService(bus, revocations);
        this.jwtApps = new JwtAppService(bus, knowledge.jwtApps(), subjects);
        this.userinfo =
                new UserinfoService(bus, inspector, boundTokens, subjects, knowledge.clients(), this.defaultAudience);
        this.sessions = new BrowserSessions(bus, revocations);
        this.serviceSessions = new ServiceSessions(bus, knowledge.sessions(), revocations, clock);
        this.endSession = new EndSession(bus, knowledge.clients());
        this.deviceAuthorization = new DeviceAuthorization(bus, access, clock);
        this.deviceDecision = new DeviceDecision(bus, knowledge.clients());
        RequestObjects objects = new RequestObjects(vertx, ClientJwks.of(keySets), clock);
        RequestReader requests = new RequestReader(bus, knowledge.clients(), objects, source, access, clock, issuer);
        this.authorization = new AuthorizationService(bus, requests, clock, issuer, settings.codeLife());
        this.signedResponses = new SignedResponses(bus, knowledge.clients());
        this.pushedRequests =
                new PushedAuthorization(bus, clients, proofs, requests, clock, settings.pushedRequestLife());
        this.registration = new ClientRegistration(vertx, bus, knowledge, documents, clock);
        this.documentedClients = new DocumentedClients(bus, knowledge, documents, clock);
    }

    public ClientRegistration registration() {
        return registration;
    }

    public DocumentedClients documentedClients() {
        return documentedClients;
    }

    public ClientAuthenticator clients() {
        return clients;
    }

    public TokenService tokens() {
        return tokens;
    }

    /** That may be asked for (RFC 9396, section 10). */
    public List<String> authorizationDetailsTypes() {
        return authorizationDetailsTypes;
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

    public BoundTokenInspector boundTokens() {
        return boundTokens;
    }

    public AssertionService assertions() {
        return assertions;
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

    public PushedAuthorization pushedRequests() {
        return pushedRequests;
    }

    public SignedResponses signedResponses() {
        return signedResponses;
    }

    public BrowserSessions sessions() {
        return sessions;
    }

    public ServiceSessions serviceSessions() {
        return serviceSessions;
    }

    public EndSession endSession() {
        return endSession;
    }

    public DeviceAuthorization deviceAuthorization() {
        return deviceAuthorization;
    }

    public DeviceDecision deviceDecision() {
        return deviceDecision;
    }

    public DpopNonces dpopNonces() {
        return dpopNonces;
    }

    public DefaultAudience defaultAudience() {
        return defaultAudience;
    }
}
