package io.gatehouse.token;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.PartHealth;
import java.time.Clock;
import java.util.function.Supplier;

/** What each event loop has for itself, put together. */
final class LoopParts {
    private final TokenPolicy policy;
    private final TrustedIssuers trustedIssuers;
    private final MasterKeys masterKeys;
    private final Attestor attestor;
    private final WorkerLane workers;
    private final Clock clock;
    private final KeyRing ring;
    private final AuditLog audit = new AuditLog();
    private final Authorities authorities;
    private final JwsSigner signer;
    private final ClientSecrets secrets;
    private final TokenKeys keys;
    private final TenantSignatures signatures;
    private final DailyPageKeys pageKeys;
    private final Namings namings;
    private final TokenUsers users;
    private final AccessTokenVerifier accessTokens;

    LoopParts(
            TokenPolicy policy,
            TrustedIssuers trustedIssuers,
            MasterKeys masterKeys,
            Attestor attestor,
            WorkerLane workers,
            Clock clock,
            KeyRing ring) {
        this.policy = policy;
        this.trustedIssuers = trustedIssuers;
        this.masterKeys = masterKeys;
        this.attestor = attestor;
        this.workers = workers;
        this.clock = clock;
        this.ring = ring;
        this.authorities = new Authorities(attestor, audit);
        this.signer = new JwsSigner(workers);
        this.secrets = new ClientSecrets(masterKeys);
        this.keys = new TokenKeys(ring, secrets);
        this.signatures = new TenantSignatures(ring, workers);
        this.pageKeys = new DailyPageKeys(masterKeys, clock);
        this.namings = new Namings(ring);
        this.users = new TokenUsers(pageKeys);
        this.accessTokens = new AccessTokenVerifier(policy, signatures, users, audit);
    }

    TokenVerticle verticle(Bus bus, KeySchedule schedule, Supplier<PartHealth> health) {
        KeySealer sealer = new KeySealer(masterKeys);
        KeyRotation rotation = new KeyRotation(bus, ring, sealer, schedule, audit, clock);
        return new TokenVerticle(
                bus,
                issuer(),
                new TokenExchange(policy, authorities, signatures, ring, namings, users, signer, audit, clock),
                new ClientJwtVerifier(authorities, new ClientKeys(masterKeys), attestor, clock),
                new ClientAssertionVerifier(policy, authorities, secrets, workers, attestor, audit, clock),
                new GrantAssertionVerifier(policy, authorities, trustedIssuers, workers, attestor, audit, clock),
                new ClientDraftMaker(authorities, masterKeys, attestor, clock),
                jwtApps(),
                idTokens(),
                new UpstreamAssertionMinter(policy, authorities, signatures, ring, signer, audit, clock),
                new PasscodeService(masterKeys, attestor, audit, clock),
                pageKeys,
                ring,
                rotation,
                new KeyOrders(bus, ring, rotation, sealer, schedule, audit, clock),
                health);
    }

    TokenIssuer issuer() {
        IdTokenIssuer beside = new IdTokenIssuer(policy, authorities, keys, signer, audit);
        return new TokenIssuer(policy, authorities, ring, namings, users, signer, beside, audit, clock);
    }

    private JwtAppIssuer jwtApps() {
        JwtAppProofs proofs = new JwtAppProofs(authorities, accessTokens, audit);
        JwtAppKeys appKeys = new JwtAppKeys(masterKeys, workers);
        return new JwtAppIssuer(policy, authorities, proofs, appKeys, signer, audit, clock);
    }

    private IdTokenService idTokens() {
        return new IdTokenService(
                new HintReader(policy, authorities, signatures, secrets, namings, clock),
                new UserinfoSigner(policy, authorities, accessTokens, keys, signer, audit, clock),
                new LogoutSigner(policy, authorities, keys, namings, signer, audit, clock),
                new AuthorizationResponseSigner(policy, authorities, keys, signer, audit, clock),
                new IntrospectionSigner(policy, authorities, signatures, keys, signer, audit, clock));
    }
}
