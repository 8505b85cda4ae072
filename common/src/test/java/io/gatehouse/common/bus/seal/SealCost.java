package io.gatehouse.common.bus.seal;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** What sealing costs both sides together, on one core: {@code java -cp ... io.gatehouse.common.bus.seal.SealCost}. */
final class SealCost {
    private static final String ADDRESS = "gatehouse.v1.issuer.back1-0123456789ab";
    /** One of these may be on the class path: it is what a node signs and checks by. */
    private static final String QUICK = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private static final int ROUNDS = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Session asking;
    private final Session answering;
    private final Announcement speaking;
    private final Content question = new Content(System.currentTimeMillis(), Entropy.bytes(600));
    private final Content answer = new Content(System.currentTimeMillis(), Entropy.bytes(900));

    private SealCost() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        Identity a = Identity.make("a-1", List.of(), generator.generateKeyPair().getPrivate(), Instant.now());
        Identity b = Identity.make("b-1", List.of(), generator.generateKeyPair().getPrivate(), Instant.now());
        Peer peerA = Peer.of(a.hello(), Set.of(Part.GATEWAY), Instant.MAX);
        Peer peerB = Peer.of(b.hello(), Set.of(Part.STORE), Instant.MAX);
        this.asking = Session.between(a, peerB);
        this.answering = Session.between(b, peerA);
        this.speaking = new Announcement(a);
        print("meeting, one side", 500, () -> Session.between(a, peerB));
    }

    public static void main(String[] arguments) throws Exception {
        quicken();
        SealCost cost = new SealCost();
        print("question and answer, sealed, written, read and opened", 100_000, cost::ask);
        print("event signed", 3_000, cost::say);
        Envelope said = cost.say();
        print("event checked", 3_000, () -> cost.answering.openEvent(said));
    }

    private static void quicken() {
        try {
            Security.insertProviderAt(
                    (Provider) Class.forName(QUICK).getDeclaredConstructor().newInstance(), 1);
        } catch (ReflectiveOperationException none) {
            System.out.println("without " + QUICK);
        }
    }

    private boolean ask() {
        Envelope asked = cross(asking.seal(Envelope.Kind.REQUEST, ADDRESS, 0, question));
        Content heard = answering.open(asked, ADDRESS);
        if (heard == null || !answering.isNew(asked)) {
            throw new AssertionError("not opened");
        }
        Envelope told = cross(answering.seal(Envelope.Kind.ANSWER, ADDRESS, asked.number(), answer));
        return asking.openAnswer(told, asked, ADDRESS) != null;
    }

    private static Envelope cross(Envelope envelope) {
        Buffer wire = Buffer.buffer();
        envelope.write(wire);
        return Envelope.read(0, wire);
    }

    private Envelope say() {
        return speaking.sign(new Content(System.currentTimeMillis(), Bytes.utf8("an event")));
    }

    /** CPU time of this thread, the best of some rounds: others use the machine too. */
    private static void print(String what, int times, Callable<?> work) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < times; i++) {
                call(work);
            }
            best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - start) / 1_000.0 / times);
        }
        System.out.printf("%s: %.1f us%n", what, best);
    }

    private static void call(Callable<?> work) {
        try {
            if (work.call() == null) {
                throw new AssertionError("nothing");
            }
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
