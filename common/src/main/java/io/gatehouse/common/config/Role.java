package io.gatehouse.common.config;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a node does; written in lower case. One process may run them all. */
public enum Role {
    /** Serves HTTP and asks the other two. */
    GATEWAY,
    /** Holds the signing keys and issues tokens. */
    TOKEN,
    /** Holds clients, users, grants and codes. */
    STORE;

    /** The roles in order, for messages: "gateway, token". */
    static String names(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
