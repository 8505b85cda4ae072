package io.gatehouse.store;

import io.gatehouse.common.limit.Gcra;
import io.gatehouse.common.message.Keys.Save;
import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.Revocations.Page;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.message.Verifiers.Live;
import io.gatehouse.common.message.Verifiers.Standing;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SequencedDenial;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A back end. Every call is atomic and can be one statement; what it answers is durable when it answers. Rows carry
 * their expiry and every call compares it with the {@code now} it is given: sweeping only collects garbage.
 *
 * <p>Calls fail with {@link io.gatehouse.common.error.OAuthFailure}: {@code Conflict} and {@code NotFound} as each
 * says, {@code Unavailable} when the back end is gone or its queue is full. Futures complete on the caller's context.
 */
public interface Store extends DirectoryStore, GrantStore, SessionStore {
    Keys keys();

    Revocations revocations();

    Verifiers verifiers();

    OneTimeValues oneTimeValues();

    Limits limits();

    /** Whether it works, with counts for operators. Never fails. */
    Future<PartHealth> check();

    /** Finishes what is in flight. */
    Future<Void> close();

    /** Sealed signing keys. */
    interface Keys {
        Future<@Nullable SealedKeySet> load(String tenant);

        /** Gives the new version; {@code Conflict} where the stored version is not the expected one. */
        Future<Long> save(Save request);
    }

    /** The log of denials, numbered in the order of commits. */
    interface Revocations {
        /** Of the moment; another one than before means that numbers read before are void. */
        String incarnation();

        /**
         * Appends, unless an unexpired line already says as much, and gives the line that says it; where the client had too
         * many lines, one that denies the client's whole generation; nothing for what has expired.
         */
        Future<List<SequencedDenial>> deny(Denial denial, Instant now);

        Future<Page> read(Read request, Instant now);

        /**
         * Lets other processes on the back end know, soon, that a line of that number was appended; does nothing where there is
         * no other.
         */
        default void tellOthers(long head) {}

        /**
         * Hears of lines that somebody {@link #tellOthers told} of, and where the log stands: twice, late or never where
         * something is in the way.
         *
         * @param listener is given the number of the last line, on any thread
         */
        default void onAppended(LongConsumer listener) {}
    }

    /** Leases of the processes that verify tokens; where a restart ends those too, it may forget them. */
    interface Verifiers {
        /** Whether there was a live lease to renew: who had none may know key sets that nobody asked it to forget. */
        Future<Boolean> report(io.gatehouse.common.message.Verifiers.Report request, Instant now);

        Future<Standing> standing(Live request, Instant now);
    }

    /** Values that count once. */
    interface OneTimeValues {
        /**
         * Whether nobody of the kind, tenant and owner spent the value before, as far as is known: remembered until {@code
         * until}, which follows from the value itself, so that it says the same each time it is presented.
         */
        Future<Boolean> spend(Spend request, Instant now);
    }

    /** Counters of attempts; they need not survive a restart. */
    interface Limits {
        /**
         * Takes one attempt from every limit, or from none.
         *
         * @return zero where it was taken, else how long until it could be
         */
        Future<Duration> reserve(List<Limit> limits, Instant now);

        /** Takes one attempt, or none, and tells how things stand then: of what is asked often, and by no login. */
        Future<Gcra.Decision> take(Limit limit, Instant now);

        /** Gives an attempt back. */
        Future<Void> refund(List<Limit> limits, Instant now);
    }
}
