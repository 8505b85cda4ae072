package io.gatehouse.store.embedded;

import io.gatehouse.common.message.Grants.Find;
import io.gatehouse.common.message.Grants.Outcome;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.Grants.Revoke;
import io.gatehouse.common.message.Grants.Revoked;
import io.gatehouse.common.message.Grants.Rotate;
import io.gatehouse.common.message.Grants.Unrotate;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.User;
import io.gatehouse.store.CodeRules;
import io.gatehouse.store.Denials;
import io.gatehouse.store.GrantStore;
import io.gatehouse.store.Opening;
import io.gatehouse.store.RotationResult;
import io.gatehouse.store.RotationRules;
import io.gatehouse.store.RotationRules.Verdict;
import io.gatehouse.store.Standing;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class EmbeddedGrants implements GrantStore.Grants {
    private final Writer writer;
    private final DenialLog log;
    private final RotationRules rules;

    EmbeddedGrants(Writer writer, DenialLog log, RotationRules rules) {
        this.writer = writer;
        this.log = log;
        this.rules = rules;
    }

    @Override
    public Future<Opening> open(Grant grant, Instant now) {
        return writer.submit(tables -> open(tables, grant, now));
    }

    private static Opening open(Tables tables, Grant grant, Instant now) {
        Grant existing = tables.grant(grant.tenant(), grant.id());
        if (existing != null) {
            return openDead(tables, existing, grant, now);
        }
        User user = tables.user(grant.tenant(), grant.subject());
        if (user == null || !RotationRules.stands(user, grant.subjectEpoch())) {
            return Opening.SUBJECT_REFUSED;
        }
        if (!RotationRules.stands(tables.client(grant.tenant(), grant.clientId()), grant.clientEpoch())) {
            return Opening.CLIENT_REFUSED;
        }
        tables.put(grant);
        tables.put(UserRow.loggedIn(user, now));
        return Opening.OPENED;
    }

    /**
     * Its code was replayed between taking it and this write. The first presentation stays the one success, with tokens
     * that are denied already.
     */
    private static Opening openDead(Tables tables, Grant existing, Grant grant, Instant now) {
        if (!CodeRules.endedBeforeItsWrite(existing)) {
            return Opening.EXISTS;
        }
        tables.put(grant.revoked(now));
        return Opening.OPENED;
    }

    @Override
    public Future<RotationResult> rotate(Rotate request, Instant now) {
        return writer.submit(tables -> rotate(tables, request, now));
    }

    private RotationResult rotate(Tables tables, Rotate request, Instant now) {
        Grant grant = tables.grant(request.tenant(), request.grant());
        User user = grant == null ? null : tables.user(grant.tenant(), grant.subject());
        Client client = grant == null ? null : tables.client(grant.tenant(), grant.clientId());
        Session session = grant == null ? null : session(tables, grant);
        Consent consent = grant == null ? null : tables.consent(grant.tenant(), grant.subject(), grant.clientId());
        Verdict verdict = rules.decide(request, grant, user, client, session, consent, now);
        if (verdict instanceof Verdict.Refuse refuse) {
            return new RotationResult.Refused(refuse.reason(), List.of());
        }
        return write(
                tables,
                verdict,
                new Standing(
                        Objects.requireNonNull(grant), Objects.requireNonNull(user), Objects.requireNonNull(client)),
                now);
    }

    private static @Nullable Session session(Tables tables, Grant grant) {
        SessionId bound = grant.boundSession();
        return bound == null ? null : tables.session(grant.tenant(), bound);
    }

    private RotationResult write(Tables tables, Verdict verdict, Standing before, Instant now) {
        return switch (verdict) {
            case Verdict.Rotate rotate -> new RotationResult.Rotated(write(tables, rotate.next(), before));
            case Verdict.Keep keep -> new RotationResult.Kept(write(tables, keep.next(), before));
            case Verdict.Replay replay ->
                new RotationResult.Replayed(
                        replay.first() ? write(tables, replay.next(), before) : before,
                        Objects.requireNonNull(before.grant().sealedSuccessor()));
            case Verdict.Reuse reuse -> new RotationResult.Refused(Refusal.REUSED, revoke(tables, before.grant(), now));
            case Verdict.Refuse refuse -> new RotationResult.Refused(refuse.reason(), List.of());
        };
    }

    private static Standing write(Tables tables, Grant next, Standing before) {
        tables.put(next);
        return new Standing(next, before.user(), before.client());
    }

    /** Nothing to deny where it was revoked before: whoever did that denied it. */
    private List<SequencedDenial> revoke(Tables tables, Grant grant, Instant now) {
        if (grant.revokedAt() != null) {
            return List.of();
        }
        List<SequencedDenial> denials = log.append(tables, Denials.of(grant, now), now);
        tables.put(grant.revoked(now));
        return denials;
    }

    @Override
    public Future<Boolean> unrotate(Unrotate request) {
        return writer.submit(tables -> unrotate(tables, request));
    }

    private static boolean unrotate(Tables tables, Unrotate request) {
        Grant grant = tables.grant(request.tenant(), request.grant());
        boolean undoable = grant != null
                && grant.generation() == request.generation()
                && grant.previousSecret() != null
                && !grant.replayed()
                && grant.revokedAt() == null;
        if (grant != null && undoable) {
            tables.put(grant.unrotated());
        }
        return undoable;
    }

    @Override
    public Future<Revoked> revoke(Revoke request, Instant now) {
        return writer.submit(tables -> revoke(tables, request, now));
    }

    private Revoked revoke(Tables tables, Revoke request, Instant now) {
        Grant grant = tables.grant(request.tenant(), request.grant());
        if (grant == null || !grant.familySecret().equals(request.familySecret())) {
            return new Revoked(Outcome.UNKNOWN, List.of());
        }
        if (!grant.clientId().equals(request.clientId())) {
            return new Revoked(Outcome.FOREIGN, List.of());
        }
        return new Revoked(Outcome.REVOKED, revoke(tables, grant, now));
    }

    @Override
    public Future<@Nullable Grant> find(Find request, Instant now) {
        return writer.submit(tables -> find(tables, request, now));
    }

    private static @Nullable Grant find(Tables tables, Find request, Instant now) {
        Grant grant = tables.grant(request.tenant(), request.grant());
        if (grant == null
                || !grant.clientId().equals(request.clientId())
                || !grant.familySecret().equals(request.familySecret())
                || !grant.currentSecret().equals(request.secret())) {
            return null;
        }
        User user = tables.user(grant.tenant(), grant.subject());
        Client client = tables.client(grant.tenant(), grant.clientId());
        Consent consent = tables.consent(grant.tenant(), grant.subject(), grant.clientId());
        Refusal refusal = RotationRules.refusal(grant, user, client, session(tables, grant), consent, now);
        return refusal == null ? grant : null;
    }
}
