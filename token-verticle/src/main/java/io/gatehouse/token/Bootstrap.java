package io.gatehouse.token;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.BootstrapClient;
import io.gatehouse.common.config.BootstrapConfig;
import io.gatehouse.common.config.BootstrapTenant;
import io.gatehouse.common.config.BootstrapUser;
import io.gatehouse.common.config.JwtAppConfig;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configuration as code: declares tenants, then clients, users and JWT apps. What stands already in these words stays
 * untouched, so it may run at every start and on several nodes.
 */
final class Bootstrap {
    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    private final Vertx vertx;
    private final Bus bus;
    private final WorkerLane workers;
    private final Clock clock;
    private final MasterKeys masterKeys;

    Bootstrap(Vertx vertx, Bus bus, WorkerLane workers, Clock clock, MasterKeys masterKeys) {
        this.vertx = vertx;
        this.bus = bus;
        this.workers = workers;
        this.clock = clock;
        this.masterKeys = masterKeys;
    }

    /**
     * @param firstKeys makes the default tenant's signing keys where it has none
     * @return fails with {@link StartFailure}, which names everything that failed
     */
    Future<Void> apply(BootstrapConfig declared, Supplier<Future<?>> firstKeys) {
        List<Declaration> tenants = tenants(declared.tenants());
        List<Declaration> rest = new ArrayList<>(clients(declared.clients()));
        rest.addAll(users(declared.users()));
        rest.addAll(jwtApps(declared.jwtApps()));
        rest.add(new Declaration(
                "the default tenant's signing keys", () -> firstKeys.get().map(key -> false)));
        DeclarationRun run = new DeclarationRun(vertx, tenants.size() + rest.size());
        // The rest belongs to tenants, which must stand first.
        return run.apply(tenants)
                .compose(standing -> run.apply(rest))
                .onSuccess(done -> summary(declared, run.changed()));
    }

    private static void summary(BootstrapConfig declared, int changed) {
        if (!declared.isEmpty()) {
            LOG.info(
                    "bootstrap: {} tenants, {} clients, {} users and {} JWT apps are declared; {} were new or changed",
                    declared.tenants().size(),
                    declared.clients().size(),
                    declared.users().size(),
                    declared.jwtApps().size(),
                    changed);
        }
    }

    private List<Declaration> tenants(List<BootstrapTenant> declared) {
        List<Declaration> steps = new ArrayList<>();
        if (declared.stream().noneMatch(tenant -> tenant.id().equals(Tenant.MAIN))) {
            steps.add(new Declaration("the default tenant", this::mainTenant));
        }
        for (int i = 0; i < declared.size(); i++) {
            Tenant tenant = BootstrapRecords.tenant(declared.get(i));
            steps.add(new Declaration("bootstrap.tenants[" + i + "] (" + tenant.id() + ")", () -> declare(tenant)));
        }
        return steps;
    }

    // Not declared is not declared empty: what an earlier configuration said of it stays.
    private Future<Boolean> mainTenant() {
        return bus.ask(new Tenants.Find(Tenant.MAIN))
                .compose(found -> found.tenant() == null
                        ? declare(new Tenant(Tenant.MAIN, null, null, 0))
                        : Future.succeededFuture(false));
    }

    private Future<Boolean> declare(Tenant tenant) {
        return bus.ask(new Tenants.Declare(tenant)).map(Tenants.Declared::changed);
    }

    private List<Declaration> clients(List<BootstrapClient> declared) {
        List<Declaration> steps = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            BootstrapClient client = declared.get(i);
            String name = "bootstrap.clients[" + i + "] (" + client.clientId() + " of tenant " + client.tenant() + ")";
            steps.add(new Declaration(
                    name,
                    () -> bus.ask(new Clients.Declare(BootstrapRecords.client(client, clock.instant(), masterKeys)))
                            .map(Clients.Declared::changed)));
        }
        return steps;
    }

    // By position: a username may be an address or a number, which no log holds.
    private List<Declaration> users(List<BootstrapUser> declared) {
        List<Declaration> steps = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            BootstrapUser user = declared.get(i);
            steps.add(new Declaration(
                    "bootstrap.users[" + i + "] (of tenant " + user.tenant() + ")", () -> declare(user)));
        }
        return steps;
    }

    private Future<Boolean> declare(BootstrapUser user) {
        return bus.ask(new Users.Declare(BootstrapRecords.user(user, clock.instant()), BootstrapRecords.password(user)))
                .map(Users.Declared::changed);
    }

    private List<Declaration> jwtApps(List<JwtAppConfig> declared) {
        List<Declaration> steps = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            JwtAppConfig app = declared.get(i);
            String name = "bootstrap.jwt_apps[" + i + "] (" + app.name() + " of tenant " + app.tenant() + ")";
            steps.add(new Declaration(name, () -> declare(app)));
        }
        return steps;
    }

    private Future<Boolean> declare(JwtAppConfig app) {
        return workers.run(() -> BootstrapRecords.jwtApp(app, masterKeys))
                .compose(record -> bus.ask(new JwtApps.Declare(record)))
                .map(JwtApps.Declared::changed);
    }
}
