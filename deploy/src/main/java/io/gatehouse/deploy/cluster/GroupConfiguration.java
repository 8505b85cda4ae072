package io.gatehouse.deploy.cluster;

import io.gatehouse.common.config.ClusterConfig;
import java.util.List;
import java.util.stream.Collectors;
import org.infinispan.configuration.parsing.ConfigurationBuilderHolder;
import org.infinispan.configuration.parsing.ParserRegistry;
import org.infinispan.globalstate.ConfigurationStorage;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;

/**
 * How the group of members works. Nothing is multicast, every port is bound to the configured address and speaks TLS: that is why
 * a member that died is noticed by FD_SOCK and not by FD_SOCK2, whose sockets know no TLS. One that hangs is noticed
 * after eight seconds. Where members find each other late, or again, all take over what one side knows, and say the rest anew
 * ({@link Members}): to lay both together would take as long again, and nothing could be said meanwhile. So little is kept
 * that it is not cut into many segments.
 */
final class GroupConfiguration {
    private static final String XML = """
            <infinispan>
              <jgroups>
                <stack name="gatehouse">
                  <TCP bind_addr="%1$s" bind_port="%2$d" port_range="0" diag.enabled="false"
                       sock_conn_timeout="2000" peer_addr_read_timeout="3000"/>
                  %3$s
                  <MERGE3 min_interval="1000" max_interval="5000"/>
                  <FD_SOCK bind_addr="%1$s" start_port="%4$d" port_range="%5$d" sock_conn_timeout="2000"/>
                  <FD_ALL3 timeout="8000" interval="2000"/>
                  <VERIFY_SUSPECT2 timeout="1000"/>
                  <pbcast.NAKACK2 use_mcast_xmit="false"/>
                  <UNICAST3/>
                  <pbcast.STABLE/>
                  <pbcast.GMS join_timeout="3000" print_local_addr="false"/>
                  <UFC/>
                  <MFC/>
                  <FRAG4/>
                </stack>
              </jgroups>
              <cache-container default-cache="distributed-cache" statistics="false" shutdown-hook="DONT_REGISTER">
                <transport stack="gatehouse" cluster="gatehouse" node-name="%6$s"/>
                <jmx enabled="false"/>
                <distributed-cache name="distributed-cache" segments="16"/>
                <replicated-cache name="__vertx.subs" segments="16" remote-timeout="10000">
                  <locking acquire-timeout="5000"/>
                  <partition-handling when-split="ALLOW_READ_WRITES" merge-policy="NONE"/>
                </replicated-cache>
                <replicated-cache name="__vertx.haInfo" segments="16" remote-timeout="10000">
                  <locking acquire-timeout="5000"/>
                  <partition-handling when-split="ALLOW_READ_WRITES" merge-policy="NONE"/>
                </replicated-cache>
                <replicated-cache name="__vertx.nodeInfo" segments="16" remote-timeout="10000">
                  <locking acquire-timeout="5000"/>
                  <partition-handling when-split="ALLOW_READ_WRITES" merge-policy="NONE"/>
                </replicated-cache>
                <distributed-cache-configuration name="__vertx.distributed.cache.configuration"/>
              </cache-container>
            </infinispan>
            """;

    private GroupConfiguration() {}

    /** @param name of this member, which no other has or had */
    static ConfigurationBuilderHolder of(ClusterConfig config, MemberTls tls, String name) {
        boolean anyPort = config.busPort() == 0;
        String xml = XML.formatted(
                config.bind(),
                config.port(),
                discovery(config),
                anyPort ? 0 : config.busPort() + 1,
                anyPort ? 50 : 0,
                name);
        ConfigurationBuilderHolder holder = new ParserRegistry().parse(xml);
        holder.getGlobalConfigurationBuilder()
                .classLoader(new KnownClasses(GroupConfiguration.class.getClassLoader()))
                .transport()
                .addProperty(JGroupsTransport.SOCKET_FACTORY, tls.sockets())
                .globalState()
                .configurationStorage(ConfigurationStorage.CUSTOM)
                .configurationStorageSupplier(NoMoreCaches::new)
                .disable();
        return holder;
    }

    /** Whoever is asked tells of all: a few are known by configuration, and the one that lets others in need not be among them. */
    private static String discovery(ClusterConfig config) {
        return config.dns() != null
                ? "<%s dns_query=\"%s\"/>".formatted(NamePing.class.getName(), config.dns())
                : "<TCPPING initial_hosts=\"%s\" port_range=\"0\" return_entire_cache=\"true\"/>"
                        .formatted(hosts(config.members()));
    }

    /** As JGroups writes them: {@code 10.0.0.7[7800],::1[7801]}. */
    private static String hosts(List<String> members) {
        return members.stream()
                .map(member -> {
                    int colon = member.lastIndexOf(':');
                    return member.substring(0, colon).replaceAll("[\\[\\]]", "") + "[" + member.substring(colon + 1)
                            + "]";
                })
                .collect(Collectors.joining(","));
    }
}
