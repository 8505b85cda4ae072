package io.gatehouse.deploy.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.cluster.infinispan.InfinispanClusterManager;
import java.util.List;
import org.infinispan.configuration.parsing.ParserRegistry;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.Address;

/** A member of a cluster whose members all live on this machine and are known by their ports: nothing is multicast. */
final class LoopbackCluster extends InfinispanClusterManager {
    private static final String CONFIGURATION = """
            <infinispan>
              <jgroups>
                <stack name="loopback">
                  <TCP bind_addr="127.0.0.1" bind_port="%1$d" port_range="0" diag.enabled="false"/>
                  <TCPPING initial_hosts="%2$s" port_range="0"/>
                  <MERGE3 min_interval="1000" max_interval="3000"/>
                  <FD_SOCK2 bind_addr="127.0.0.1"/>
                  <FD_ALL3 timeout="8000" interval="2000"/>
                  <VERIFY_SUSPECT2 timeout="1000"/>
                  <pbcast.NAKACK2 use_mcast_xmit="false"/>
                  <UNICAST3/>
                  <pbcast.STABLE/>
                  <pbcast.GMS join_timeout="1000" print_local_addr="false"/>
                  <UFC/>
                  <MFC/>
                  <FRAG4/>
                </stack>
              </jgroups>
              <cache-container default-cache="distributed-cache" statistics="false">
                <transport stack="loopback" cluster="gatehouse-test"/>
                <distributed-cache name="distributed-cache"/>
                <replicated-cache name="__vertx.subs"/>
                <replicated-cache name="__vertx.haInfo"/>
                <replicated-cache name="__vertx.nodeInfo"/>
                <distributed-cache-configuration name="__vertx.distributed.cache.configuration"/>
              </cache-container>
            </infinispan>
            """;

    private final DefaultCacheManager caches;

    private LoopbackCluster(DefaultCacheManager caches) {
        super(caches);
        this.caches = caches;
    }

    /** Joins on the first port, looking for members on all of them. */
    static LoopbackCluster member(int port, List<Integer> ports) {
        String members = String.join(
                ",", ports.stream().map(one -> "127.0.0.1[" + one + "]").toList());
        var configuration = new ParserRegistry().parse(CONFIGURATION.formatted(port, members));
        return new LoopbackCluster(new DefaultCacheManager(configuration, true));
    }

    /** A Vert.x instance that is this member. */
    Future<Vertx> vertx() {
        VertxOptions options = new VertxOptions();
        options.getEventBusOptions().setHost("127.0.0.1");
        return Vertx.builder().with(options).withClusterManager(this).buildClustered();
    }

    /** As the superclass would, by a method that this Infinispan still has. */
    @Override
    public List<String> getNodes() {
        return caches.getMembers().stream().map(Address::toString).toList();
    }

    void stop() {
        caches.stop();
    }
}
