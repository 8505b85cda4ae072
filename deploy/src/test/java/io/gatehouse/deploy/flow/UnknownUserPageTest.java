package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.store.Argon2Hasher;
import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The login page does not tell who has an account: neither by what it says nor by its work, which is counted in hashes, for
 * time depends on the machine.
 */
class UnknownUserPageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A hash fills so much memory that the rest of what its thread does is nothing beside it. */
    private static final double BYTES_PER_HASH = bytesPerHash();

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              users:
                - {username: ada, password: ada-demo-password, email: ada@example.org, email_verified: true, phone: "+15550101"}
                - {username: gone, password: ada-demo-password, disabled: true}
                - {username: nopassword}
            """);

    private final Person person = new Person(NODE.caller().base());

    /** @param hashes that it took */
    private record Refused(int status, String text, long hashes) {}

    private Refused guess(String username) {
        Page login = person.open("/login");
        long before = allocated();
        Page page = person.submit(login, "username", username, "password", "not the password");
        long hashes = Math.round((allocated() - before) / BYTES_PER_HASH);
        String text = page.body()
                .replace(page.form().fields().get("request"), "")
                .replace(page.form().fields().get("username"), "");
        return new Refused(page.status(), text.replaceAll("value=\"[^\"]*\"", ""), hashes);
    }

    private static long bytesPerHash() {
        Argon2Hasher hasher = new Argon2Hasher();
        hasher.matches(Secret.of("the first one loads classes"), null);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        hasher.matches(Secret.of("not the password"), null);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static long allocated() {
        return LongStream.of(THREADS.getAllThreadIds())
                .filter(id -> {
                    var info = THREADS.getThreadInfo(id);
                    return info != null && info.getThreadName().startsWith("gatehouse-password-");
                })
                .map(THREADS::getThreadAllocatedBytes)
                .sum();
    }

    @Test
    void whoeverIsUnknownReadsAndCostsWhatAWrongPasswordDoes() {
        guess("ada"); // what is loaded for the first hash is not its work
        Refused wrong = guess("ada");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.hashes()).isEqualTo(1);
        assertThat(wrong.text()).contains("role=\"alert\"");
        assertThat(guess("nobody")).isEqualTo(wrong);
        assertThat(guess("gone")).isEqualTo(wrong);
        assertThat(guess("nopassword")).isEqualTo(wrong);
        assertThat(guess("ada@example.org")).isEqualTo(wrong);
        assertThat(guess("nobody@example.org")).isEqualTo(wrong);
        assertThat(guess("+15550101")).isEqualTo(wrong);
        assertThat(guess("+15559999")).isEqualTo(wrong);
    }
}
