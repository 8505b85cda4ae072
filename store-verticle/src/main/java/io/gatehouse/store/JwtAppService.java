package io.gatehouse.store;

import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.JwtAppStatement;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.model.JwtApp;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers {@link JwtApps}: the store's word on an app is attested, for the token role. */
final class JwtAppService {
    /** For so long gateways may remember an app whose change they did not hear of. */
    private static final Duration STATEMENT_LIFE = Duration.ofSeconds(60);

    private final DirectoryStore.JwtApps apps;
    private final Attestor attestor;
    private final Announcer announcer;
    private final Clock clock;

    JwtAppService(DirectoryStore.JwtApps apps, Attestor attestor, Announcer announcer, Clock clock) {
        this.apps = apps;
        this.attestor = attestor;
        this.announcer = announcer;
        this.clock = clock;
    }

    Future<?> answer(JwtApps<?> request) {
        return switch (request) {
            case JwtApps.Find find -> apps.find(find.tenant(), find.name()).map(this::found);
            case JwtApps.Declare declare -> declare(declare.app());
        };
    }

    private JwtApps.Found found(@Nullable JwtApp app) {
        return new JwtApps.Found(
                app == null || app.disabled()
                        ? null
                        : attestor.attest(
                                new JwtAppStatement(app, clock.instant().plus(STATEMENT_LIFE))));
    }

    private Future<JwtApps.Declared> declare(JwtApp app) {
        return apps.declare(app).map(changed -> {
            if (changed) {
                AuditLine.of("jwt_app_declared", app.tenant())
                        .with("app", app.name())
                        .outcome(app.disabled() ? "disabled" : "changed");
                announcer.jwtAppChanged(app.tenant(), app.name());
            }
            return new JwtApps.Declared(changed);
        });
    }
}
