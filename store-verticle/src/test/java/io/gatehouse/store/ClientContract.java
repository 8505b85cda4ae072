package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.error.OAuthError.NotFound;
import io.gatehouse.common.message.Grants.Revoke;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class ClientContract extends ContractCase {
    /** No compression makes it short. */
    private static final String LONG = Entropy.bytes(1 << 19).base64Url();

    private static final String LOGIN = BuiltInClients.clientId(TokenFamily.LOGIN);

    @Test
    void find_givesWhatWasDeclared() {
        Client web = Samples.client("web");
        assertThat(Await.result(store.clients().find(Tenant.MAIN, "web"))).isEqualTo(withVersion(web, 1));
        assertThat(Await.result(store.clients().find(Tenant.MAIN, "Web"))).isNull();
        assertThat(Await.result(store.clients().find(OTHER_TENANT, "web"))).isNull();
    }

    @Test
    void declare_saysWhetherItChanged() {
        assertThat(Await.result(store.clients().declare(Samples.client("web")))).isFalse();
        assertThat(Await.result(store.clients().declare(withScope("openid")))).isTrue();
        Client changed = Await.result(store.clients().find(Tenant.MAIN, "web"));
        assertThat(changed).isEqualTo(withVersion(withScope("openid"), 2));
    }

    @Test
    void declare_keepsStateAndEpoch() {
        Await.result(store.clients().disable(Tenant.MAIN, "web", now()));
        Await.result(store.clients().declare(withScope("openid")));
        Client web = Await.result(store.clients().find(Tenant.MAIN, "web"));
        assertThat(web.disabled()).isTrue();
        assertThat(web.epoch()).isEqualTo(1);
        assertThat(web.scope()).isEqualTo(Scope.parse("openid"));
    }

    @Test
    void declare_needsATenant() {
        Await.fails(store.clients().declare(Samples.client("nowhere", "web", true)), NotFound.class);
    }

    @Test
    void declare_refusesAnIdThatIsASubject() {
        Await.fails(store.clients().declare(Samples.client(Samples.ADA)), Conflict.class);
        assertThat(Await.result(store.clients().declare(Samples.client(OTHER_TENANT, Samples.ADA, true))))
                .isTrue();
    }

    @Test
    void declare_takesAnyText() {
        for (String id : List.of(
                "größe-客户端-🦊", "a\0b", "a", "a\0", "\0", "\\", "\\0", "x".repeat(4000), "'; drop table --", LONG)) {
            assertThat(Await.result(store.clients().declare(Samples.client(id))))
                    .as(id)
                    .isTrue();
            assertThat(Await.result(store.clients().find(Tenant.MAIN, id)).clientId())
                    .isEqualTo(id);
        }
    }

    @Test
    void aClientOfAnyName_hasGrantsThatCanBeDenied() {
        for (String id : List.of("a\0b", "\\0", LONG)) {
            Await.result(store.clients().declare(Samples.client(id)));
            Grant grant = openGrant(Samples.grant(id));
            assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Rotated.class);
            Revoke revoke = new Revoke(Tenant.MAIN, id, grant.id(), Samples.FAMILY);
            Denial denial = Await.result(store.grants().revoke(revoke, now()))
                    .denials()
                    .getFirst()
                    .denial();
            assertThat(denial).isEqualTo(Denials.of(grant, now()));
            assertThat(log()).extracting(SequencedDenial::denial).contains(denial);
            List<SequencedDenial> disabled = Await.result(store.clients().disable(Tenant.MAIN, id, now()));
            assertThat(disabled.getFirst().denial().key()).isEqualTo(id);
        }
    }

    @Test
    void anId_isAClientsOrAUsers_whoeverComesFirst() {
        for (int round = 0; round < 10; round++) {
            String id = "44444444-4444-4444-8444-%012d".formatted(round);
            Future<Boolean> client = store.clients().declare(Samples.client(id));
            Future<Boolean> user =
                    store.users().declare(Samples.user(Tenant.MAIN, id, "user" + round, null, null, null), null);
            assertThat(Await.results(List.of(client.otherwise(false), user.otherwise(false))))
                    .containsExactlyInAnyOrder(true, false);
            Await.fails(client.failed() ? client : user, Conflict.class);
        }
    }

    @Test
    void builtIn_isThereInEveryTenant() {
        assertThat(Await.result(store.clients().find(Tenant.MAIN, LOGIN)))
                .isEqualTo(BuiltInClients.find(Tenant.MAIN, LOGIN));
        assertThat(Await.result(store.clients().find(OTHER_TENANT, LOGIN))).isNotNull();
        assertThat(Await.result(store.clients().find("nowhere", LOGIN))).isNull();
        assertThat(Await.result(store.clients().find(Tenant.MAIN, "gatehouse.oauth")))
                .isNull();
    }

    @Test
    void disable_deniesWhatTheClientHas() {
        List<SequencedDenial> denials = Await.result(store.clients().disable(Tenant.MAIN, "web", now()));
        assertThat(denials).singleElement().satisfies(line -> {
            assertThat(line.denial().kind()).isEqualTo(Denial.Kind.CLIENT);
            assertThat(line.denial().key()).isEqualTo("web");
            assertThat(line.denial().epoch()).isEqualTo(1);
            assertThat(line.denial().expiresAt()).isAfterOrEqualTo(now().plus(Duration.ofHours(1)));
        });
        assertThat(log()).isEqualTo(denials);
        Await.fails(store.clients().disable(Tenant.MAIN, "nobody", now()), NotFound.class);
    }

    @Test
    void disable_worksForBuiltInsPerTenant() {
        Await.result(store.clients().disable(Tenant.MAIN, LOGIN, now()));
        assertThat(Await.result(store.clients().find(Tenant.MAIN, LOGIN)).disabled())
                .isTrue();
        assertThat(Await.result(store.clients().find(OTHER_TENANT, LOGIN)).disabled())
                .isFalse();
    }

    @Test
    void restart_keepsClients() {
        Client before = Await.result(store.clients().find(Tenant.MAIN, "web"));
        reopen(Samples.TIMES);
        assertThat(Await.result(store.clients().find(Tenant.MAIN, "web"))).isEqualTo(before);
    }

    private static Client withScope(String scope) {
        Client web = Samples.client("web");
        return copy(web, web.secretDigests(), Scope.parse(scope), web.version());
    }

    private static Client withVersion(Client client, long version) {
        return copy(client, client.secretDigests(), client.scope(), version);
    }

    private static Client copy(Client web, List<Digest> secrets, Scope scope, long version) {
        return new Client(
                web.tenant(),
                web.clientId(),
                web.clientName(),
                web.authMethod(),
                secrets,
                web.declaredSecret(),
                web.redirectUris(),
                web.grantTypes(),
                web.responseTypes(),
                scope,
                web.accessTokenAlgorithm(),
                web.rotatesRefreshTokens(),
                web.disabled(),
                web.epoch(),
                version,
                web.createdAt(),
                web.jwtLogin(),
                web.pkce());
    }
}
