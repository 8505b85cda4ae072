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
        Future<Known> read(long after, int limit);
    }

    /**
     * A part of the log.
     *
     * @param age for how long what it tells may have been the past when it was told: lines that came since may be missing
     */
    public record Known(Revocations.Page page, Duration age) {
        static Known now(Revocations.Page page) {
            return new Known(page, Duration.ZERO);
        }
    }

    /** A line of a log that is not the one known here. */
    public static final long OTHER_LOG = Long.MAX_VALUE;

    private static final System.Logger LOG = System.getLogger(RevocationList.class.getName());
    private static final int PAGE = 1000;

    private final LogTail tail = new LogTail(PAGE);
    private final DenialTable denials = new DenialTable();
    private final AtomicReference<@Nullable Promise<Void>> catchingUp = new AtomicReference<>();
    private final List<Consumer<Denial>> listeners = new CopyOnWriteArrayList<>();
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final long stalenessNanos;
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
        Source source = store(bus);
        return bus.hear(event -> hear(source, event)).compose(listening -> catchUp(source));
    }

    private static Source store(Bus bus) {
        return (after, limit) -> bus.ask(new Revocations.Read(after, limit)).map(Known::now);
    }

    /**
     * Reads what came since where nothing was heard for so long: who can be asked again is heard later. To be called again and again;
     * silence that lasts is the answer where nobody can be asked.
     */
    public void breakSilence(Bus bus, Duration silence) {
        if (complete && nanoTime.getAsLong() - lastHeard > silence.toNanos()) {
            Future<Void> unused = catchUp(store(bus));
        }
    }

    /** Reads what came since: for who can't tell whether an event is true. Fails when the log can't be read. */
    public Future<Void> read(Source source) {
        sweep();
        return catchUp(source);
    }

    /**
     * How far the log has to be read to learn what an event, if it is true, tells beyond what is known here.
     *
     * @return number of a line; 0: it tells nothing more; {@link #OTHER_LOG} where its numbers are of another log
     */
    public long untold(Event event) {
        if (event instanceof Event.Denied denied) {
            long last = denied.denials().stream()
                    .mapToLong(SequencedDenial::sequence)
                    .max()
                    .orElse(0);
            return untold(denied.incarnation(), Math.max(last, tail.head()));
        }
        return event instanceof Event.Heartbeat beat ? untold(beat.incarnation(), beat.head()) : 0;
    }

    private long untold(String incarnation, long at) {
        if (!incarnation.equals(tail.incarnation())) {
            return OTHER_LOG;
        }
        long head = tail.head();
        if (at == head) {
            return 0;
        }
        // A log that ends earlier may have lost its end, or the event was overtaken: whoever is asked knows by now.
        return at > 0 ? at : OTHER_LOG;
    }

    /**
     * What this process knows of the log behind a line, for who would read the log.
     *
     * @param least a line that it has to reach
     * @return null: that is not known here, or was not heard of lately; who asks has to read the log
     */
    public @Nullable Known known(long after, int limit, long least) {
        // The age first: what is appended meanwhile makes the page younger than it says.
        long age = nanoTime.getAsLong() - lastHeard;
        Revocations.Page page = complete && age <= stalenessNanos ? tail.after(after, limit) : null;
        return page == null || page.head() < least ? null : new Known(page, Duration.ofNanos(Math.max(0, age)));
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
        return tail.head();
    }

    public int size() {
        return denials.size();
    }

    /**
     * Whether something of {@code token} was revoked: itself, its grant, session, subject, client, key or consent, or a token
     * that it was made of.
     */
    public boolean denies(AccessToken token) {
        return denials.denies(token);
    }

    /** Whether the session ended, or all that was given to its user in that generation. */
    public boolean denies(SessionStatement session, long subjectEpoch) {
        return denials.denies(session, subjectEpoch);
    }

    /** Lines that came in an answer: known here before the answer goes out, whatever the push is doing. */
    public void add(List<SequencedDenial> lines) {
        for (SequencedDenial line : lines) {
            denials.put(line.denial());
            listeners.forEach(listener -> tell(listener, line.denial()));
        }
    }

    /** What it does with it is its own affair: the list must go on, or nothing is verified any more. */
    private static void tell(Consumer<Denial> listener, Denial denial) {
        try {
            listener.accept(denial);
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "who was told of a revocation failed over it", failure);
        }
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
        if (!tail.append(from, lines)) {
            readMissing(source);
        }
    }

    private void beat(Source source, Event.Heartbeat heartbeat) {
        sweep();
        if (!heartbeat.incarnation().equals(tail.incarnation()) || heartbeat.head() != tail.head()) {
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
        read(source, tail.head(), mine);
        return mine.future();
    }

    /** Page after page, not future within future: a chain as long as the log would overflow the stack at its end. */
    private void read(Source source, long after, Promise<Void> whole) {
        long asked = nanoTime.getAsLong();
        source.read(after, PAGE).onComplete(known -> take(source, after, known, asked, whole), whole::fail);
    }

    /** An answer may have been held up: it is as fresh as the question, at least, where it was of the present. */
    private void take(Source source, long after, Known known, long asked, Promise<Void> whole) {
        Revocations.Page page = known.page();
        boolean restarted = !page.incarnation().equals(tail.incarnation());
        if ((restarted || page.head() < after) && after > 0) {
            // The numbers of another incarnation, or of a log that lost its end, say nothing about this one: read it
            // from its start. Until then nothing that is heard fits them either.
            tail.forget();
            read(source, 0, whole);
            return;
        }
        add(page.denials());
        tail.take(page);
        if (page.upTo() < page.head()) {
            read(source, page.upTo(), whole);
            return;
        }
        long at = asked - known.age().toNanos();
        // A heartbeat may have come meanwhile; such times overflow, so their difference counts.
        if (!complete || at - lastHeard > 0) {
            lastHeard = at;
        }
        complete = true;
        whole.complete();
    }

    private synchronized void sweep() {
        Instant now = clock.instant();
        if (now.isAfter(nextSweep)) {
            nextSweep = now.plusSeconds(30);
            denials.sweep(now);
        }
    }
}
