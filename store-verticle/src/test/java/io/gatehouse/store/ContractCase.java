package io.gatehouse.store;

import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One store under test, with a client {@code web}, a user Ada and a clock that is moved by hand. */
abstract class ContractCase {
    static final String OTHER_TENANT = "other";

    final SettableClock clock = new SettableClock();
    Store store;

    abstract Future<? extends Store> open(GrantTimes times);

    @BeforeEach
    void openStore() {
        store = Await.result(open(Samples.TIMES));
        Await.result(store.tenants().declare(new Tenant(OTHER_TENANT, null, null, 0)));
        Await.result(store.clients().declare(Samples.client("web")));
        Await.result(store.users().declare(Samples.ada(), Samples.HASH));
    }

    @AfterEach
    void closeStore() {
        Await.result(store.close());
    }

    void reopen(GrantTimes times) {
        Await.result(store.close());
        store = Await.result(open(times));
    }

    Instant now() {
        return clock.instant();
    }

    void forward(Duration step) {
        clock.forward(step);
    }

    /** A new grant of Ada's for {@code web}. */
    Grant openGrant() {
        return openGrant(Samples.grant("web"));
    }

    Grant openGrant(Grant grant) {
        Opening opening = Await.result(store.grants().open(grant, now()));
        if (opening != Opening.OPENED) {
            throw new AssertionError(opening);
        }
        return grant;
    }

    RotationResult rotate(Grant grant, int generation) {
        return Await.result(store.grants().rotate(Samples.rotate(grant, generation), now()));
    }

    /** Why the secret of a generation is refused; null: it is not. */
    Refusal refusal(Grant grant, int generation) {
        return rotate(grant, generation) instanceof RotationResult.Refused refused ? refused.reason() : null;
    }

    List<SequencedDenial> log() {
        return Await.result(store.revocations().read(new Read(0, 1000), now())).denials();
    }
}
