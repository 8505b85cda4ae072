package io.gatehouse.store;

import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.Revocations.DenyKey;
import io.gatehouse.common.message.Revocations.DenyToken;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;

/** Answers {@link Revocations}, and says where the log stands. */
final class RevocationService {
    static final Revocations.Read HEAD_ONLY = new Revocations.Read(Long.MAX_VALUE, 0);

    private final Store.Revocations revocations;
    private final Announcer announcer;
    private final Clock clock;

    RevocationService(Store.Revocations revocations, Announcer announcer, Clock clock) {
        this.revocations = revocations;
        this.announcer = announcer;
        this.clock = clock;
    }

    Future<?> answer(Revocations<?> request) {
        return switch (request) {
            case DenyToken denyToken -> denyToken(denyToken);
            case DenyKey denyKey -> denyKey(denyKey);
            case Revocations.Read read -> revocations.read(read, clock.instant());
        };
    }

    private Future<Revocations.Denied> denyToken(DenyToken request) {
        Instant now = clock.instant();
        return revocations.deny(Denials.of(request, now), now).map(denials -> {
            AuditLine.of("token_denied", request.tenant())
                    .client(request.clientId())
                    .with("jti", request.jti())
                    .outcome(denials.isEmpty() ? "expired" : "denied");
            return new Revocations.Denied(announcer.denied(denials));
        });
    }

    private Future<Revocations.Denied> denyKey(DenyKey request) {
        Instant now = clock.instant();
        return revocations.deny(Denials.of(request, now), now).map(denials -> {
            AuditLine.of("key_denied", request.tenant())
                    .with("kid", request.kid())
                    .outcome("denied");
            return new Revocations.Denied(announcer.denied(denials));
        });
    }

    /** Says nothing while the store can't be read: verifiers must notice. */
    Future<Void> heartbeat() {
        return revocations
                .read(HEAD_ONLY, clock.instant())
                .onSuccess(page -> announcer.heartbeat(page.head()))
                .mapEmpty();
    }
}
