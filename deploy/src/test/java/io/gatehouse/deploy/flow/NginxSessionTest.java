package io.gatehouse.deploy.flow;

import java.nio.file.Path;

/** nginx, by the configuration that stands among the examples. */
class NginxSessionTest extends ServiceDoorCase {
    @Override
    ProxyProgram start(Path folder, int gatehouse, int upstream) throws Exception {
        return ProxyProgram.nginx(folder, gatehouse, upstream);
    }
}
