package io.gatehouse.common.bus.seal;

/** What a member may do for others, as its certificate says. */
public enum Part {
    GATEWAY,
    TOKEN,
    STORE
}
