package io.gatehouse.common.verify;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.SessionStatement;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of the revocation log: a snapshot and everything pushed since. One for all event loops, so
 * that what one of them revoked is refused by the others at once.
 *
 * <p>It counts only while it is fresh: a gap in the numbers or silence makes it read the log again, and silence beyond
 * the bound makes every verification fail.
 */
public final class RevocationList {
    /** Where the log is read. */
    public interface Source {
        /** See {@link Revocations.Read}. */
        Future<Revocations.Page> read(long after, int limit);
    }

    /** @param clientId of a consent: the user allows each client for itself; empty for all other kinds */
    private record Key(Denial.Kind kind, String tenant, String key, String clientId) {
        static Key of(Denial denial) {
            String clientId = denial.kind() == Denial.Kind.CONSENT ? denial.clientId() : "";
            return new Key(denial.kind(), denial.tenant(), denial.key(), clientId);
        }
    }

    private record Entry(long epoch, Instant expiresAt) {}

    private static final System.Logger LOG = System.getLogger(RevocationList.class.getName());
    private static final int PAGE = 1000;

    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Promise<Void>> catchingUp = new AtomicReference<>();
    private final List<Consumer<Denial>> listeners = new CopyOnWriteArrayList<>();
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final long stalenessNanos;
    private volatile String incarnation = "";
    private volatile long head;
    private volatile boolean complete;
    private volatile long lastHeard;
    private Instant nextSweep = Instant.MIN;

    /** @param staleness silence after which nothing is verified any more */
    public RevocationList(Clock clock, Duration staleness) {
        this(clock, staleness, System::nanoTime);
    }

    /** @param nanoTime a clock that never goes back */
    public RevocationList(Clock clock, Duration staleness, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.stalenessNanos = staleness.toNanos();
    }

    /** Listens and reads the log. Completes when the list is complete; fails when the log can't be read. */
    public Future<Void> follow(Bus bus) {
        Source source = (after, limit) -> bus.ask(new Revocations.Read(after, limit));
        return bus.hear(event -> hear(source, event)).compose(listening -> catchUp(source));
    }

    /** Reads what came since: for who can't tell whether an event is true. Fails when the log can't be read. */
    public Future<Void> read(Source source) {
        sweep();
        return catchUp(source);
    }

    /** Whether an event, if it is true, tells of something that is not known here. */
    public boolean isBehind(Event event) {
        if (event instanceof Event.Denied denied) {
            return !denied.incarnation().equals(incarnation)
                    || denied.denials().stream().anyMatch(line -> line.sequence() > head);
        }
        return event instanceof Event.Heartbeat beat
                && (!beat.incarnation().equals(incarnation) || beat.head() != head);
    }

    /** Tells of everything that is denied from now on, at least once, in the thread that learns of it. */
    public void listen(Consumer<Denial> listener) {
        listeners.add(listener);
    }

    /** Whether the list is complete and was heard of lately. */
    public boolean isFresh() {
        return complete && nanoTime.getAsLong() - lastHeard <= stalenessNanos;
    }

    /** The number of the last line that is known without a gap. */
    public long head() {
        return head;
    }

    public int size() {
        return entries.size();
    }

    /**
     * Whether something of {@code token} was revoked: itself, its grant, session, subject, client, key or consent, or a token that it
     * was made of.
     */
    public boolean denies(AccessToken token) {
        Provenance provenance = token.provenance();
        return deniesAlone(token)
                || (provenance != null && provenance.sources().stream().anyMatch(source -> denies(token, source)));
    }

    /** Whether the session ended, or all that was given to its user in that generation. */
    public boolean denies(SessionStatement session, long subjectEpoch) {
        return contains(Denial.Kind.SESSION, session.tenant(), session.sid())
                || isOutdated(Denial.Kind.SUBJECT, session.tenant(), session.subject(), subjectEpoch);
    }

    /** Its grant, session and subject are those of the token that was made of it. */
    private boolean denies(AccessToken token, Provenance.Source source) {
        String tenant = token.tenant();
        return contains(Denial.Kind.TOKEN, tenant, source.jti())
                || isOutdated(Denial.Kind.CLIENT, tenant, source.clientId(), source.clientEpoch())
                || contains(Denial.Kind.KEY, tenant, source.kid())
                || (source.consentEpoch() > 0
                        && isOutdated(
                                new Key(Denial.Kind.CONSENT, tenant, token.user(), source.clientId()),
                                source.consentEpoch()));
    }

