package io.gatehouse.deploy.node;

import org.jspecify.annotations.Nullable;

/** Which build this is. */
public final class Version {
    private Version() {}

    /** As the jar's manifest says; classes outside a jar are of no released version. */
    public static String ofBuild() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
