package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.VerificationKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private final Vertx vertx = Vertx.vertx();
    private final BusNode node = new BusNode("test");
    private final StoreStandIn store = new StoreStandIn("main", "acme");
    private final KeySealer sealer = new KeySealer(new MasterKeys(Bytes.of(new byte[32]), List.of()));
    private final WorkerLane workers = new WorkerLane(vertx);

    @BeforeEach
    void serve() {
        Bus.register(vertx);
        TokenNode.await(store.serve(new Bus(vertx, node, 0)));
    }

    @AfterEach
    void close() {
        TokenNode.await(vertx.close());
    }

    @Test
    void signingKey_atFirstUse_isMadeOnceAndPublished() {
        KeyRing ring = ring(1);
        SigningKey key = on(() -> ring.signingKey("main", SigningAlgorithm.ES256));
        KeySet keys = on(() -> ring.published("main"));
        assertThat(keys.keys()).extracting(VerificationKey::kid).containsExactly(key.kid());
        assertThat(keys.version()).isEqualTo(1);
        assertThat(store.keys).containsOnlyKeys("main");
        assertThat(on(() -> ring.signingKey("main", SigningAlgorithm.ES256))).isSameAs(key);
    }

    @Test
    void signingKey_wantedByManyAtOnce_isOneFlight() {
        KeyRing ring = ring(1);
        List<SigningKey> keys = on(() -> {
            List<Future<SigningKey>> wanted = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                wanted.add(ring.signingKey("main", SigningAlgorithm.ES256));
            }
            return Future.all(wanted).map(all -> all.<SigningKey>list());
        });
        assertThat(new HashSet<>(keys)).hasSize(1);
        assertThat(store.loads).hasValue(1);
        assertThat(store.conflicts).hasValue(0);
    }

    @Test
    void signingKey_firstUsedOnManyRingsAtOnce_isOneKeySet() {
        List<KeyRing> rings = List.of(ring(1), ring(2), ring(3), ring(4));
        List<Future<SigningKey>> wanted = new ArrayList<>();
        for (KeyRing ring : rings) {
            wanted.add(start(() -> ring.signingKey("main", SigningAlgorithm.ES256)));
        }
        Set<String> kids = new HashSet<>();
        wanted.forEach(key -> kids.add(TokenNode.await(key).kid()));
        assertThat(kids).hasSize(1);
        assertThat(Objects.requireNonNull(store.keys.get("main")).keys()).hasSize(1);
    }

    @Test
    void signingKey_ofTwoAlgorithmsOnTwoRingsAtOnce_keepsBoth() {
        KeyRing one = ring(1);
        KeyRing other = ring(2);
        Future<SigningKey> ps256 = start(() -> one.signingKey("main", SigningAlgorithm.PS256));
        Future<SigningKey> eddsa = start(() -> other.signingKey("main", SigningAlgorithm.EDDSA));
        Future<SigningKey> es256 = start(() -> one.signingKey("main", SigningAlgorithm.ES256));
        List<String> kids = List.of(
                TokenNode.await(ps256).kid(),
                TokenNode.await(eddsa).kid(),
                TokenNode.await(es256).kid());
        KeySet keys = on(() -> other.published("main"));
        assertThat(keys.keys()).extracting(VerificationKey::kid).containsExactlyInAnyOrderElementsOf(kids);
        assertThat(keys.version()).isEqualTo(3);
    }

    @Test
    void published_showsAKeyThatAnotherRingAdded() {
        KeyRing one = ring(1);
        KeyRing other = ring(2);
        on(() -> other.published("main"));
        SigningKey added = on(() -> one.signingKey("main", SigningAlgorithm.EDDSA));
        assertThat(on(() -> other.published("main")).keys())
                .extracting(VerificationKey::kid)
                .contains(added.kid());
    }

    @Test
    void published_ofAnUnusedTenant_hasTheFirstKey() {
        KeyRing ring = ring(1);
        assertThat(on(() -> ring.published("acme")).keys())
                .extracting(VerificationKey::algorithm)
                .containsExactly(SigningAlgorithm.ES256);
    }

    @Test
    void published_ofNoTenant_isNotFoundAndWritesNothing() {
        KeyRing ring = ring(1);
        assertThatThrownBy(() -> on(() -> ring.published("nobody")))
                .isInstanceOfSatisfying(
                        OAuthFailure.class,
                        failure -> assertThat(failure.error()).isEqualTo(new OAuthError.NotFound("tenant")));
        assertThat(store.keys).isEmpty();
    }

    @Test
    void published_whileTheStoreIsAway_isWhatIsKnown() {
        KeyRing ring = ring(1);
        KeySet before = on(() -> ring.published("main"));
        store.away = true;
        assertThat(on(() -> ring.published("main"))).isEqualTo(before);
        assertThatThrownBy(() -> on(() -> ring.published("acme"))).isInstanceOf(OAuthFailure.class);
        store.away = false;
        assertThat(on(() -> ring.published("acme")).keys()).hasSize(1);
    }

    @Test
    void changed_makesTheRingLookAgain() {
        KeyRing ring = ring(1);
        SigningKey first = on(() -> ring.signingKey("main", SigningAlgorithm.ES256));
        SealedKeySet before = Objects.requireNonNull(store.keys.get("main"));
        SealedKey next = sealer.seal(
                "main",
                SigningAlgorithm.ES256,
                SealedKey.State.ACTIVE,
                KeyMint.mint(SigningAlgorithm.ES256),
                TokenNode.NOW);
        SealedKey old = before.keys().get(0);
        SealedKey retired = new SealedKey(
                old.kid(),
                old.algorithm(),
                SealedKey.State.RETIRED,
                old.publicJwk(),
                old.privateJwk(),
                old.createdAt());
        store.keys.put("main", new SealedKeySet("main", 2, List.of(retired, next), null));
        on(() -> changed(ring, 1));
        assertThat(on(() -> ring.signingKey("main", SigningAlgorithm.ES256))).isSameAs(first);
        on(() -> changed(ring, 2));
        assertThat(on(() -> ring.signingKey("main", SigningAlgorithm.ES256)).kid())
                .isEqualTo(next.kid());
        assertThat(on(() -> ring.published("main")).keys())
                .extracting(VerificationKey::kid)
                .containsExactly(retired.kid(), next.kid());
    }

    @Test
    void pairwiseSecret_wantedOnManyRingsAtOnce_isOne() {
        List<Future<Bytes>> wanted = new ArrayList<>();
        for (int loop = 1; loop <= 4; loop++) {
            KeyRing ring = ring(loop);
            wanted.add(start(() -> ring.pairwiseSecret("main")));
        }
        Set<Bytes> secrets = new HashSet<>();
        wanted.forEach(secret -> secrets.add(TokenNode.await(secret)));
        assertThat(secrets)
                .hasSize(1)
                .allSatisfy(secret -> assertThat(secret.length()).isEqualTo(32));
        assertThat(Objects.requireNonNull(store.keys.get("main")).version()).isEqualTo(1);
    }

    @Test
    void pairwiseSecret_outlivesEveryKeyAndIsNeverPublished() {
        KeyRing one = ring(1);
        KeyRing other = ring(2);
        SigningKey first = on(() -> one.signingKey("main", SigningAlgorithm.ES256));
        Bytes secret = on(() -> other.pairwiseSecret("main"));
        SigningKey second = on(() -> one.signingKey("main", SigningAlgorithm.EDDSA));

        assertThat(on(() -> ring(3).pairwiseSecret("main"))).isEqualTo(secret);
        assertThat(on(() -> one.pairwiseSecret("main"))).isEqualTo(secret);
        assertThat(on(() -> other.published("main")).keys())
                .extracting(VerificationKey::kid)
                .containsExactly(first.kid(), second.kid());
        assertThat(on(() -> one.pairwiseSecret("acme"))).isNotEqualTo(secret);
        assertThat(Objects.requireNonNull(store.keys.get("main")).toString()).doesNotContain(secret.base64Url());
    }

    @Test
    void pairwiseSecret_beforeAnyKey_leavesRoomForTheFirst() {
        KeyRing ring = ring(1);
        Bytes secret = on(() -> ring.pairwiseSecret("acme"));
        assertThat(on(() -> ring.published("acme")).keys()).hasSize(1);
        assertThat(on(() -> ring(2).pairwiseSecret("acme"))).isEqualTo(secret);
    }

    @Test
    void pairwiseSecret_ofNoTenant_isNotFoundAndWritesNothing() {
        assertThatThrownBy(() -> on(() -> ring(1).pairwiseSecret("nobody"))).isInstanceOf(OAuthFailure.class);
        assertThat(store.keys).isEmpty();
    }

    /** A fresh one would make every user a stranger: better none. */
    @Test
    void pairwiseSecret_ofAnotherTenantOrMasterKey_isRefused() {
        on(() -> ring(1).pairwiseSecret("acme"));
        SealedKeySet foreign = Objects.requireNonNull(store.keys.get("acme"));
        KeySealer stranger = new KeySealer(new MasterKeys(Entropy.bytes(32), List.of()));
        assertThatThrownBy(() -> on(() -> ring(2, stranger).pairwiseSecret("acme")))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining("restore master.key or set keys.master_key");
        store.keys.put("main", new SealedKeySet("main", 1, List.of(), foreign.pairwise()));
        assertThatThrownBy(() -> on(() -> ring(3).pairwiseSecret("main")))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining("pairwise subjects of tenant main");
        assertThat(store.keys.get("acme")).isEqualTo(foreign);
    }

    /** Whoever can write the store may change the public key that people see there; nobody verifies with it. */
    @Test
    void published_ignoresASwappedPublicKey() {
        KeyRing ring = ring(1);
        KeySet honest = on(() -> ring.published("main"));
        SealedKey row = Objects.requireNonNull(store.keys.get("main")).keys().get(0);
        String foreign = KeyMint.mint(SigningAlgorithm.ES256).toPublicJWK().toJSONString();
        SealedKey swapped =
                new SealedKey(row.kid(), row.algorithm(), row.state(), foreign, row.privateJwk(), row.createdAt());
        store.keys.put("main", new SealedKeySet("main", 2, List.of(swapped), null));
        KeyRing other = ring(2);
        assertThat(on(() -> other.published("main")).keys()).isEqualTo(honest.keys());
    }

    @Test
    void open_ofARowFromAnotherTenant_isRefused() {
        KeyRing ring = ring(1);
        on(() -> ring.published("acme"));
        SealedKeySet foreign = Objects.requireNonNull(store.keys.get("acme"));
        store.keys.put("main", foreign);
        refused(ring(2), "belongs to another place");
        store.keys.put("main", new SealedKeySet("main", 1, foreign.keys(), null));
        refused(ring(3), "belongs to another place");
    }

    @Test
    void open_underAnotherKeysName_isRefused() {
        KeyRing ring = ring(1);
        on(() -> ring.signingKey("main", SigningAlgorithm.ES256));
        SealedKey own = Objects.requireNonNull(store.keys.get("main")).keys().get(0);
        SealedKey other = sealer.seal(
                "main",
                SigningAlgorithm.ES256,
                SealedKey.State.ACTIVE,
                KeyMint.mint(SigningAlgorithm.ES256),
                TokenNode.NOW);
        SealedKey mixed = new SealedKey(
                own.kid(), own.algorithm(), own.state(), own.publicJwk(), other.privateJwk(), own.createdAt());
        store.keys.put("main", new SealedKeySet("main", 2, List.of(mixed), null));
        refused(ring(2), "was changed in the store");
    }

    @Test
    void open_withAnotherMasterKey_saysWhatToDo() {
        KeyRing ring = ring(1);
        on(() -> ring.published("main"));
        KeySealer stranger = new KeySealer(new MasterKeys(Entropy.bytes(32), List.of()));
        refused(ring(2, stranger), "restore master.key or set keys.master_key");
        assertThat(Objects.requireNonNull(store.keys.get("main")).keys()).hasSize(1);
    }

    private void refused(KeyRing ring, String words) {
        assertThatThrownBy(() -> on(() -> ring.signingKey("main", SigningAlgorithm.ES256)))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining(words);
        assertThatThrownBy(() -> on(() -> ring.published("main"))).isInstanceOf(UnusableKey.class);
    }

    private static Future<Boolean> changed(KeyRing ring, long version) {
        ring.changed("main", version);
        return Future.succeededFuture(true);
    }

    private KeyRing ring(int loop) {
        return ring(loop, sealer);
    }

    private KeyRing ring(int loop, KeySealer own) {
        Clock clock = Clock.fixed(TokenNode.NOW, ZoneOffset.UTC);
        return new KeyRing(new Bus(vertx, node, loop), workers, own, clock, SigningAlgorithm.ES256, 300);
    }

    private <T> T on(Supplier<Future<T>> work) {
        return TokenNode.await(start(work));
    }

    private <T> Future<T> start(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(here -> work.get().onComplete(done));
        return done.future();
    }
}
