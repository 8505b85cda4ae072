package io.gatehouse.store;

import io.gatehouse.common.config.LimitsConfig;
import io.gatehouse.common.message.Attestor;
import java.time.Clock;

/** Makes what one event loop answers with: what several services share, and the services. */
final class StoreServices {
    private final Store store;
    private final PasswordLane lane;
    private final LimitsConfig limits;
    private final Attestor attestor;
    private final Announcer announcer;
    private final Clock clock;
    private final GrantTimes times;
    private final Tickets tickets;
    private final LoginThrottle throttle;
    private final PasswordGate gate;
    private final OneTimeValueService oneTimeValues;
    private final FactorProofs factorProofs;
    private final FactorLogins factorLogins;

    StoreServices(
            Store store,
            PasswordLane lane,
            StoreSettings settings,
            Attestor attestor,
            Announcer announcer,
            Clock clock) {
        this.store = store;
        this.lane = lane;
        this.limits = settings.limits();
        this.attestor = attestor;
        this.announcer = announcer;
        this.clock = clock;
        this.times = GrantTimes.of(settings.tokens(), settings.sessions());
        this.tickets = new Tickets(attestor, times);
        this.throttle = new LoginThrottle(limits);
        this.gate = new PasswordGate(store.limits(), throttle, lane, clock);
        this.oneTimeValues =
                new OneTimeValueService(store.oneTimeValues(), store.limits(), new ProofThrottle(limits), clock);
        this.factorProofs = new FactorProofs(store, new FactorThrottle(limits), attestor, clock);
        this.factorLogins =
                new FactorLogins(store, factorProofs, oneTimeValues, times.sessions(), attestor, announcer, clock);
    }

    StoreVerticle.Services all() {
        return new StoreVerticle.Services(
                new TenantService(store.tenants(), announcer),
                clients(),
                users(),
                new CodeService(store, throttle, attestor, tickets, times, announcer, clock),
                new DeviceService(store, new DeviceThrottle(limits), clock),
                new GrantService(store.grants(), tickets, times, announcer, clock),
                new RevocationService(store.revocations(), announcer, clock),
                new KeyService(store.keys(), announcer),
                new JwtAppService(store.jwtApps(), attestor, announcer, clock),
                sessions(),
                new SecondFactorService(store, factorProofs, factorLogins, attestor, announcer, clock),
                new LogoutService(store.logouts(), attestor, clock),
                oneTimeValues,
                new PushedRequestService(store.pushedRequests(), store.limits(), new PushThrottle(limits), clock),
                new RegistrationService(store, new RegistrationThrottle(limits), attestor, announcer, clock),
                new RateLimitService(store.limits(), clock),
                new VerifierService(store.verifiers(), clock),
                new HealthService(store, lane));
    }

    private ClientService clients() {
        return new ClientService(
                store.clients(), new RegistrationUse(store.registrations()), attestor, announcer, clock);
    }

    private UserService users() {
        LoginService logins = new LoginService(store.users(), store.secondFactors(), gate, tickets, clock);
        AssertionLoginService byAssertion = new AssertionLoginService(store, oneTimeValues, attestor, tickets, clock);
        return new UserService(store.users(), logins, byAssertion, tickets, lane, announcer, clock);
    }

    private SessionService sessions() {
        return new SessionService(
                store,
                gate,
                new PasswordService(store.sessions(), gate, lane, announcer, clock),
                times.sessions(),
                new SessionVouching(store.sessions(), times.sessions(), attestor, clock),
                factorLogins,
                announcer,
                clock);
    }
}
