package io.gatehouse.deploy.cluster;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.infinispan.commands.ReplicableCommand;
import org.infinispan.commands.functional.ReadWriteKeyCommand;
import org.infinispan.commands.remote.ClusteredGetCommand;
import org.infinispan.commands.remote.SingleRpcCommand;
import org.infinispan.commands.statetransfer.ConflictResolutionStartCommand;
import org.infinispan.commands.statetransfer.StateResponseCommand;
import org.infinispan.commands.statetransfer.StateTransferCancelCommand;
import org.infinispan.commands.statetransfer.StateTransferGetListenersCommand;
import org.infinispan.commands.statetransfer.StateTransferStartCommand;
import org.infinispan.commands.topology.CacheJoinCommand;
import org.infinispan.commands.topology.CacheLeaveCommand;
import org.infinispan.commands.topology.CacheStatusRequestCommand;
import org.infinispan.commands.topology.RebalancePhaseConfirmCommand;
import org.infinispan.commands.topology.RebalanceStartCommand;
import org.infinispan.commands.topology.RebalanceStatusRequestCommand;
import org.infinispan.commands.topology.TopologyUpdateCommand;
import org.infinispan.commands.topology.TopologyUpdateStableCommand;
import org.infinispan.commands.write.ComputeCommand;
import org.infinispan.commands.write.PutKeyValueCommand;
import org.infinispan.commands.write.RemoveCommand;
import org.infinispan.commons.CacheException;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.factories.impl.BasicComponentRegistry;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.inboundhandler.DeliverOrder;
import org.infinispan.remoting.inboundhandler.InboundInvocationHandler;
import org.infinispan.remoting.inboundhandler.Reply;
import org.infinispan.remoting.responses.ExceptionResponse;
import org.infinispan.remoting.transport.Address;
import org.infinispan.topology.HeartBeatCommand;
import org.infinispan.xsite.commands.remote.XSiteRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from other members what keeps the cluster's memory of who serves what, and nothing else: no tasks, no functions, no caches, no
 * locks. A certificate lets its owner fill that memory, or empty it, and not have anything done in another process.
 */
final class NoOrders implements InboundInvocationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(NoOrders.class);
    private static final int MOST_TOLD = 1_000;

    /** Who keeps a part of which cache, and handing it over; the merging of what two sides have is asked for caches of Infinispan's own. */
    private static final Set<Class<?>> KEEPING = Set.of(
            CacheJoinCommand.class,
            CacheLeaveCommand.class,
            CacheStatusRequestCommand.class,
            ClusteredGetCommand.class,
            ConflictResolutionStartCommand.class,
            HeartBeatCommand.class,
            RebalancePhaseConfirmCommand.class,
            RebalanceStartCommand.class,
            RebalanceStatusRequestCommand.class,
            StateResponseCommand.class,
            StateTransferCancelCommand.class,
            StateTransferGetListenersCommand.class,
            StateTransferStartCommand.class,
            TopologyUpdateCommand.class,
            TopologyUpdateStableCommand.class);

    /** The functions can only be those of {@link KnownTypes}, and the lambdas those of {@link KnownClasses}. */
    private static final Set<Class<?>> SERVED = Set.of(ReadWriteKeyCommand.class, ComputeCommand.class);

    private static final Set<Class<?>> NODES = Set.of(PutKeyValueCommand.class, RemoveCommand.class);

    private final InboundInvocationHandler memory;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private NoOrders(InboundInvocationHandler memory) {
        this.memory = memory;
    }

    /** @param caches that have not started */
    static void install(DefaultCacheManager caches) {
        BasicComponentRegistry components =
                GlobalComponentRegistry.of(caches).getComponent(BasicComponentRegistry.class);
        NoSerialized.install();
        KnownTypes.install(components);
        InboundInvocationHandler memory =
                components.getComponent(InboundInvocationHandler.class).wired();
        components.replaceComponent(InboundInvocationHandler.class.getName(), new NoOrders(memory), false);
        components.rewire();
    }

    @Override
    public void handleFromCluster(Address from, ReplicableCommand command, Reply reply, DeliverOrder order) {
        if (keepsMemory(command)) {
            memory.handleFromCluster(from, command, reply, order);
        } else {
            refuse(from.toString(), kind(command), reply);
        }
    }

    private static boolean keepsMemory(ReplicableCommand command) {
        return KEEPING.contains(command.getClass())
                || (command instanceof SingleRpcCommand change
                        && change.getCommand() != null
                        && isOfVertx(change.getCacheName().toString(), change.getCommand()));
    }

    private static boolean isOfVertx(String cache, ReplicableCommand change) {
        return switch (cache) {
            case "__vertx.nodeInfo" -> NODES.contains(change.getClass());
            case "__vertx.subs" -> SERVED.contains(change.getClass());
            default -> false;
        };
    }

    private static String kind(ReplicableCommand command) {
        return command instanceof SingleRpcCommand change && change.getCommand() != null
                ? change.getCommand().getClass().getSimpleName()
                : command.getClass().getSimpleName();
    }

    private void refuse(String from, String kind, Reply reply) {
        if (told.size() >= MOST_TOLD) {
            told.clear();
        }
        if (told.add(from + " " + kind)) {
            LOG.warn("a member gave an order, which was refused node={} command={}", from, kind);
        }
        reply.reply(new ExceptionResponse(new CacheException("members take no orders from each other")));
    }

    /** There are no other sites. */
    @Override
    public void handleFromRemoteSite(String site, XSiteRequest<?> request, Reply reply, DeliverOrder order) {
        refuse(site, request.getClass().getSimpleName(), reply);
    }
}
