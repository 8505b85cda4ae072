package io.gatehouse.store.embedded;

import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.gatehouse.store.DeviceRequest;
import io.gatehouse.store.LoginKey;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.PushedRequest;
import io.gatehouse.store.Registration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/** The maps of the file, and the look-ups that more than one kind of operation makes. For the writer thread only. */
final class Tables {
    final UndoLog undo = new UndoLog();
    /** What the store says about itself. */
    final Table<String, String> facts;

    final RowTable<byte[], Tenant> tenants;
    /** From apikey to tenant. */
    final Table<String, String> apikeys;

    /** A built-in client has a row only once its state differs from the one it is born with. */
    final RowTable<byte[], Client> clients;

    final RowTable<byte[], User> users;
    /** From tenant and login key to subject. */
    final Table<byte[], String> loginKeys;

    final RowTable<byte[], AuthorizationCode> codes;
    final RowTable<byte[], DeviceRequest> devices;
    /** From tenant and digest of the user code to the key of the request that was given it last. */
    final Table<byte[], byte[]> devicesByUserCode;

    /** From kind, tenant, owner and digest of a one-time value to the end of its memory, in milliseconds. */
    final Table<byte[], Long> spent;

    final RowTable<byte[], Grant> grants;
    final RowTable<byte[], SealedKeySet> keySets;
    final RowTable<byte[], JwtApp> jwtApps;
    /** By sequence number. */
    final RowTable<Long, Denial> denials;
    /** From tenant, client, kind and key to the one line that says it. */
    final Table<byte[], Long> denialKeys;
    /** From tenant and client to its number of lines about tokens and grants. */
    final Table<byte[], Long> denialCounts;

    final RowTable<byte[], Session> sessions;
    /** From tenant, subject and id, the last to expire first, to the id. */
    final Table<byte[], byte[]> sessionsBySubject;

    final RowTable<byte[], SecondFactor> secondFactors;
    final RowTable<byte[], Consent> consents;
    final RowTable<byte[], PendingLogout> logouts;
    /** From the time it is due and its key to the key of a logout. */
    final Table<byte[], byte[]> logoutsDue;
    /** From tenant and client to its number of logouts. */
    final Table<byte[], Long> logoutCounts;

    final RowTable<byte[], PushedRequest> pushedRequests;
    final RowTable<byte[], Registration> registrations;
    /** From the time it ends and its key to the key of a registration. */
    final Table<byte[], byte[]> registrationEnds;
    /** From tenant to its number of registrations. */
    final Table<byte[], Long> registrationCounts;

    private final MVStore file;

    Tables(MVStore file) {
        this.file = file;
        facts = strings("facts");
        tenants = rows("tenants", Tenant.class);
        apikeys = strings("apikeys");
        clients = rows("clients", Client.class);
        users = rows("users", User.class);
        loginKeys = table("loginKeys", ByteArrayDataType.INSTANCE, StringDataType.INSTANCE);
        codes = rows("codes", AuthorizationCode.class);
        devices = rows("devices", DeviceRequest.class);
        devicesByUserCode = table("devicesByUserCode", ByteArrayDataType.INSTANCE, ByteArrayDataType.INSTANCE);
        spent = table("spent", ByteArrayDataType.INSTANCE, LongDataType.INSTANCE);
        grants = rows("grants", Grant.class);
        keySets = rows("keySets", SealedKeySet.class);
        jwtApps = rows("jwtApps", JwtApp.class);
        denials = new RowTable<>(table("denials", LongDataType.INSTANCE, ByteArrayDataType.INSTANCE), Denial.class);
        denialKeys = table("denialKeys", ByteArrayDataType.INSTANCE, LongDataType.INSTANCE);
        denialCounts = table("denialCounts", ByteArrayDataType.INSTANCE, LongDataType.INSTANCE);
        sessions = rows("sessions", Session.class);
        sessionsBySubject = table("sessionsBySubject", ByteArrayDataType.INSTANCE, ByteArrayDataType.INSTANCE);
        secondFactors = rows("secondFactors", SecondFactor.class);
        consents = rows("consents", Consent.class);
        logouts = rows("logouts", PendingLogout.class);
        logoutsDue = table("logoutsDue", ByteArrayDataType.INSTANCE, ByteArrayDataType.INSTANCE);
        logoutCounts = table("logoutCounts", ByteArrayDataType.INSTANCE, LongDataType.INSTANCE);
        pushedRequests = rows("pushedRequests", PushedRequest.class);
        registrations = rows("registrations", Registration.class);
        registrationEnds = table("registrationEnds", ByteArrayDataType.INSTANCE, ByteArrayDataType.INSTANCE);
        registrationCounts = table("registrationCounts", ByteArrayDataType.INSTANCE, LongDataType.INSTANCE);
    }

