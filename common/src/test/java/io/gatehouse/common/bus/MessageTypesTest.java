package io.gatehouse.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.Samples;
import io.gatehouse.common.message.StoreHealth;
import io.gatehouse.common.message.TokenHealth;
import io.gatehouse.common.message.Users;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTypesTest {
    @Test
    void namesAreUniqueShortAndPlain() {
        List<String> names =
                MessageTypes.all().stream().map(MessageTypes::nameOf).toList();

        assertThat(names)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.length() < 256)
                .allMatch(name -> name.matches("[A-Za-z.]+"))
                .contains("Clients.Find", "Rotation.Refused", "Authentication.Rejected", "PartHealth", "Event.Denied");
    }

    @Test
    void aNameFindsItsTypeAndNothingElse() {
        assertThat(MessageTypes.all())
                .allSatisfy(type -> assertThat(MessageTypes.byName(MessageTypes.nameOf(type)))
                        .isEqualTo(type));
        for (String foreign : List.of("", "Find", "java.lang.String", "Client", "Ticket", "Clients", "clients.find")) {
            assertThat(MessageTypes.byName(foreign)).as(foreign).isNull();
        }
    }

    @Test
    void everyRequestHasAnAddressWithAVersionAndATimeout() {
        assertThat(MessageTypes.all())
                .filteredOn(Request.class::isAssignableFrom)
                .isNotEmpty()
                .allSatisfy(type -> {
                    Request<?> request = (Request<?>) Samples.of(type);
                    assertThat(request.address()).matches("gatehouse\\.v1\\.[a-z]+(\\.[a-z]+)*");
                    assertThat(request.timeout()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(30));
                });
    }

    @Test
    void knowsWhatAnswersWhat() {
        Request<?> find = new Clients.Find("main", "a");
        Request<?> rotate = Samples.of(Grants.Rotate.class);

        assertThat(MessageTypes.answers(find, new Clients.Found(null))).isTrue();
        assertThat(MessageTypes.answers(find, new Users.Found(null))).isFalse();
        assertThat(MessageTypes.answers(find, "text")).isFalse();
        assertThat(MessageTypes.answers(find, null)).isFalse();
        assertThat(MessageTypes.answers(rotate, Samples.of(Grants.Rotation.Kept.class)))
                .isTrue();
        assertThat(MessageTypes.answers(rotate, Samples.of(Grants.Rotation.Refused.class)))
                .isTrue();
        assertThat(MessageTypes.answers(new StoreHealth.Check(), Samples.of(PartHealth.class)))
                .isTrue();
        assertThat(MessageTypes.answers(new TokenHealth.Check(), new Clients.Found(null)))
                .isFalse();
    }

    @Test
    void eventsCrossTheBusToo() {
        assertThat(Event.class.getPermittedSubclasses())
                .allMatch(event -> MessageTypes.all().contains(event));
    }
}
