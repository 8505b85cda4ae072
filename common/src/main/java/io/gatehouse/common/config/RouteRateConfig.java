package io.gatehouse.common.config;

import java.time.Duration;

/**
 * How many requests a route lets pass.
 *
 * @param per whose requests are counted together
 * @param limit requests in a window, which may all come at once
 * @param window after which as many may pass again
 * @param shared whether all nodes count together
 */
public record RouteRateConfig(
        @Key(
                doc = """
                        Whose requests are counted together: subject (the user, or the client that acts for itself), client
                        (the client that the token is of), or address (the network address that they come from, in IPv6 its
                        /64). Of a public route nobody but the address is known. Behind a proxy, addresses are told apart
                        where server.trusted_proxies lists it.""",
                defaultValue = "subject",
                oneOf = {"subject", "client", "address"})
        String per,

        @Key(
                doc = "How many requests pass in a window; they may come at once.",
                defaultValue = "100",
                min = "1",
                max = "1000000")
        int limit,

        @Key(
                doc = "The window. What was used comes back evenly over it.",
                defaultValue = "PT1S",
                min = "PT1S",
                max = "P1D")
        Duration window,

        @Key(doc = """
                        Whether all nodes count together, by the store; with Redis that costs a message per request. Without
                        it each node counts for itself.""", defaultValue = "false") boolean shared) {

    /** Of {@link #per}. */
    public static final String CLIENT = "client";
    /** Of {@link #per}. */
    public static final String ADDRESS = "address";

    public Rate rate() {
        return new Rate(limit, window);
    }
}
