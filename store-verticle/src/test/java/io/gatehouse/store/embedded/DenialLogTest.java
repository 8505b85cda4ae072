package io.gatehouse.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Denial.Kind;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DenialLogTest {
    private static final Instant NOW = Samples.NOW;
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(10));

    private final DenialLog log = new DenialLog(new DenialLog.Bounds(20, 5));
    private StoreFile file;
    private Tables tables;

    @BeforeEach
    void openFile(@TempDir Path folder) {
        file = new StoreFile(folder.resolve("store.mv").toString());
        tables = file.tables();
        tables.tenants.put(RowKey.of(Tenant.MAIN), new Tenant(Tenant.MAIN, null, null, 1));
        tables.put(Samples.client("web"));
        tables.put(Samples.client("app"));
    }

    @AfterEach
    void closeFile() {
        file.close();
    }

    @Test
    void aFloodOfOneClients_foldsIntoItsEpoch() {
        deny("app", Kind.TOKEN, "of another");
        for (int i = 0; i < 5; i++) {
            deny("web", i % 2 == 0 ? Kind.TOKEN : Kind.GRANT, "key " + i);
        }
        SequencedDenial fold = deny("web", Kind.TOKEN, "one too many");
        assertThat(fold.denial().kind()).isEqualTo(Kind.CLIENT);
        assertThat(fold.denial().key()).isEqualTo("web");
        assertThat(fold.denial().epoch()).isEqualTo(1);
        assertThat(fold.sequence()).isEqualTo(7);
        assertThat(tables.client(Tenant.MAIN, "web").epoch()).isEqualTo(1);
        assertThat(lines()).extracting(Denial::key).containsExactly("of another", "web");
        assertThat(tables.denialKeys.size()).isEqualTo(2);
        deny("web", Kind.TOKEN, "from the start");
        assertThat(lines()).hasSize(3);
    }

    @Test
    void aFlood_ofAPublicClientEndsNobodyElsesTokens() {
        for (int i = 0; i < 5; i++) {
            deny("gatehouse.login", Kind.TOKEN, "key " + i);
        }
        assertThatThrownBy(() -> deny("gatehouse.login", Kind.TOKEN, "more")).isInstanceOf(OAuthFailure.class);
        assertThat(tables.client(Tenant.MAIN, "gatehouse.login").epoch()).isZero();
        assertThat(deny("gatehouse.login", Kind.GRANT, "a betrayed grant")
                        .denial()
                        .kind())
                .isEqualTo(Kind.GRANT);
    }

    @Test
    void manyTokens_ofOneGrantDenyTheGrant() {
        DenialLog wide = new DenialLog(DenialLog.Bounds.STANDARD);
        for (int i = 0; i < 32; i++) {
            assertThat(denyOfGrant(wide, "key " + i).kind()).isEqualTo(Kind.TOKEN);
        }
        Denial grant = denyOfGrant(wide, "one too many");
        assertThat(grant.kind()).isEqualTo(Kind.GRANT);
        assertThat(grant.key()).isEqualTo("gid");
        assertThat(denyOfGrant(wide, "and more")).isEqualTo(grant);
        assertThat(tables.denials.size()).isEqualTo(33);
        assertThat(tables.client(Tenant.MAIN, "web").epoch()).isZero();
    }

    private Denial denyOfGrant(DenialLog to, String key) {
        return to.append(tables, new Denial(Tenant.MAIN, Kind.TOKEN, key, 0, "web", LATER, "gid"), NOW)
                .getFirst()
                .denial();
    }

    @Test
    void aFullLog_foldsWhoAddsToIt() {
        deny("web", Kind.TOKEN, "one");
        for (int i = 0; i < 19; i++) {
            deny("", Kind.SUBJECT, "subject " + i);
        }
        assertThat(deny("web", Kind.TOKEN, "two").denial().kind()).isEqualTo(Kind.CLIENT);
        assertThat(tables.denials.size()).isEqualTo(20);
    }

    @Test
    void aFullLog_refusesRatherThanForgets() {
        for (int i = 0; i < 20; i++) {
            deny("", Kind.SUBJECT, "subject " + i);
        }
        assertThatThrownBy(() -> deny("", Kind.SUBJECT, "one more")).isInstanceOf(OAuthFailure.class);
        assertThatThrownBy(() -> deny("web", Kind.TOKEN, "one more")).isInstanceOf(OAuthFailure.class);
        assertThat(deny("", Kind.SUBJECT, "subject 3").sequence())
                .as("what is there is not new")
                .isEqualTo(4);
    }

    @Test
    void counts_followWhatIsDropped() {
        for (int i = 0; i < 5; i++) {
            log.drop(tables, deny("web", Kind.TOKEN, "key " + i).sequence());
        }
        assertThat(tables.denialCounts.size()).isZero();
        assertThat(tables.denialKeys.size()).isZero();
        assertThat(deny("web", Kind.TOKEN, "more").denial().kind()).isEqualTo(Kind.TOKEN);
    }

    /** No user can make more than one of a client: they are nobody's flood. */
    @Test
    void consents_areNotCounted_andGoWithTheirClients() {
        for (int i = 0; i < 8; i++) {
            assertThat(deny("web", Kind.CONSENT, "subject " + i).denial().kind())
                    .isEqualTo(Kind.CONSENT);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(deny("web", Kind.TOKEN, "key " + i).denial().kind()).isEqualTo(Kind.TOKEN);
        }
        assertThat(deny("web", Kind.TOKEN, "one too many").denial().kind()).isEqualTo(Kind.CLIENT);
        assertThat(lines()).extracting(Denial::kind).containsExactly(Kind.CLIENT);
        assertThat(tables.denialCounts.size()).isZero();
    }

    @Test
    void unknownClients_doNotFold() {
        for (int i = 0; i < 8; i++) {
            assertThat(deny("nobody", Kind.TOKEN, "key " + i).denial().kind()).isEqualTo(Kind.TOKEN);
        }
        Client nobody = tables.client(Tenant.MAIN, "nobody");
        assertThat(nobody).isNull();
    }

    private SequencedDenial deny(String clientId, Kind kind, String key) {
        return log.append(tables, new Denial(Tenant.MAIN, kind, key, 0, clientId, LATER), NOW)
                .getFirst();
    }

    private List<Denial> lines() {
        List<Denial> lines = new ArrayList<>();
        tables.denials.scan(0L, (sequence, line) -> lines.add(line));
        return lines;
    }
}
