package io.gatehouse.deploy.flow;

import java.nio.file.Path;

/** The proxies of Debian's that stand among the examples. */
enum ProxyProduct {
    NGINX {
        @Override
        ProxyProgram start(Path folder, int gatehouse, int upstream) throws Exception {
            return ProxyProgram.nginx(folder, gatehouse, upstream);
        }
    },
    HAPROXY {
        @Override
        ProxyProgram start(Path folder, int gatehouse, int upstream) throws Exception {
            return ProxyProgram.haproxy(folder, gatehouse, upstream);
        }
    },
    /** Takes tokens by itself and asks about each of them. */
    APACHE {
        @Override
        ProxyProgram start(Path folder, int gatehouse, int upstream) throws Exception {
            return ProxyProgram.apache(folder, ProxyProgram.freePort(), gatehouse, upstream);
        }
    };

    abstract ProxyProgram start(Path folder, int gatehouse, int upstream) throws Exception;
}
