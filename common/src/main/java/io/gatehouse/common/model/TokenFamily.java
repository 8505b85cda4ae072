package io.gatehouse.common.model;

import java.util.Locale;

/** Which API a token was given by; it is accepted only where the table of families says so. */
public enum TokenFamily {
    OAUTH,
    LOGIN,
    BABELBIRD,
    LOGINRADIUS;

    /** The value of the {@code family} claim. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }
}
