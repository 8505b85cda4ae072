package io.gatehouse.common.codec;

import org.jspecify.annotations.Nullable;

/** How values of one Java type are written and read. */
interface Form {
    void write(Object value, WireWriter out);

    Object read(WireReader in);

    /** What a component of this type holds when an older writer did not know it. */
    default @Nullable Object missing() {
        return null;
    }
}
