package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/** What one gateway gives counts at the other, and what one takes back the other refuses. */
record TwoGateways(Caller one, Caller other) {
    void check() throws Exception {
        check(one, other);
        check(other, one);
    }

    private static void check(Caller giving, Caller taking) throws Exception {
        Tokens given = tokens(giving.login("ada", "ada-demo-password"));
        assertThat(taking.me(given.access()).statusCode()).isEqualTo(200);
        Tokens next = tokens(taking.refresh(given.refresh()));
        assertThat(giving.isActive(Caller.DEMO_CLIENT, next.access())).isTrue();
        // not the logout, which would end what other clients of this user have
        String revoked = tokens(giving.clientCredentials(Caller.DEMO_CLIENT)).access();
        assertThat(taking.revoke(Caller.DEMO_CLIENT, revoked).statusCode()).isEqualTo(200);
        Eventually.isTrue("what was revoked is refused", () -> !giving.isActive(Caller.DEMO_CLIENT, revoked));
    }

    /** Both give tokens that this key signed, and take those of the other. */
    void checkSignedBy(String kid) throws Exception {
        for (TwoGateways way : new TwoGateways[] {this, new TwoGateways(other, one)}) {
            String[] token = {""};
            Eventually.isTrue("a new key signs", () -> {
                token[0] = tokens(way.one.clientCredentials(Caller.DEMO_CLIENT)).access();
                return KeyOrders.kid(token[0]).equals(kid);
            });
            assertThat(way.other.isActive(Caller.DEMO_CLIENT, token[0])).isTrue();
        }
    }

    private static Tokens tokens(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Tokens.of(response);
    }
}
