package io.gatehouse.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code a} looks at what {@code b} and {@code c} serve. */
class LiveRegistrationsTest {
    private static final String ADDRESS = "gatehouse.v1.store.health";
    private static final RegistrationInfo B = new RegistrationInfo("b", 1, false);
    private static final RegistrationInfo B_AGAIN = new RegistrationInfo("b", -1, false);
    private static final RegistrationInfo C = new RegistrationInfo("c", 1, false);

    private final Set<String> within = new HashSet<>(Set.of("a", "b", "c"));
    private final Set<String> remembered = new HashSet<>();
    private final Map<String, List<RegistrationInfo>> heard = new HashMap<>();
    private final LiveRegistrations live =
            new LiveRegistrations(new Listener(), () -> List.copyOf(within), remembered::contains);

    private final class Listener implements RegistrationListener {
        @Override
        public boolean wantsUpdatesFor(String address) {
            return true;
        }

        @Override
        public void registrationsUpdated(RegistrationUpdateEvent event) {
            heard.put(event.address(), event.registrations());
        }

        @Override
        public void registrationsLost() {}
    }

    private void update(RegistrationInfo... all) {
        live.registrationsUpdated(new RegistrationUpdateEvent(ADDRESS, List.of(all)));
    }

    private List<RegistrationInfo> told() {
        return heard.get(ADDRESS);
    }

    @Test
    void whoIsNotThereIsNotTold() {
        update(B, C);
        assertThat(told()).containsExactly(B, C);

        within.remove("b");
        live.membersChanged();

        assertThat(told()).containsExactly(C);
    }

    /** The group forgets what it served, and has it back long after it can be reached. */
    @Test
    void whatIsRememberedIsToldOnceItCanBeReached() {
        update(B, C);
        within.remove("b");
        remembered.add("b");
        live.membersChanged();
        update(C);
        assertThat(told()).containsExactly(C);
        assertThat(live.remembersOne(ADDRESS)).isTrue();

        within.add("b");
        live.membersChanged();
        assertThat(told()).containsExactly(C, B);
        assertThat(live.look(ADDRESS, List.of(C))).containsExactly(C, B);
        update(C, B_AGAIN);

        assertThat(told()).containsExactly(C, B_AGAIN);
    }

    @Test
    void whatIsRememberedNoMoreIsGone() {
        update(B, C);
        remembered.add("b");
        update(C);
        assertThat(told()).containsExactly(C, B);

        remembered.clear();
        update(C);

        assertThat(told()).containsExactly(C);
    }

    @Test
    void anAddressOfOneIsServedByThatOneAlone() {
        String own = ADDRESS + ".b";
        remembered.add("b");
        assertThat(live.look(own, List.of(B, C))).containsExactly(B);
        within.remove("b");
        assertThat(live.look(own, List.of())).isEmpty();
        within.add("b");
        assertThat(live.look(own, List.of())).containsExactly(B);
    }
}