    /** The stored client; or a built-in one, with the state a row may give it. */
    @Nullable
    Client client(String tenant, String clientId) {
        Client row = clients.get(RowKey.of(tenant, clientId));
        Client builtIn = BuiltInClients.find(tenant, clientId);
        if (builtIn == null) {
            return row;
        }
        if (row != null) {
            return builtIn.inState(row.disabled(), row.epoch(), row.version());
        }
        return tenants.has(RowKey.of(tenant)) ? builtIn : null;
    }

    /**
     * Whether a JWT app of the tenant has that audience. It reads them all: they are few, and only a client's first
     * declaration asks, so that an index would cost more to keep than it saves.
     */
    boolean isAudience(String tenant, String clientId) {
        byte[] ofTenant = RowKey.of(tenant);
        AtomicBoolean found = new AtomicBoolean();
        jwtApps.scan(ofTenant, (key, app) -> {
            if (!RowKey.startsWith(key, ofTenant)) {
                return false;
            }
            found.set(app.audiences().contains(clientId));
            return !found.get();
        });
        return found.get();
    }

    void put(Client client) {
        clients.put(RowKey.of(client.tenant(), client.clientId()), client);
    }

    @Nullable
    User user(String tenant, String subject) {
        return users.get(RowKey.of(tenant, subject));
    }

    @Nullable
    User named(String tenant, LoginKey name) {
        String subject = loginKeys.get(key(tenant, name));
        return subject == null ? null : user(tenant, subject);
    }

    void put(User user) {
        users.put(RowKey.of(user.profile().tenant(), user.profile().subject()), user);
    }

    @Nullable
    AuthorizationCode code(String tenant, CodeId id) {
        return codes.get(key(tenant, id));
    }

    void put(AuthorizationCode code) {
        codes.put(key(code.tenant(), code.id()), code);
    }

    private static byte[] key(String tenant, CodeId id) {
        return RowKey.of(tenant, id.digest().value().base64Url());
    }

    @Nullable
    Grant grant(String tenant, GrantId id) {
        return grants.get(RowKey.of(tenant, id));
    }

    void put(Grant grant) {
        grants.put(RowKey.of(grant.tenant(), grant.id()), grant);
    }

    @Nullable
    Session session(String tenant, SessionId id) {
        return sessions.get(RowKey.of(tenant, id));
    }

    @Nullable
    SecondFactor secondFactor(String tenant, String subject) {
        return secondFactors.get(RowKey.of(tenant, subject));
    }

    void put(SecondFactor factor) {
        secondFactors.put(RowKey.of(factor.tenant(), factor.subject()), factor);
    }

    @Nullable
    Consent consent(String tenant, String subject, String clientId) {
        return consents.get(RowKey.of(tenant, subject, clientId));
    }

    void put(Consent consent) {
        consents.put(RowKey.of(consent.tenant(), consent.subject(), consent.clientId()), consent);
    }

    static byte[] key(String tenant, LoginKey name) {
        return RowKey.of(tenant, name.kind().name(), name.value());
    }

    private <T extends Record> RowTable<byte[], T> rows(String name, Class<T> type) {
        return new RowTable<>(table(name, ByteArrayDataType.INSTANCE, ByteArrayDataType.INSTANCE), type);
    }

    private Table<String, String> strings(String name) {
        return table(name, StringDataType.INSTANCE, StringDataType.INSTANCE);
    }

    private <K, V> Table<K, V> table(String name, DataType<K> keys, DataType<V> values) {
        return new Table<>(
                file.openMap(name, new MVMap.Builder<K, V>().keyType(keys).valueType(values)), undo);
    }
}
