package io.gatehouse.store.embedded;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.gatehouse.store.Declarations;
import io.gatehouse.store.Denials;
import io.gatehouse.store.DirectoryStore;
import io.gatehouse.store.LoginKey;
import io.gatehouse.store.LoginRows;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

final class EmbeddedUsers implements DirectoryStore.Users {
    private final Writer writer;
    private final DenialLog log;

    EmbeddedUsers(Writer writer, DenialLog log) {
        this.writer = writer;
        this.log = log;
    }

    @Override
    public Future<LoginRows> login(String tenant, LoginName name, String clientId) {
        return writer.submit(
                tables -> new LoginRows(tables.named(tenant, LoginKey.of(name)), tables.client(tenant, clientId)));
    }

    @Override
    public Future<@Nullable User> find(String tenant, String subject) {
        return writer.submit(tables -> tables.user(tenant, subject));
    }

    @Override
    public Future<@Nullable User> named(String tenant, LoginName name) {
        return writer.submit(tables -> tables.named(tenant, LoginKey.of(name)));
    }

    @Override
    public Future<Boolean> declare(UserProfile profile, @Nullable Secret passwordHash) {
        return writer.submit(tables -> declare(tables, profile, passwordHash));
    }

    private static boolean declare(Tables tables, UserProfile declared, @Nullable Secret passwordHash) {
        LoginKey username = LoginKey.of(new LoginName(LoginName.Kind.USERNAME, declared.username()));
        User existing = tables.named(declared.tenant(), username);
        User next = Declarations.user(existing, declared, passwordHash);
        if (next.equals(existing)) {
            return false;
        }
        if (existing == null) {
            checkIsNew(tables, declared);
        }
        checkNames(tables, next.profile());
        if (existing != null) {
            LoginKey.of(existing.profile())
                    .forEach(name -> tables.loginKeys.remove(Tables.key(declared.tenant(), name)));
        }
        put(tables, next);
        return true;
    }

    static void put(Tables tables, User user) {
        UserProfile profile = user.profile();
        LoginKey.of(profile)
                .forEach(name -> tables.loginKeys.put(Tables.key(profile.tenant(), name), profile.subject()));
        tables.put(user);
    }

    private static void checkIsNew(Tables tables, UserProfile declared) {
        if (!tables.tenants.has(RowKey.of(declared.tenant()))) {
            throw new OAuthError.NotFound("tenant").failure();
        }
        byte[] key = RowKey.of(declared.tenant(), declared.subject());
        if (tables.users.has(key) || tables.clients.has(key)) {
            throw new OAuthError.Conflict("subject").failure();
        }
    }

    private static void checkNames(Tables tables, UserProfile profile) {
        for (LoginKey name : LoginKey.of(profile)) {
            String owner = tables.loginKeys.get(Tables.key(profile.tenant(), name));
            if (owner != null && !owner.equals(profile.subject())) {
                throw new OAuthError.Conflict(name.kind().name().toLowerCase(Locale.ROOT)).failure();
            }
        }
    }

    @Override
    public Future<List<SequencedDenial>> logOut(String tenant, String subject, Instant now) {
        return writer.submit(tables -> {
            User user = tables.user(tenant, subject);
            return user == null ? List.of() : deny(tables, UserRow.nextEpoch(user), now);
        });
    }

    @Override
    public Future<List<SequencedDenial>> setState(String tenant, String subject, UserState state, Instant now) {
        return writer.submit(tables -> {
            User user = tables.user(tenant, subject);
            if (user == null) {
                throw new OAuthError.NotFound("user").failure();
            }
            User next = UserRow.inState(user, state);
            if (state == UserState.ACTIVE) {
                tables.put(next);
                return List.of();
            }
            return deny(tables, UserRow.nextEpoch(next), now);
        });
    }

    private List<SequencedDenial> deny(Tables tables, User next, Instant now) {
        List<SequencedDenial> denials = log.append(tables, Denials.of(next, now), now);
        tables.put(next);
        return denials;
    }
}
