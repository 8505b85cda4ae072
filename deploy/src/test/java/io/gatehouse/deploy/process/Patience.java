package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** How clients ask while something behind the node is away: again, as it tells them to, and never because of a 500. */
final class Patience {
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger losses = new AtomicInteger();
    private final boolean endless;
    private final long pauseMillis;

    interface Call {
        HttpResponse<String> send() throws IOException, InterruptedException;
    }

    /** Ends where the node is gone. */
    Patience() {
        this(false, 0);
    }

    private Patience(boolean endless, long pauseMillis) {
        this.endless = endless;
        this.pauseMillis = pauseMillis;
    }

    /** Goes on also while the node is gone: it comes back. */
    static Patience endless() {
        return new Patience(true, 0);
    }

    /** The same as usual, by clients that leave the processor to nodes that start meanwhile. */
    static Patience leisurely() {
        return new Patience(false, 10);
    }

    /** What was acknowledged to all clients. */
    int answers() {
        return answers.get();
    }

    /** Requests that were not answered as they deserved. */
    String failures() {
        return refusals + " requests answered 503 or 429, " + losses + " not answered";
    }

    /** Asks until it is granted. */
    HttpResponse<String> granted(Call call) throws IOException, InterruptedException {
        HttpResponse<String> response = answered(call);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response;
    }

    /** Asks until it is granted or refused. */
    HttpResponse<String> answered(Call call) throws IOException, InterruptedException {
        HttpResponse<String> response = sent(call);
        while (response.statusCode() == 429 || response.statusCode() == 503) {
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            refusals.incrementAndGet();
            // sooner than told: these clients want to be there when it comes back
            Thread.sleep(50);
            response = sent(call);
        }
        assertThat(response.statusCode()).as(response.body()).isLessThan(500);
        if (response.statusCode() == 200) {
            answers.incrementAndGet();
        }
        return response;
    }

    private HttpResponse<String> sent(Call call) throws IOException, InterruptedException {
        while (true) {
            try {
                Thread.sleep(pauseMillis);
                return call.send();
            } catch (IOException gone) {
                if (!endless) {
                    throw gone;
                }
                losses.incrementAndGet();
                Thread.sleep(50);
            }
        }
    }
}
