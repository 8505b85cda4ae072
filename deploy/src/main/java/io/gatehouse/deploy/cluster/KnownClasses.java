package io.gatehouse.deploy.cluster;

import java.util.Set;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.multimap.impl.EmbeddedMultimapCache;
import org.infinispan.topology.RebalancingStatus;

/**
 * The classes that Infinispan finds by name: its own modules, and what other members name, of which it makes lambdas with arguments of
 * their choice.
 */
final class KnownClasses extends ClassLoader {
    /** The first two hold how Vert.x forgets what a dead member served. */
    private static final Set<String> NAMED = Set.of(
            EmbeddedMultimapCache.class.getName(),
            "io.vertx.ext.cluster.infinispan.impl.SubsCacheHelper",
            RebalancingStatus.class.getName(),
            MediaType.MediaTypeExternalizer.class.getName());

    KnownClasses(ClassLoader all) {
        super(all);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!NAMED.contains(name) && !isModule(name)) {
            throw new ClassNotFoundException("members take no such class from each other: " + name);
        }
        return super.loadClass(name, resolve);
    }

    private static boolean isModule(String name) {
        return name.startsWith("org.infinispan.")
                && (name.endsWith("ModuleImpl") || name.endsWith("Schema") || name.endsWith("SchemaImpl"));
    }
}
