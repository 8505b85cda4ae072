package io.gatehouse.token;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.message.Keys;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Verifiers;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.UserProfile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of the store as the token role asks, in maps: this module may not see the real one. */
final class StoreStandIn {
    final Map<String, SealedKeySet> keys = new ConcurrentHashMap<>();
    final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
    final Map<String, Client> clients = new ConcurrentHashMap<>();
    final Map<String, Users.Declare> users = new ConcurrentHashMap<>();
    final Map<String, JwtApp> jwtApps = new ConcurrentHashMap<>();
    final AtomicInteger loads = new AtomicInteger();
    final AtomicInteger conflicts = new AtomicInteger();
    volatile boolean away;
    /** How many verifiers do not know any version. */
    volatile int behind;
    /** Denials are answered once so many were asked for. */
    volatile int denialsTogether = 1;

    private final List<Promise<Revocations.Denied>> waiting = new ArrayList<>();

    final List<Verifiers.Live> standings = new CopyOnWriteArrayList<>();
    final List<String> deniedKeys = new CopyOnWriteArrayList<>();

    StoreStandIn(String... tenantIds) {
        for (String id : tenantIds) {
            tenants.put(id, new Tenant(id, null, null, 1));
        }
    }

    Future<?> serve(Bus bus) {
        return Future.all(List.of(
                bus.serve(Keys.class, Keys.ADDRESS, this::keys),
                bus.serve(Verifiers.class, Verifiers.ADDRESS, this::verifiers),
                bus.serve(Revocations.class, Revocations.ADDRESS, this::revocations),
                bus.serve(Tenants.class, Tenants.ADDRESS, this::tenants),
                bus.serve(Clients.class, Clients.ADDRESS, this::clients),
                bus.serve(Users.class, Users.ADDRESS, this::users),
                bus.serve(JwtApps.class, JwtApps.ADDRESS, this::jwtApps)));
    }

    private Future<?> keys(Keys<?> request) {
        if (away) {
            return Future.failedFuture(new OAuthError.Unavailable("store").failure());
        }
        return switch (request) {
            case Keys.Load load -> {
                loads.incrementAndGet();
                yield Future.succeededFuture(new Keys.Loaded(keys.get(load.tenant())));
            }
            case Keys.Save save -> save(save);
        };
    }

    private Future<?> verifiers(Verifiers<?> request) {
        return switch (request) {
            case Verifiers.Live live -> {
                standings.add(live);
                yield Future.succeededFuture(new Verifiers.Standing(3, behind));
            }
            case Verifiers.Report report -> Future.failedFuture(new OAuthError.NotFound("message").failure());
        };
    }

    private Future<?> revocations(Revocations<?> request) {
        if (!(request instanceof Revocations.DenyKey denial)) {
            return Future.failedFuture(new OAuthError.NotFound("message").failure());
        }
        return deny(denial.kid());
    }

    private synchronized Future<?> deny(String kid) {
        deniedKeys.add(kid);
        Promise<Revocations.Denied> denied = Promise.promise();
        waiting.add(denied);
        if (waiting.size() >= denialsTogether) {
            waiting.forEach(one -> one.complete(new Revocations.Denied(List.of())));
            waiting.clear();
        }
        return denied.future();
    }

    private synchronized Future<?> save(Keys.Save save) {
        SealedKeySet before = keys.get(save.keySet().tenant());
        if ((before == null ? 0 : before.version()) != save.expectedVersion()) {
            conflicts.incrementAndGet();
            return Future.failedFuture(new OAuthError.Conflict("keys").failure());
        }
        keys.put(save.keySet().tenant(), save.keySet());
        return Future.succeededFuture(new Keys.Saved(save.keySet().version()));
    }

    private Future<?> tenants(Tenants<?> request) {
        return switch (request) {
            case Tenants.Find find -> Future.succeededFuture(new Tenants.Found(tenants.get(find.tenant())));
            case Tenants.FindByApikey find -> Future.failedFuture(new OAuthError.NotFound("message").failure());
            case Tenants.Declare declare -> {
                Tenant before = tenants.put(declare.tenant().id(), declare.tenant());
                boolean same = before != null && before.declaresSameAs(declare.tenant());
                yield Future.succeededFuture(new Tenants.Declared(!same));
            }
        };
    }

    private Future<?> clients(Clients<?> request) {
        return switch (request) {
            case Clients.Declare declare -> {
                Client client = declare.client();
                if (!tenants.containsKey(client.tenant())) {
                    yield Future.failedFuture(new OAuthError.NotFound("tenant").failure());
                }
                Client before = clients.putIfAbsent(client.clientId(), client);
                yield Future.succeededFuture(new Clients.Declared(before == null));
            }
            case Clients.Find find -> Future.failedFuture(new OAuthError.NotFound("client").failure());
        };
    }

    private Future<?> users(Users<?> request) {
        if (!(request instanceof Users.Declare declare)) {
            return Future.failedFuture(new OAuthError.NotFound("message").failure());
        }
        UserProfile user = declare.profile();
        boolean taken = users.values().stream()
                .anyMatch(other -> !other.profile().username().equals(user.username())
                        && user.email() != null
                        && user.email().equals(other.profile().email()));
        return taken
                ? Future.failedFuture(new OAuthError.Conflict("email").failure())
                : Future.succeededFuture(new Users.Declared(users.putIfAbsent(user.username(), declare) == null));
    }

    private Future<?> jwtApps(JwtApps<?> request) {
        if (!(request instanceof JwtApps.Declare declare)) {
            return Future.failedFuture(new OAuthError.NotFound("message").failure());
        }
        JwtApp app = declare.app();
        if (app.audiences().stream().anyMatch(clients::containsKey)) {
            return Future.failedFuture(new OAuthError.Conflict("audience").failure());
        }
        JwtApp before = jwtApps.get(app.name());
        boolean same = before != null && before.declaresSameAs(app);
        if (!same) {
            jwtApps.put(app.name(), app);
        }
        return Future.succeededFuture(new JwtApps.Declared(!same));
    }
}
