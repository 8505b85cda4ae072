package io.gatehouse.deploy.node;

import io.gatehouse.common.config.GatehouseConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Clients and users with passwords that everybody knows: for trying out, on a machine of one's own. */
public final class DemoData {
    private DemoData() {}

    /** As configuration, to be laid below the operator's. */
    public static String yaml() {
        try (InputStream data = DemoData.class.getResourceAsStream("/io/gatehouse/deploy/demo.yaml")) {
            if (data == null) {
                throw new IllegalStateException("the demo data is missing from this build");
            }
            return new String(data.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws StartFailure where others could reach it */
    static void check(GatehouseConfig config) {
        refuse(!config.server().onLoopback(), "server.host", config.server().host());
        refuse(
                !config.management().onLoopback(),
                "management.host",
                config.management().host());
    }

    private static void refuse(boolean reachable, String key, String host) {
        if (reachable) {
            throw new StartFailure("--demo is for this machine only, and " + host + " can be reached by others: set "
                    + key + " to 127.0.0.1, or start without --demo");
        }
    }
}
