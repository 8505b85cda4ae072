package io.gatehouse.common.bus;

import io.gatehouse.common.error.BusFailures;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;

/** The way back to whoever asked. */
interface Answering {
    DeliveryOptions REPLY = Bus.options(Duration.ofSeconds(2));

    void give(Record reply);

    void fail(OAuthError error);

    /** To somebody in this process. */
    static Answering inProcess(Message<Object> message) {
        return new Answering() {
            @Override
            public void give(Record reply) {
                message.reply(reply, REPLY);
            }

            @Override
            public void fail(OAuthError error) {
                message.fail(BusFailures.number(error), BusFailures.text(error));
            }
        };
    }
}
