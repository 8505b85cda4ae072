package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.eventually;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.verify.RevocationList;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientDirectoryTest {
    private final TestNode node = new TestNode();

    @BeforeEach
    void start() {
        node.on(Clients.Find.class, find -> Samples.found(Samples.client(find.clientId())));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private int requests() {
        return node.asked(Clients.Find.class).size();
    }

    @Test
    void aClientIsAskedForOnce() {
        Knowledge knowledge = node.knowledge();
        for (int i = 0; i < 10; i++) {
            assertThat(await(knowledge.clients().find(node.bus, "main", "web"))
                            .client()
                            .clientId())
                    .isEqualTo("web");
        }
        assertThat(requests()).isEqualTo(1);
        await(knowledge.clients().find(node.bus, "shop", "web"));
        await(knowledge.clients().find(node.bus, "main", "app"));
        assertThat(node.asked(Clients.Find.class))
                .containsExactly(
                        new Clients.Find("main", "web"),
                        new Clients.Find("shop", "web"),
                        new Clients.Find("main", "app"));
    }

    @Test
    void anUnknownClientIsNull() {
        node.on(Clients.Find.class, find -> new Clients.Found(null));

        assertThat(await(node.knowledge().clients().find(node.bus, "main", "nobody")))
                .isNull();
    }

    /** It may be registered in the next moment. */
    @Test
    void thatThereIsNoneIsNotRemembered() {
        Knowledge knowledge = node.knowledge();
        node.on(Clients.Find.class, find -> new Clients.Found(null));
        await(knowledge.clients().find(node.bus, "main", "web"));
        node.on(Clients.Find.class, find -> Samples.found(Samples.client(find.clientId())));

        assertThat(await(knowledge.clients().find(node.bus, "main", "web"))).isNotNull();
    }

    @Test
    void aFailureIsNotRemembered() {
        Knowledge knowledge = node.knowledge();
        node.failing(Clients.Find.class, new OAuthError.Unavailable("store"));
        assertThat(refusal(knowledge.clients().find(node.bus, "main", "web")))
                .isEqualTo(new OAuthError.Unavailable("store"));
        node.on(Clients.Find.class, find -> Samples.found(Samples.client(find.clientId())));

        assertThat(await(knowledge.clients().find(node.bus, "main", "web"))).isNotNull();
    }

    @Test
    void anEventDropsAChangedClientAndNoOther() {
        Knowledge knowledge = node.knowledge();
        await(knowledge.clients().find(node.bus, "main", "web"));
        await(knowledge.clients().find(node.bus, "main", "app"));
        node.on(Clients.Find.class, find -> Samples.found(Samples.disabledClient(find.clientId())));
        node.publish(new Event.ClientChanged("main", "web"));

        eventually(
                "the change is known",
                () -> await(knowledge.clients().find(node.bus, "main", "web"))
                        .client()
                        .disabled());
        assertThat(await(knowledge.clients().find(node.bus, "main", "app"))
                        .client()
                        .disabled())
                .isFalse();
    }

    /** Whoever does not hear of revocations does not hear of changes either. */
    @Test
    void nothingRememberedCountsWhileRevocationsMayBeMissed() {
        RevocationList revocations = new RevocationList(node.clock, Duration.ofSeconds(30), node.clock.nanos());
        ClientDirectory clients = new ClientDirectory(revocations);
        await(clients.find(node.bus, "main", "web"));
        await(clients.find(node.bus, "main", "web"));
        assertThat(requests()).isEqualTo(2);

        await(revocations.follow(node.bus));
        await(clients.find(node.bus, "main", "web"));
        assertThat(requests()).isEqualTo(2);

        node.clock.pass(Duration.ofSeconds(31));
        await(clients.find(node.bus, "main", "web"));
        assertThat(requests()).isEqualTo(3);
    }
}
