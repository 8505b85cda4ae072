package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.error.OAuthError.NotFound;
import io.gatehouse.common.error.OAuthError.Unavailable;
import io.gatehouse.common.message.Keys.Save;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class TenantContract extends ContractCase {
    @Test
    void main_isAlwaysThere() {
        assertThat(Await.result(store.tenants().find(Tenant.MAIN))).isEqualTo(new Tenant(Tenant.MAIN, null, null, 1));
        assertThat(Await.result(store.tenants().find("nowhere"))).isNull();
    }

    @Test
    void declare_createsUpdatesAndSaysWhetherItChanged() {
        assertThat(Await.result(store.tenants().declare(new Tenant("blue", "key-1", "root", 0))))
                .isTrue();
        assertThat(Await.result(store.tenants().declare(new Tenant("blue", "key-1", "root", 0))))
                .isFalse();
        assertThat(Await.result(store.tenants().declare(new Tenant("blue", "key-2", null, 0))))
                .isTrue();
        assertThat(Await.result(store.tenants().find("blue"))).isEqualTo(new Tenant("blue", "key-2", null, 2));
    }

    @Test
    void declare_keepsApikeysUnique() {
        Await.result(store.tenants().declare(new Tenant("blue", "key-1", null, 0)));
        Await.fails(store.tenants().declare(new Tenant("red", "key-1", null, 0)), Conflict.class);
        assertThat(Await.result(store.tenants().find("red"))).isNull();
        Await.result(store.tenants().declare(new Tenant("blue", null, null, 0)));
        assertThat(Await.result(store.tenants().declare(new Tenant("red", "key-1", null, 0))))
                .isTrue();
    }

    @Test
    void declare_keepsWhatMailsMayName() {
        Tenant blue = new Tenant("blue", null, null, 0, List.of("https://blue.example.org/verified"), List.of("plain"));
        assertThat(Await.result(store.tenants().declare(blue))).isTrue();
        assertThat(Await.result(store.tenants().declare(blue))).isFalse();
        assertThat(Await.result(store.tenants().find("blue"))).isEqualTo(blue.withVersion(1));
        assertThat(Await.result(store.tenants().declare(new Tenant("blue", null, null, 0))))
                .isTrue();
    }

    @Test
    void byApikey_findsTheOneThatHasItNow() {
        assertThat(Await.result(store.tenants().byApikey("key-1"))).isNull();
        Await.result(store.tenants().declare(new Tenant("blue", "key-1", null, 0)));
        Await.result(store.tenants().declare(new Tenant("red", "key-2", null, 0)));
        assertThat(Await.result(store.tenants().byApikey("key-1"))).isEqualTo(new Tenant("blue", "key-1", null, 1));
        assertThat(Await.result(store.tenants().byApikey("key-2"))).isEqualTo(new Tenant("red", "key-2", null, 1));
        assertThat(Await.result(store.tenants().byApikey("KEY-1"))).isNull();
        assertThat(Await.result(store.tenants().byApikey(""))).isNull();
        Await.result(store.tenants().declare(new Tenant("blue", "key-3", null, 0)));
        assertThat(Await.result(store.tenants().byApikey("key-1"))).isNull();
        Await.result(store.tenants().declare(new Tenant("red", "key-1", null, 0)));
        reopen(Samples.TIMES);
        assertThat(Await.result(store.tenants().byApikey("key-1"))).isEqualTo(new Tenant("red", "key-1", null, 2));
        assertThat(Await.result(store.tenants().byApikey("key-2"))).isNull();
        assertThat(Await.result(store.tenants().byApikey("key-3"))).isEqualTo(new Tenant("blue", "key-3", null, 2));
    }

    @Test
    void save_comparesTheVersion() {
        assertThat(Await.result(store.keys().load(Tenant.MAIN))).isNull();
        assertThat(Await.result(store.keys().save(new Save(keys("a"), 0)))).isEqualTo(1);
        Await.fails(store.keys().save(new Save(keys("b"), 0)), Conflict.class);
        assertThat(Await.result(store.keys().save(new Save(keys("b"), 1)))).isEqualTo(2);
        Await.fails(store.keys().save(new Save(keys("c"), 1)), Conflict.class);
        assertThat(Await.result(store.keys().load(Tenant.MAIN)))
                .isEqualTo(keys("b").at(2));
    }

    @Test
    void save_letsOneOfManyWin() {
        List<Future<Boolean>> saves = IntStream.range(0, 32)
                .mapToObj(i -> store.keys()
                        .save(new Save(keys("key " + i), 0))
                        .map(version -> true)
                        .otherwise(false))
                .toList();
        assertThat(Await.results(saves)).containsOnlyOnce(true);
    }

    @Test
    void save_needsATenant() {
        Await.fails(store.keys().save(new Save(new SealedKeySet("nowhere", 0, List.of(), null), 0)), NotFound.class);
    }

    @Test
    void restart_keepsWhatWasAnswered() {
        Await.result(store.tenants().declare(new Tenant("blue", "key-1", "root", 0)));
        Await.result(store.keys().save(new Save(keys("a"), 0)));
        String incarnation = store.revocations().incarnation();
        reopen(Samples.TIMES);
        assertThat(Await.result(store.tenants().find("blue"))).isEqualTo(new Tenant("blue", "key-1", "root", 1));
        assertThat(Await.result(store.keys().load(Tenant.MAIN)))
                .isEqualTo(keys("a").at(1));
        assertThat(store.revocations().incarnation()).isEqualTo(incarnation);
    }

    @Test
    void check_saysWhetherItWorks() {
        assertThat(Await.result(store.check()).ready()).isTrue();
        Store gone = store;
        reopen(Samples.TIMES);
        assertThat(Await.result(gone.check()).ready()).isFalse();
        Await.fails(gone.tenants().find(Tenant.MAIN), Unavailable.class);
    }

    private static SealedKeySet keys(String kid) {
        SealedKey key = new SealedKey(
                kid,
                SigningAlgorithm.ES256,
                SealedKey.State.ACTIVE,
                "{\"kty\":\"EC\"}",
                new Sealed("master", Bytes.utf8("box of " + kid)),
                Samples.NOW);
        Sealed pairwise = new Sealed("master", Bytes.utf8("box beside " + kid));
        return new SealedKeySet(Tenant.MAIN, 0, List.of(key), pairwise);
    }
}
