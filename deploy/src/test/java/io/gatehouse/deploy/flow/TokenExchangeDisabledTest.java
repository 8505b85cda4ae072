package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.UserState;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A user or a client that is disabled takes along what was exchanged, and exchanges nothing. */
class TokenExchangeDisabledTest extends ExchangeCase {
    private void change(Function<Store, Future<?>> change) {
        NODE.change(change);
        caller = NODE.caller();
    }

    private static Future<?> block(Store store, String username) {
        return store.users()
                .named("main", new LoginName(LoginName.Kind.USERNAME, username))
                .compose(user ->
                        store.users().setState("main", user.profile().subject(), UserState.BLOCKED, Instant.now()));
    }

    @Test
    void itEndsWithTheUserAndWithEachClient() {
        Person eve = new Person(caller.base());
        eve.submit(eve.open("/login"), "username", "eve", "password", RunningNode.ADA_PASSWORD);
        String ofEve = web().tokens(eve, "api offline_access").text("access_token");
        String ofAda = userToken("api offline_access");
        String ofFront = ownToken("front");
        String evesToken = given(exchange("pair", ofEve));
        String adasToken = given(exchange("pair", given(exchange("front", ofAda))));
        String frontsToken = given(exchange("pair", ofFront));
        String later = given(exchange("pair", ofAda));

        change(store -> block(store, "eve"));
        assertThat(isActive("pair", evesToken)).isFalse();
        assertRefused(exchange("pair", ofEve), "invalid_request");
        assertThat(isActive("pair", adasToken)).isTrue();
        assertThat(isActive("pair", frontsToken)).isTrue();

        change(store -> store.clients().disable("main", "front", Instant.now()));
        assertThat(isActive("pair", adasToken)).as("made of a token of front").isFalse();
        assertThat(isActive("pair", frontsToken)).isFalse();
        assertThat(exchange("front", ofAda).error()).isEqualTo("401 invalid_client");
        assertRefused(exchange("pair", ofFront), "invalid_request");
        assertThat(isActive("pair", later)).isTrue();

        change(store -> store.clients().disable("main", "web", Instant.now()));
        assertThat(isActive("pair", later)).isFalse();
        assertRefused(exchange("pair", ofAda), "invalid_request");
    }
}