    private boolean deniesAlone(AccessToken token) {
        String tenant = token.tenant();
        return contains(Denial.Kind.TOKEN, tenant, token.jti())
                || (token.gid() != null && contains(Denial.Kind.GRANT, tenant, token.gid()))
                || (token.sessionId() != null && contains(Denial.Kind.SESSION, tenant, token.sessionId()))
                || isOutdated(Denial.Kind.SUBJECT, tenant, token.user(), token.subjectEpoch())
                || isOutdated(Denial.Kind.CLIENT, tenant, token.clientId(), token.clientEpoch())
                || contains(Denial.Kind.KEY, tenant, token.kid())
                || (token.consentEpoch() > 0 && isOutdated(consentOf(token), token.consentEpoch()));
    }

    /** Lines that came in an answer: known here before the answer goes out, whatever the push is doing. */
    public void add(List<SequencedDenial> lines) {
        for (SequencedDenial line : lines) {
            put(line.denial());
            listeners.forEach(listener -> listener.accept(line.denial()));
        }
    }

    private boolean contains(Denial.Kind kind, String tenant, String key) {
        return entries.containsKey(new Key(kind, tenant, key, ""));
    }

    private static Key consentOf(AccessToken token) {
        return new Key(Denial.Kind.CONSENT, token.tenant(), token.user(), token.clientId());
    }

    private boolean isOutdated(Denial.Kind kind, String tenant, String key, long epoch) {
        return isOutdated(new Key(kind, tenant, key, ""), epoch);
    }

    private boolean isOutdated(Key key, long epoch) {
        Entry entry = entries.get(key);
        return entry != null && epoch < entry.epoch;
    }

    private void put(Denial denial) {
        Entry entry = new Entry(denial.epoch(), denial.expiresAt());
        entries.merge(Key.of(denial), entry, RevocationList::later);
    }

    private static Entry later(Entry one, Entry other) {
        Instant expiresAt = one.expiresAt.isAfter(other.expiresAt) ? one.expiresAt : other.expiresAt;
        return new Entry(Math.max(one.epoch, other.epoch), expiresAt);
    }

    private void hear(Source source, Event event) {
        if (event instanceof Event.Denied denied) {
            add(denied.denials());
            advance(source, denied.incarnation(), denied.denials());
        } else if (event instanceof Event.Heartbeat heartbeat) {
            beat(source, heartbeat);
        }
    }

    private void advance(Source source, String from, List<SequencedDenial> lines) {
        if (!from.equals(incarnation)) {
            return;
        }
        for (SequencedDenial line : lines) {
            if (line.sequence() == head + 1) {
                head = line.sequence();
            } else if (line.sequence() > head) {
                readMissing(source);
                return;
            }
        }
    }

    private void beat(Source source, Event.Heartbeat heartbeat) {
        sweep();
        if (!heartbeat.incarnation().equals(incarnation) || heartbeat.head() != head) {
            readMissing(source);
        } else if (complete) {
            lastHeard = nanoTime.getAsLong();
        }
    }

    private void readMissing(Source source) {
        catchUp(source)
                .onFailure(failure -> LOG.log(
                        System.Logger.Level.WARNING,
                        "the revocation log can't be read; tokens are refused once it is stale"));
    }

    /** One read at a time: who wants another meanwhile waits for this one. */
    private Future<Void> catchUp(Source source) {
        Promise<Void> mine = Promise.promise();
        Promise<Void> underway = catchingUp.compareAndExchange(null, mine);
        if (underway != null) {
            return underway.future();
        }
        mine.future().onComplete(done -> catchingUp.set(null));
        read(source, head, mine);
        return mine.future();
    }

    /** Page after page, not future within future: a chain as long as the log would overflow the stack at its end. */
    private void read(Source source, long after, Promise<Void> whole) {
        long asked = nanoTime.getAsLong();
        source.read(after, PAGE).onComplete(page -> take(source, after, page, asked, whole), whole::fail);
    }

    /** An answer may have been held up: it is as fresh as the question, at least. */
    private void take(Source source, long after, Revocations.Page page, long asked, Promise<Void> whole) {
        boolean restarted = !page.incarnation().equals(incarnation);
        if ((restarted || page.head() < after) && after > 0) {
            // The numbers of another incarnation, or of a log that lost its end, say nothing about this one: read it
            // from its
            // start.
            read(source, 0, whole);
            return;
        }
        add(page.denials());
        incarnation = page.incarnation();
        head = page.upTo();
        if (page.upTo() < page.head()) {
            read(source, page.upTo(), whole);
            return;
        }
        // A heartbeat may have come meanwhile; such times overflow, so their difference counts.
        if (!complete || asked - lastHeard > 0) {
            lastHeard = asked;
        }
        complete = true;
        whole.complete();
    }

    private synchronized void sweep() {
        Instant now = clock.instant();
        if (now.isAfter(nextSweep)) {
            nextSweep = now.plusSeconds(30);
            entries.values().removeIf(entry -> entry.expiresAt.isBefore(now));
        }
    }
}
