package io.gatehouse.store.copy;

import static io.gatehouse.store.copy.Furnished.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Codes.PutRefusal;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.Revocations.Page;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.Opening;
import io.gatehouse.store.RotationResult;
import io.gatehouse.store.Samples;
import io.gatehouse.store.Store;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From files to a database and back: every row, and what it means. */
class RoundTripTest extends CopyCase {
    @Test
    void everyRowComesOver_thereAndBack() {
        furnish();
        Map<String, List<Record>> before = rows(files("first"));
        assertThat(before).allSatisfy((kind, rows) -> assertThat(rows).as(kind).isNotEmpty());

        CopyReport there = copy(files("first"), postgres());
        assertSame(rows(postgres()), before);
        CopyReport back = copy(postgres(), files("second"));

        assertSame(rows(files("second")), before);
        assertThat(there.rows()).isEqualTo(back.rows()).containsEntry("users", 8L);
        assertThat(there.opensAt()).isNull();
    }

    private static void assertSame(Map<String, List<Record>> rows, Map<String, List<Record>> before) {
        before.forEach(
                (kind, expected) -> assertThat(rows.get(kind)).as(kind).containsExactlyInAnyOrderElementsOf(expected));
    }

    @Test
    void aDatabase_goesOnWhereTheFilesEnded() {
        Furnished furnished = furnish();
        Page log = log(files("first"));
        copy(files("first"), postgres());
        goesOn(open(postgres()), furnished, log);
    }

    @Test
    void files_goOnWhereTheDatabaseEnded() {
        Store database = open(postgres());
        Furnished furnished = Furnished.of(database);
        Await.result(database.close());
        Page log = log(postgres());
        copy(postgres(), files("second"));
        goesOn(open(files("second")), furnished, log);
    }

    private void goesOn(Store store, Furnished furnished, Page log) {
        grantsGoOn(store, furnished);
        codesGoOn(store, furnished);
        namesFind(store);
        // Before it denies anew what the log speaks of already.
        logGoesOn(store, log);
        furnished.sessions.goOn(store);
        Await.result(store.close());
    }

    private static void grantsGoOn(Store store, Furnished furnished) {
        assertThat(rotate(store, furnished.live, 0)).isInstanceOf(RotationResult.Rotated.class);
        assertThat(rotate(store, furnished.rotated, 0)).isInstanceOf(RotationResult.Replayed.class);
        assertThat(rotate(store, furnished.rotated, 1)).isInstanceOf(RotationResult.Rotated.class);
        assertThat(rotate(store, furnished.revoked, 0))
                .isEqualTo(new RotationResult.Refused(Refusal.REVOKED, List.of()));
        assertThat(Await.result(store.grants().open(furnished.bornDead, NOW))).isEqualTo(Opening.OPENED);
        assertThat(rotate(store, furnished.bornDead, 0))
                .isEqualTo(new RotationResult.Refused(Refusal.REVOKED, List.of()));
    }

    private static RotationResult rotate(Store store, Grant grant, int generation) {
        return Await.result(store.grants().rotate(Samples.rotate(grant, generation), NOW));
    }

    private static void codesGoOn(Store store, Furnished furnished) {
        assertThat(take(store, furnished.fresh)).isInstanceOf(CodeResult.Redeemed.class);
        assertThat(take(store, furnished.ofLongClient)).isInstanceOf(CodeResult.Redeemed.class);
        assertThat(((CodeResult.Refused) take(store, furnished.taken)).reason()).isEqualTo(TakeRefusal.REPLAYED);
        for (String client : List.of("web", Furnished.LONG_CLIENT)) {
            Digest jwt = Digest.of(client.equals("web") ? "fresh" : "long");
            assertThat(Await.result(store.codes().put(Furnished.order(client, jwt), NOW)))
                    .isEqualTo(PutRefusal.REPLAYED);
        }
        assertThat(Await.result(store.oneTimeValues().spend(Furnished.proof(), NOW)))
                .isFalse();
    }

    private static CodeResult take(Store store, CodeOrder order) {
        return Await.result(store.codes().take(Furnished.take(order), NOW));
    }

    private static void namesFind(Store store) {
        assertThat(Await.result(store.tenants().byApikey(Furnished.APIKEY)).id())
                .isEqualTo(Furnished.OTHER);
        LoginName email = new LoginName(LoginName.Kind.EMAIL, "ADA@example.org");
        assertThat(Await.result(store.users().named(Tenant.MAIN, email)).passwordHash())
                .isEqualTo(Samples.HASH);
        Client builtIn = Await.result(store.clients().find(Tenant.MAIN, BuiltInClients.clientId(TokenFamily.LOGIN)));
        assertThat(builtIn.disabled()).isTrue();
        assertThat(Await.result(store.clients().declare(Samples.client("web"))))
                .as("known")
                .isFalse();
        assertThat(Await.result(store.users().declare(Samples.ada(), null)))
                .as("known")
                .isFalse();
    }

    private static void logGoesOn(Store store, Page before) {
        Page log = Await.result(store.revocations().read(new Read(0, 1_000), NOW));
        assertThat(log.incarnation()).isNotEqualTo(before.incarnation());
        assertThat(log.denials()).startsWith(before.denials().toArray(SequencedDenial[]::new));
        long head = log.head();
        assertThat(head).isGreaterThanOrEqualTo(before.head());
        List<SequencedDenial> next = Await.result(store.revocations().deny(Furnished.tokenDenial("a new one"), NOW));
        assertThat(next).singleElement().extracting(SequencedDenial::sequence).isEqualTo(head + 1);
        List<SequencedDenial> known = Await.result(store.revocations().deny(Furnished.tokenDenial("jti 0"), NOW));
        assertThat(known).isSubsetOf(before.denials());
    }

    private Page log(StoreConfig config) {
        Store store = open(config);
        Page log = Await.result(store.revocations().read(new Read(0, 1_000), NOW));
        Await.result(store.close());
        return log;
    }

    private Furnished furnish() {
        Store store = open(files("first"));
        Furnished furnished = Furnished.of(store);
        Await.result(store.close());
        return furnished;
    }
}
