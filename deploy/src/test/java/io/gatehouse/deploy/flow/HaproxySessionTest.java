package io.gatehouse.deploy.flow;

import java.nio.file.Path;

/** HAProxy, by the configuration that stands among the examples. */
class HaproxySessionTest extends ServiceDoorCase {
    @Override
    ProxyProgram start(Path folder, int gatehouse, int upstream) throws Exception {
        return ProxyProgram.haproxy(folder, gatehouse, upstream);
    }
}
