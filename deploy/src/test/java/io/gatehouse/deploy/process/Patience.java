package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** How clients ask while something behind the node is away: again, as it tells them to, and never because of a 500. */
final class Patience {
    private final AtomicInteger answers = new AtomicInteger();

    interface Call {
        HttpResponse<String> send() throws IOException, InterruptedException;
    }

    /** What was acknowledged to all clients. */
    int answers() {
        return answers.get();
    }

    /** Asks until it is granted. */
    HttpResponse<String> granted(Call call) throws IOException, InterruptedException {
        HttpResponse<String> response = answered(call);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response;
    }

    /** Asks until it is granted or refused. */
    HttpResponse<String> answered(Call call) throws IOException, InterruptedException {
        HttpResponse<String> response = call.send();
        while (response.statusCode() == 429 || response.statusCode() == 503) {
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            // sooner than told: these clients want to be there when it comes back
            Thread.sleep(50);
            response = call.send();
        }
        assertThat(response.statusCode()).as(response.body()).isLessThan(500);
        if (response.statusCode() == 200) {
            answers.incrementAndGet();
        }
        return response;
    }
}
