package io.gatehouse.store;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a {@link Store} that knows who there is. */
public interface DirectoryStore {
    Tenants tenants();

    Clients clients();

    Registrations registrations();

    Users users();

    JwtApps jwtApps();

    /** {@link Tenant#MAIN} is always there. */
    interface Tenants {
        Future<@Nullable Tenant> find(String tenant);

        Future<@Nullable Tenant> byApikey(String apikey);

        /** Says whether anything changed; {@code Conflict} where another tenant has the apikey. */
        Future<Boolean> declare(Tenant tenant);
    }

    /** Built-in clients are there in every tenant, without a row. */
    interface Clients {
        Future<@Nullable Client> find(String tenant, String clientId);

        /**
         * Creates or updates by {@link Declarations#client}; says whether anything changed. {@code NotFound} without its
         * tenant, {@code Conflict} where a user of the tenant has that subject, or a JWT app of it that audience.
         */
        Future<Boolean> declare(Client client);

        /** Refuses the client from now on and denies what it has: one epoch more. {@code NotFound} without it. */
        Future<List<SequencedDenial>> disable(String tenant, String clientId, Instant now);
    }

    /** Clients that nobody declared, as far as they differ from those: they are rows of {@link Clients} like any. */
    interface Registrations {
        /**
         * Writes a new client, in its first version; false where the tenant has {@code most} of them. {@code NotFound} and
         * {@code Conflict} as of {@link Clients#declare}; {@code Conflict} also where there is a client of that id.
         *
         * @param unusedLife for how long it is kept though nobody uses it
         */
        Future<Boolean> add(Client client, Duration unusedLife, long most, Instant now);

        /** Whether it took the place of the version before its own; its state and epoch stay. */
        Future<Boolean> replace(Client client);

        /** Ends it and denies what it has; null where there is none of that version that came by itself. */
        Future<@Nullable List<SequencedDenial>> remove(String tenant, String clientId, long version, Instant now);

        /** That it is used, which is written now and then ({@link Registration#isNoticeable}). */
        Future<Void> notice(String tenant, String clientId, Instant now);
    }

    /** Names of users are unique per tenant and kind, as {@link LoginKey} spells them. */
    interface Users {
        /** What a login needs, at one moment. */
        Future<LoginRows> login(String tenant, LoginName name, String clientId);

        Future<@Nullable User> find(String tenant, String subject);

        Future<@Nullable User> named(String tenant, LoginName name);

        /**
         * Creates or updates by {@link Declarations#user}; says whether anything changed. {@code NotFound} without its
         * tenant, {@code Conflict} where another user has one of the names or a client has that id.
         *
         * @param passwordHash taken only where the user is new
         */
        Future<Boolean> declare(UserProfile profile, @Nullable Secret passwordHash);

        /** One epoch more, and a denial of the earlier ones; nothing where there is no such user. */
        Future<List<SequencedDenial>> logOut(String tenant, String subject, Instant now);

        /** {@code NotFound} without the user. Any state but active also denies what the user has. */
        Future<List<SequencedDenial>> setState(String tenant, String subject, UserState state, Instant now);
    }

    /** Their audiences and the ids of clients never meet: an app's JWT must not pass as a client's id token. */
    interface JwtApps {
        Future<@Nullable JwtApp> find(String tenant, String name);

        /**
         * Creates or updates by {@link Declarations#jwtApp}; says whether anything changed. {@code NotFound} without its
         * tenant, {@code Conflict} where one of its audiences is the id of a client of the tenant.
         */
        Future<Boolean> declare(JwtApp app);
    }
}
