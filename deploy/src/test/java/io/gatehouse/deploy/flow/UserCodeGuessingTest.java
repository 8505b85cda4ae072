package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 8628, section 5.1: nobody finds a user code by trying, and nobody fills the store with requests. */
class UserCodeGuessingTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo()
            .with("limits.user_code_failures", "5/PT10M")
            .with("limits.device_requests_per_address", "3/PT10M");

    private final Caller caller = NODE.caller();
    private final DeviceFlow device = DeviceFlow.demo(caller);

    @Test
    void wrongCodesHoldBackTheRightOne_andRequestsAreCounted() {
        Answer first = device.begin("openid");
        Answer second = device.begin("openid");
        device.begin("openid");
        Answer held = device.ask("scope", "openid");
        assertThat(held.error()).isEqualTo("429 temporarily_unavailable");
        assertThat(Integer.parseInt(held.header("Retry-After"))).isPositive();

        Person person = new Person(caller.base());
        for (int i = 0; i < 8; i++) {
            assertThat(DeviceFlow.question(person, first).form().action())
                    .as("a right one counts against nobody")
                    .isEqualTo("/device/decision");
        }
        Page page = person.open("/device");
        for (char last : "BCDFG".toCharArray()) {
            page = person.submit(page, "user_code", "BCDF-GHJ" + last);
            assertThat(page.status()).isEqualTo(400);
        }
        Page throttled = person.submit(page, "user_code", second.text("user_code"));
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).isPresent();
        assertThat(throttled.body()).contains("Too many codes were wrong");
        assertThat(device.poll(second).error()).isEqualTo("400 authorization_pending");
    }
}
