package io.gatehouse.common.config;

/** A section whose keys must fit together; asked once the section is made. */
interface Checked {
    /** Reports what doesn't fit; throws nothing. */
    void check(Rules rules);
}
