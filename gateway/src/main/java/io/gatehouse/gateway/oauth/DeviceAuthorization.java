package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Devices;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.Scope;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The device authorization endpoint without HTTP (RFC 8628, sections 3.1 and 3.2). */
public final class DeviceAuthorization {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    /** A user code that is taken is made anew; so often in a row it never is. */
    private static final int TRIES = 3;

    private final Bus bus;
    private final RequestedAccessReader access;
    private final Clock clock;

    DeviceAuthorization(Bus bus, RequestedAccessReader access, Clock clock) {
        this.bus = bus;
        this.access = access;
        this.clock = clock;
    }

    /** What the device is told. */
    public record Begun(Secret deviceCode, UserCode userCode, Duration life, Duration interval) {}

    /**
     * Lets a device wait for a user.
     *
     * @param remoteAddress of the device
     * @return fails with {@code Throttled} where the address or the tenant asks too often
     */
    public Future<Begun> begin(AuthenticatedClient client, Parameters parameters, String remoteAddress) {
        if (!client.client().mayUse(Devices.GRANT_TYPE)) {
            throw OAuthError.failure(
                    Code.UNAUTHORIZED_CLIENT, "this client is not registered for grant_type " + Devices.GRANT_TYPE);
        }
        Scope scope = AuthorizationReader.scope(client.client(), parameters);
        return begin(client, scope, access.read(client.client(), parameters), remoteAddress, TRIES);
    }

    private Future<Begun> begin(
            AuthenticatedClient client,
            Scope scope,
            @Nullable RequestedAccess wanted,
            String remoteAddress,
            int tries) {
        Instant end = clock.instant().plus(LIFE);
        CodeId.Made made = CodeId.make(end);
        UserCode userCode = UserCode.make();
        return bus.ask(new Devices.Begin(
                        client.tenant(),
                        client.clientId(),
                        made.id(),
                        userCode.digest(),
                        scope,
                        wanted,
                        INTERVAL,
                        remoteAddress,
                        end,
                        !client.client().isPublic()))
                .map(begun -> new Begun(made.code(), userCode, LIFE, INTERVAL))
                .recover(failure -> Refusals.isConflict(failure) && tries > 1
                        ? begin(client, scope, wanted, remoteAddress, tries - 1)
                        : Future.failedFuture(failure));
    }
}
