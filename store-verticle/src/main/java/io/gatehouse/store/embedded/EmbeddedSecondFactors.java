package io.gatehouse.store.embedded;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.User;
import io.gatehouse.store.Denials;
import io.gatehouse.store.SessionRows;
import io.gatehouse.store.SessionStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class EmbeddedSecondFactors implements SessionStore.SecondFactors {
    private final Writer writer;
    private final DenialLog log;

    EmbeddedSecondFactors(Writer writer, DenialLog log) {
        this.writer = writer;
        this.log = log;
    }

    @Override
    public Future<@Nullable SecondFactor> find(String tenant, String subject) {
        return writer.submit(tables -> tables.secondFactor(tenant, subject));
    }

    @Override
    public Future<Boolean> use(String tenant, String subject, Instant enrolledAt, long step) {
        return writer.submit(tables -> {
            SecondFactor factor = tables.secondFactor(tenant, subject);
            boolean counts = factor != null && factor.enrolledAt().equals(enrolledAt) && factor.lastStep() < step;
            if (factor != null && counts) {
                tables.put(factor.used(step));
            }
            return counts;
        });
    }

    @Override
    public Future<Boolean> recover(String tenant, String subject, Digest code) {
        return writer.submit(tables -> {
            SecondFactor factor = tables.secondFactor(tenant, subject);
            boolean counts = factor != null && factor.recovery().contains(code);
            if (factor != null && counts) {
                tables.put(factor.without(code));
            }
            return counts;
        });
    }

    @Override
    public Future<@Nullable List<SequencedDenial>> change(
            String tenant, SessionProof session, @Nullable SecondFactor factor, Digest fresh, Instant now) {
        return writer.submit(tables -> {
            SessionRows rows = EmbeddedSessions.rows(tables, tenant, session, now);
            boolean has =
                    rows != null && tables.secondFactor(tenant, rows.session().subject()) != null;
            return rows == null || has == (factor != null) ? null : change(tables, rows, factor, fresh, now);
        });
    }

    private List<SequencedDenial> change(
            Tables tables, SessionRows rows, @Nullable SecondFactor factor, Digest fresh, Instant now) {
        Session own = rows.session();
        if (factor == null) {
            tables.secondFactors.remove(RowKey.of(own.tenant(), own.subject()));
        } else {
            tables.put(factor);
        }
        User next = UserRow.nextEpoch(rows.user());
        List<SequencedDenial> denials = log.append(tables, Denials.of(next, now), now);
        tables.put(next);
        EmbeddedSessions.removeOthers(tables, own, now);
        SessionTable.put(tables, own.goingOn(fresh, next.epoch(), SecondFactor.amr(own.amr(), factor != null)));
        return denials;
    }

    @Override
    public Future<Boolean> remove(String tenant, String subject) {
        return writer.submit(tables -> {
            byte[] key = RowKey.of(tenant, subject);
            boolean there = tables.secondFactors.has(key);
            tables.secondFactors.remove(key);
            return there;
        });
    }
}
