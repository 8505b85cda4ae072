package io.gatehouse.store;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Devices;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.message.Keys;
import io.gatehouse.common.message.Logouts;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.common.message.RateLimits;
import io.gatehouse.common.message.Registrations;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.SecondFactors;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.StoreHealth;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Verifiers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers the store's families on one event loop; every instance of the process works on the same store. */
public final class StoreVerticle extends VerticleBase {
    private static final long NO_TIMER = -1;

    private final Bus bus;
    private final Services services;
    private final Heartbeat heartbeat;
    private final LogWatch watch;
    private long timer = NO_TIMER;
    private boolean beating;

    StoreVerticle(Bus bus, Services services, Heartbeat heartbeat, LogWatch watch) {
        this.bus = bus;
        this.services = services;
        this.heartbeat = heartbeat;
        this.watch = watch;
    }

    record Services(
            TenantService tenants,
            ClientService clients,
            UserService users,
            CodeService codes,
            DeviceService devices,
            GrantService grants,
            RevocationService revocations,
            KeyService keys,
            JwtAppService jwtApps,
            SessionService sessions,
            SecondFactorService secondFactors,
            LogoutService logouts,
            OneTimeValueService oneTimeValues,
            PushedRequestService pushedRequests,
            RegistrationService registrations,
            RateLimitService rateLimits,
            VerifierService verifiers,
            HealthService health) {}

    /** @param taken whether an instance of this process has the heartbeat and watches the log: one is enough */
    record Heartbeat(Duration interval, AtomicBoolean taken) {}

    @Override
    public Future<?> start() {
        return Future.all(List.of(
                        bus.serve(Tenants.class, Tenants.ADDRESS, services.tenants()::answer),
                        bus.serve(Clients.class, Clients.ADDRESS, services.clients()::answer),
                        bus.serve(Users.class, Users.ADDRESS, services.users()::answer),
                        bus.serve(Codes.class, Codes.ADDRESS, services.codes()::answer),
                        bus.serve(Devices.class, Devices.ADDRESS, services.devices()::answer),
                        bus.serve(Grants.class, Grants.ADDRESS, services.grants()::answer),
                        bus.serve(Revocations.class, Revocations.ADDRESS, services.revocations()::answer),
                        bus.serve(Keys.class, Keys.ADDRESS, services.keys()::answer),
                        bus.serve(JwtApps.class, JwtApps.ADDRESS, services.jwtApps()::answer),
                        bus.serve(Sessions.class, Sessions.ADDRESS, services.sessions()::answer),
                        bus.serve(SecondFactors.class, SecondFactors.ADDRESS, services.secondFactors()::answer),
                        bus.serve(Logouts.class, Logouts.ADDRESS, services.logouts()::answer),
                        bus.serve(OneTimeValues.class, OneTimeValues.ADDRESS, services.oneTimeValues()::answer),
                        bus.serve(PushedRequests.class, PushedRequests.ADDRESS, services.pushedRequests()::answer),
                        bus.serve(Registrations.class, Registrations.ADDRESS, services.registrations()::answer),
                        bus.serve(RateLimits.class, RateLimits.ADDRESS, services.rateLimits()::answer),
                        bus.serve(Verifiers.class, Verifiers.ADDRESS, services.verifiers()::answer),
                        bus.serve(StoreHealth.class, StoreHealth.ADDRESS, services.health()::answer)))
                .compose(served -> startHeartbeat());
    }

    private Future<Void> startHeartbeat() {
        if (!heartbeat.taken().compareAndSet(false, true)) {
            return Future.succeededFuture();
        }
        timer = vertx.setPeriodic(heartbeat.interval().toMillis(), tick -> beat());
        return watch.start(vertx);
    }

    private void beat() {
        if (!beating) {
            beating = true;
            services.revocations().heartbeat().onComplete(said -> beating = false);
        }
    }

    @Override
    public Future<?> stop() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            heartbeat.taken().set(false);
        }
        return Future.succeededFuture();
    }
}
