package io.gatehouse.deploy.cluster;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.infinispan.cache.impl.BiFunctionMapper;
import org.infinispan.commands.CommandInvocationId;
import org.infinispan.commands.remote.SingleRpcCommand;
import org.infinispan.commons.CacheException;
import org.infinispan.commons.marshall.AdvancedExternalizer;
import org.infinispan.commons.marshall.StreamingMarshaller;
import org.infinispan.commons.marshall.WrappedByteArray;
import org.infinispan.container.entries.ImmortalCacheEntry;
import org.infinispan.container.entries.ImmortalCacheValue;
import org.infinispan.container.entries.metadata.MetadataImmortalCacheEntry;
import org.infinispan.container.entries.metadata.MetadataImmortalCacheValue;
import org.infinispan.distribution.ch.impl.DefaultConsistentHash;
import org.infinispan.distribution.ch.impl.ReplicatedConsistentHash;
import org.infinispan.distribution.ch.impl.SyncConsistentHashFactory;
import org.infinispan.distribution.ch.impl.SyncReplicatedConsistentHashFactory;
import org.infinispan.factories.GlobalComponentRegistry.ModuleInitializer;
import org.infinispan.factories.KnownComponentNames;
import org.infinispan.factories.impl.BasicComponentRegistry;
import org.infinispan.functional.impl.StatsEnvelope;
import org.infinispan.marshall.core.GlobalMarshaller;
import org.infinispan.marshall.core.impl.ClassToExternalizerMap.IdToExternalizerMap;
import org.infinispan.metadata.EmbeddedMetadata;
import org.infinispan.multimap.impl.function.multimap.ContainsFunction;
import org.infinispan.multimap.impl.function.multimap.GetFunction;
import org.infinispan.multimap.impl.function.multimap.PutFunction;
import org.infinispan.multimap.impl.function.multimap.RemoveFunction;
import org.infinispan.partitionhandling.AvailabilityMode;
import org.infinispan.remoting.responses.CacheNotFoundResponse;
import org.infinispan.remoting.responses.ExceptionResponse;
import org.infinispan.remoting.responses.SuccessfulResponse;
import org.infinispan.remoting.responses.UnsuccessfulResponse;
import org.infinispan.remoting.responses.UnsureResponse;
import org.infinispan.remoting.transport.jgroups.JGroupsAddress;
import org.infinispan.statetransfer.StateChunk;
import org.infinispan.topology.CacheJoinInfo;
import org.infinispan.topology.CacheStatusResponse;
import org.infinispan.topology.CacheTopology;
import org.infinispan.topology.HeartBeatCommand;
import org.infinispan.topology.ManagerStatusResponse;
import org.infinispan.topology.PersistentUUID;
import org.infinispan.topology.RebalancingStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Infinispan makes of the bytes of other members, commands and answers: objects of these types and of no others. */
@SuppressWarnings("removal")
final class KnownTypes implements IdToExternalizerMap {
    private static final Logger LOG = LoggerFactory.getLogger(KnownTypes.class);

    private static final Set<Class<?>> TYPES = Set.of(
            // Commands, of which NoOrders takes some.
            HeartBeatCommand.class,
            SingleRpcCommand.class,
            // Answers.
            SuccessfulResponse.class,
            UnsuccessfulResponse.class,
            UnsureResponse.class,
            ExceptionResponse.class,
            CacheNotFoundResponse.class,
            CacheStatusResponse.class,
            ManagerStatusResponse.class,
            // Who keeps what.
            AvailabilityMode.class,
            CacheJoinInfo.class,
            CacheTopology.class,
            CommandInvocationId.class,
            DefaultConsistentHash.class,
            JGroupsAddress.class,
            PersistentUUID.class,
            RebalancingStatus.class,
            ReplicatedConsistentHash.class,
            SyncConsistentHashFactory.class,
            SyncReplicatedConsistentHashFactory.class,
            // What they keep, and what Vert.x does with it.
            BiFunctionMapper.class,
            EmbeddedMetadata.class,
            ImmortalCacheEntry.class,
            ImmortalCacheValue.class,
            MetadataImmortalCacheEntry.class,
            MetadataImmortalCacheValue.class,
            StateChunk.class,
            WrappedByteArray.class,
            ContainsFunction.class,
            GetFunction.class,
            PutFunction.class,
            RemoveFunction.class,
            StatsEnvelope.class,
            // What all of these are made of.
            ArrayList.class,
            HashMap.class,
            Optional.class,
            Class.class,
            Throwable.class);

    private final IdToExternalizerMap all;
    private final Map<Integer, AdvancedExternalizer<?>> known = new ConcurrentHashMap<>();
    private final Set<Integer> told = ConcurrentHashMap.newKeySet();

    private KnownTypes(IdToExternalizerMap all) {
        this.all = all;
    }

    /** Infinispan has no setting for this; once its modules have named all their types, and before anybody is heard. */
    static void install(BasicComponentRegistry components) {
        var unused = components.getComponent(ModuleInitializer.class).running();
        StreamingMarshaller marshaller = components
                .getComponent(KnownComponentNames.INTERNAL_MARSHALLER, StreamingMarshaller.class)
                .running();
        try {
            restrict(marshaller, "reverseInternalExts");
            restrict(marshaller, "reverseExternalExts");
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException("another Infinispan than this was made for", other);
        }
    }

    private static void restrict(StreamingMarshaller marshaller, String name) throws ReflectiveOperationException {
        Field types = GlobalMarshaller.class.getDeclaredField(name);
        types.setAccessible(true);
        types.set(marshaller, new KnownTypes((IdToExternalizerMap) types.get(marshaller)));
    }

    @Override
    public AdvancedExternalizer<?> get(int id) {
        AdvancedExternalizer<?> found = known.get(id);
        return found != null ? found : look(id);
    }

    private AdvancedExternalizer<?> look(int id) {
        AdvancedExternalizer<?> found = all.get(id);
        if (found == null) {
            throw new CacheException("there is no such type");
        }
        if (Collections.disjoint(found.getTypeClasses(), TYPES)) {
            if (told.add(id)) {
                LOG.warn(
                        "a member sent what members have no use for, which was refused type={}",
                        found.getClass().getName());
            }
            throw new CacheException("members take no such type from each other");
        }
        AdvancedExternalizer<?> taken = found.getTypeClasses().contains(Throwable.class) ? new KnownErrors() : found;
        known.put(id, taken);
        return taken;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void put(int id, AdvancedExternalizer type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        all.clear();
        known.clear();
    }
}
