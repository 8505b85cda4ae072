package io.gatehouse.common.config;

import io.gatehouse.common.message.Issuer;
import java.util.List;

/**
 * What a client may make of other tokens (RFC 8693).
 *
 * @param subjectClients whose tokens it may exchange, beside its own and those that are for it
 * @param impersonation whether it may get tokens that name the subject alone
 * @param delegation whether it may get tokens that say who acts for the subject
 */
public record TokenExchangeConfig(
        @Key(doc = """
                        Ids of clients whose tokens it may exchange, beside its own and those whose audience is its
                        client_id.""", min = "1", max = "200") List<String> subjectClients,

        @Key(
                doc = "Whether it may exchange without an actor_token: the result does not say who uses it.",
                defaultValue = "false")
        boolean impersonation,

        @Key(
                doc = "Whether it may exchange with an actor_token: the result says in act who acts.",
                defaultValue = "true")
        boolean delegation)
        implements Checked {

    private static final int MOST_CLIENTS = 100;

    /** Copies its list. */
    public TokenExchangeConfig {
        subjectClients = List.copyOf(subjectClients);
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                impersonation || delegation,
                "impersonation",
                "is false and so is delegation: nothing could be exchanged, allow one of them",
                "delegation");
        rules.require(
                subjectClients.size() <= MOST_CLIENTS,
                "subject_clients",
                "lists more than " + MOST_CLIENTS
                        + " clients: have them ask for tokens with this client as the audience");
    }

    /** What must fit in the client that has it, or has it not. */
    static void check(BootstrapClient client, Rules rules) {
        boolean granted = client.grantTypes().contains(Issuer.TOKEN_EXCHANGE);
        rules.require(
                granted == (client.tokenExchange() != null),
                "token_exchange",
                granted
                        ? "is missing beside the grant type " + Issuer.TOKEN_EXCHANGE + ": say what may be exchanged"
                        : "is of no use without the grant type " + Issuer.TOKEN_EXCHANGE + ": add that, or remove it",
                "grant_types");
        rules.require(
                client.confidential() || !granted,
                "grant_types",
                "holds " + Issuer.TOKEN_EXCHANGE + ", which a public client can't have: remove it",
                "token_endpoint_auth_method");
    }
}
