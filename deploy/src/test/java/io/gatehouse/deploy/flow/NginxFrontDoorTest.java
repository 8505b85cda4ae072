package io.gatehouse.deploy.flow;

import java.nio.file.Path;

/** nginx asks at {@code /forward-auth/nginx}. */
class NginxFrontDoorTest extends FrontDoorCase {
    @Override
    ProxyProgram start(Path folder, int gatehouse, int upstream) throws Exception {
        return ProxyProgram.nginx(folder, gatehouse, upstream);
    }
}
