package io.gatehouse.deploy.flow;

import java.nio.file.Path;

/** HAProxy asks at {@code /forward-auth/haproxy}. */
class HaproxyFrontDoorTest extends FrontDoorCase {
    @Override
    ProxyProgram start(Path folder, int gatehouse, int upstream) throws Exception {
        return ProxyProgram.haproxy(folder, gatehouse, upstream);
    }
}
