package io.gatehouse.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.bus.seal.Part;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PermissionsTest {
    private static Stream<Class<?>> messages(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(PermissionsTest::messages)
                : Stream.of(type);
    }

    private static List<Class<?>> all() {
        return Stream.concat(messages(Request.class), messages(Event.class)).toList();
    }

    @Test
    void everyMessageStandsInTheTableOnce() {
        assertThat(all()).allSatisfy(message -> {
            List<Class<?>> rows = Stream.concat(Stream.of(message), Stream.of(message.getInterfaces()))
                    .filter(Permissions.TABLE::containsKey)
                    .toList();
            assertThat(rows).as(message.getName()).hasSize(1);
            assertThat(Permissions.allowed(message)).isNotEmpty();
        });
    }

    @Test
    void everyRowIsOfAMessage() {
        Set<Class<?>> known = new HashSet<>(all());
        all().forEach(message -> known.addAll(List.of(message.getInterfaces())));
        assertThat(known).containsAll(Permissions.TABLE.keySet());
    }

    /** Whom a captured gateway could not be: it asks for no key, and declares and denies nothing that others do. */
    @Test
    void aGatewayAsksForNoKeyAndDeclaresNothing() {
        List<String> forbidden = messages(Request.class)
                .filter(message -> !Permissions.allowed(message).contains(Part.GATEWAY))
                .map(MessageTypes::nameOf)
                .sorted()
                .toList();
        assertThat(forbidden)
                .containsExactly(
                        "Clients.Declare",
                        "JwtApps.Declare",
                        "Keys.Load",
                        "Keys.Save",
                        "Revocations.DenyKey",
                        "SecondFactors.Reset",
                        "SigningKeys.Retire",
                        "SigningKeys.Rotate",
                        "SigningKeys.Show",
                        "Tenants.Declare",
                        "Users.Declare",
                        "Verifiers.Live");
    }

    @Test
    void noGatewaySaysAnythingToAll() {
        assertThat(messages(Event.class))
                .noneMatch(event -> Permissions.allowed(event).contains(Part.GATEWAY));
    }

    @Test
    void whatIsInNoTableIsForNobody() {
        assertThat(Permissions.allowed(String.class)).isEmpty();
    }
}
