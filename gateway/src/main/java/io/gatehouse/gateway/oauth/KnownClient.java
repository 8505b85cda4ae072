package io.gatehouse.gateway.oauth;

import io.gatehouse.common.config.Cidr;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.JwtLogin;
import java.util.List;

/**
 * A client as the store described it a moment ago.
 *
 * @param loginNetworks from where it may log users in by JWT; empty: from anywhere
 */
record KnownClient(Client client, Attestation statement, List<Cidr> loginNetworks) {
    KnownClient {
        loginNetworks = List.copyOf(loginNetworks);
    }

    /** @param statement a {@link ClientStatement} */
    static KnownClient read(Attestation statement) {
        Client client = statement.read(ClientStatement.class).client();
        JwtLogin login = client.jwtLogin();
        List<String> blocks = login == null ? List.of() : login.sourceNetworks();
        return new KnownClient(
                client, statement, blocks.stream().map(Cidr::parse).toList());
    }
}
