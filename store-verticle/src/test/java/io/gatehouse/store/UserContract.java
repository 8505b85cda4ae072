package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.error.OAuthError.NotFound;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.LoginName.Kind;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class UserContract extends ContractCase {
    @Test
    void declare_createsAUser() {
        User ada = Await.result(store.users().find(Tenant.MAIN, Samples.ADA));
        assertThat(ada).isEqualTo(new User(Samples.ada(), Samples.HASH, 0, 1));
        assertThat(Await.result(store.users().find(OTHER_TENANT, Samples.ADA))).isNull();
    }

    @Test
    void named_findsByEveryKindOfName() {
        assertThat(named(Kind.USERNAME, "ada")).isEqualTo(Samples.ADA);
        assertThat(named(Kind.EMAIL, "ada@example.org")).isEqualTo(Samples.ADA);
        assertThat(named(Kind.PHONE, "+15550101")).isEqualTo(Samples.ADA);
        assertThat(named(Kind.EMPLOYEE_ID, "E-2")).isEqualTo(Samples.ADA);
    }

    @Test
    void named_ignoresCaseOfUsernamesAndEmailsOnly() {
        assertThat(named(Kind.USERNAME, "ADA")).isEqualTo(Samples.ADA);
        assertThat(named(Kind.EMAIL, "Ada@Example.ORG")).isEqualTo(Samples.ADA);
        assertThat(named(Kind.EMPLOYEE_ID, "e-2")).isNull();
    }

    @Test
    void named_neverTakesOneKindForAnother() {
        assertThat(named(Kind.USERNAME, "ada@example.org")).isNull();
        assertThat(named(Kind.EMAIL, "ada")).isNull();
        assertThat(Await.result(store.users().named(OTHER_TENANT, new LoginName(Kind.USERNAME, "ada"))))
                .isNull();
    }

    @Test
    void named_takesDifferentEncodingsOfOneTextAsOne() {
        declare(Samples.user(Tenant.MAIN, Samples.BOB, "Zo\u00eb 🦊 Ω", null, null, null));
        assertThat(named(Kind.USERNAME, "zoe\u0308 🦊 ω")).isEqualTo(Samples.BOB);
    }

    @Test
    void login_readsUserAndClientTogether() {
        LoginRows rows = Await.result(store.users().login(Tenant.MAIN, new LoginName(Kind.USERNAME, "Ada"), "web"));
        assertThat(rows.user().profile().subject()).isEqualTo(Samples.ADA);
        assertThat(rows.client().clientId()).isEqualTo("web");
        LoginRows nobody = Await.result(store.users().login(OTHER_TENANT, new LoginName(Kind.USERNAME, "ada"), "web"));
        assertThat(nobody).isEqualTo(new LoginRows(null, null));
    }

    @Test
    void declare_keepsPasswordStateEpochAndSubject() {
        Await.result(store.users().setState(Tenant.MAIN, Samples.ADA, UserState.SUSPENDED, now()));
        UserProfile renamed = Samples.user(Tenant.MAIN, UUID.randomUUID().toString(), "ADA", null, null, "E-3");
        assertThat(Await.result(store.users().declare(renamed, Secret.of("another hash"))))
                .isTrue();
        User ada = Await.result(store.users().find(Tenant.MAIN, Samples.ADA));
        assertThat(ada.passwordHash()).isEqualTo(Samples.HASH);
        assertThat(ada.epoch()).isEqualTo(1);
        assertThat(ada.profile().state()).isEqualTo(UserState.SUSPENDED);
        assertThat(ada.profile().username()).isEqualTo("ADA");
        assertThat(named(Kind.EMPLOYEE_ID, "E-3")).isEqualTo(Samples.ADA);
        assertThat(named(Kind.EMPLOYEE_ID, "E-2")).isNull();
        assertThat(named(Kind.EMAIL, "ada@example.org")).isNull();
    }

    @Test
    void declare_saysWhetherItChanged() {
        assertThat(Await.result(store.users().declare(Samples.ada(), Samples.HASH)))
                .isFalse();
    }

    @Test
    void declare_keepsEveryNameUnique() {
        declareConflicts(Samples.user(Tenant.MAIN, Samples.BOB, "bob", "ADA@example.org", null, null), "email");
        declareConflicts(Samples.user(Tenant.MAIN, Samples.BOB, "bob", null, "+15550101", null), "phone");
        declareConflicts(Samples.user(Tenant.MAIN, Samples.BOB, "bob", null, null, "E-2"), "employee_id");
        declareConflicts(Samples.user(Tenant.MAIN, Samples.ADA, "bob", null, null, null), "subject");
        declareConflicts(Samples.user(Tenant.MAIN, "web", "bob", null, null, null), "subject");
        assertThat(named(Kind.USERNAME, "bob")).isNull();
        declare(Samples.user(OTHER_TENANT, Samples.BOB, "ada", "ada@example.org", "+15550101", "E-2"));
    }

    @Test
    void declare_letsOneOfManyHaveAName() {
        List<Future<Boolean>> declarations = IntStream.range(0, 32)
                .mapToObj(i -> Samples.user(
                        Tenant.MAIN, UUID.randomUUID().toString(), "user" + i, "same@example.org", null, null))
                .map(profile -> store.users().declare(profile, null).otherwise(false))
                .toList();
        assertThat(Await.results(declarations)).containsOnlyOnce(true);
    }

    @Test
    void declare_inParallelCreatesAUserOnce() {
        List<Future<Boolean>> declarations = IntStream.range(0, 32)
                .mapToObj(i -> store.users().declare(Samples.bob(), null))
                .toList();
        assertThat(Await.results(declarations)).containsOnlyOnce(true);
        assertThat(Await.result(store.users().find(Tenant.MAIN, Samples.BOB)).version())
                .isEqualTo(1);
    }

    @Test
    void declare_takesAnyText() {
        String longest = Entropy.bytes(1 << 19).base64Url();
        for (String text : List.of("größe-客户端-🦊", "a\0b", "\0", "\\0", "'; drop table --", longest)) {
            String subject = UUID.randomUUID().toString();
            declare(Samples.user(Tenant.MAIN, subject, "u" + text, text, text, text));
            assertThat(named(Kind.EMAIL, text)).as(text).isEqualTo(subject);
            assertThat(named(Kind.PHONE, text)).as(text).isEqualTo(subject);
            User user = Await.result(store.users().find(Tenant.MAIN, subject));
            assertThat(user.profile().employeeId()).isEqualTo(text);
            assertThat(Await.result(store.users().find(Tenant.MAIN, text))).isNull();
            assertThat(Await.result(store.users().find(text, subject))).isNull();
        }
    }

    @Test
    void declare_needsATenant() {
        Await.fails(
                store.users().declare(Samples.user("nowhere", Samples.BOB, "bob", null, null, null), null),
                NotFound.class);
    }

    @Test
    void logOut_startsANewGeneration() {
        List<SequencedDenial> first = Await.result(store.users().logOut(Tenant.MAIN, Samples.ADA, now()));
        List<SequencedDenial> second = Await.result(store.users().logOut(Tenant.MAIN, Samples.ADA, now()));
        assertThat(first)
                .singleElement()
                .extracting(line -> line.denial().epoch())
                .isEqualTo(1L);
        assertThat(second)
                .singleElement()
                .extracting(line -> line.denial().kind())
                .isEqualTo(Denial.Kind.SUBJECT);
        assertThat(second.getFirst().denial().key()).isEqualTo(Samples.ADA);
        assertThat(log()).as("the newer line says all").isEqualTo(second);
        assertThat(Await.result(store.users().find(Tenant.MAIN, Samples.ADA)).epoch())
                .isEqualTo(2);
        assertThat(Await.result(store.users().logOut(OTHER_TENANT, Samples.ADA, now())))
                .isEmpty();
    }

    @Test
    void setState_deniesUnlessActive() {
        assertThat(Await.result(store.users().setState(Tenant.MAIN, Samples.ADA, UserState.BLOCKED, now())))
                .hasSize(1);
        assertThat(Await.result(store.users().setState(Tenant.MAIN, Samples.ADA, UserState.ACTIVE, now())))
                .isEmpty();
        assertThat(Await.result(store.users().find(Tenant.MAIN, Samples.ADA)).epoch())
                .isEqualTo(1);
        Await.fails(store.users().setState(Tenant.MAIN, "nobody", UserState.ACTIVE, now()), NotFound.class);
    }

    @Test
    void restart_keepsUsersAndTheirNames() {
        reopen(Samples.TIMES);
        assertThat(named(Kind.EMAIL, "ada@example.org")).isEqualTo(Samples.ADA);
        declareConflicts(Samples.user(Tenant.MAIN, Samples.BOB, "bob", "ada@example.org", null, null), "email");
    }

    private String named(Kind kind, String value) {
        User user = Await.result(store.users().named(Tenant.MAIN, new LoginName(kind, value)));
        return user == null ? null : user.profile().subject();
    }

    private void declare(UserProfile profile) {
        assertThat(Await.result(store.users().declare(profile, null))).isTrue();
    }

    private void declareConflicts(UserProfile profile, String what) {
        assertThat(Await.error(store.users().declare(profile, null))).isEqualTo(new Conflict(what));
    }
}
