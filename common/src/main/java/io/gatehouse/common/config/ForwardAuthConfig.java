package io.gatehouse.common.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a proxy in front asks about the requests that it gets.
 *
 * @param secret any of which it proves itself by; empty: nobody may ask
 */
public record ForwardAuthConfig(
        @Key(doc = """
                        What the proxy sends as X-Gatehouse-Hop, over TLS or from this machine: visible ASCII without commas. One, or a
                        list of the old and the new one while it is changed. Absent: there is no /forward-auth.""", min = "32", max = "512") List<SecretValue> secret) implements Checked {

    private static final int MOST = 8;
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E&&[^,]]+");

    /** Copies its list. */
    public ForwardAuthConfig {
        secret = List.copyOf(secret);
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                secret.stream().allMatch(one -> VISIBLE.matcher(one.reveal()).matches()),
                "secret",
                "holds what no header can hold: use visible ASCII without commas, such as: openssl rand -hex 32");
        rules.require(secret.size() <= MOST, "secret", "lists more than " + MOST + ": remove those that nobody sends");
    }
}
