package io.gatehouse.deploy.cluster;

import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.infinispan.commons.api.CacheContainerAdmin.AdminFlag;
import org.infinispan.configuration.ConfigurationManager;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.globalstate.LocalConfigurationStorage;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.util.concurrent.BlockingManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caches are those of {@link GroupConfiguration}. Members may tell each other of more, with configurations that write files where
 * they like, and take away what there is: nothing of that is done. Nor does it fail, or whoever joins later could not start.
 */
final class NoMoreCaches implements LocalConfigurationStorage {
    private static final Logger LOG = LoggerFactory.getLogger(NoMoreCaches.class);

    private final AtomicBoolean told = new AtomicBoolean();

    @Override
    public void initialize(EmbeddedCacheManager caches, ConfigurationManager configurations, BlockingManager threads) {}

    @Override
    public void validateFlags(EnumSet<AdminFlag> flags) {}

    @Override
    public CompletionStage<Void> createCache(
            String name, String template, Configuration configuration, EnumSet<AdminFlag> flags) {
        return ignored();
    }

    @Override
    public CompletionStage<Void> createTemplate(String name, Configuration configuration, EnumSet<AdminFlag> flags) {
        return ignored();
    }

    @Override
    public CompletionStage<Void> updateConfiguration(
            String name, Configuration configuration, EnumSet<AdminFlag> flags) {
        return ignored();
    }

    @Override
    public CompletionStage<Void> validateConfigurationUpdate(
            String name, Configuration configuration, EnumSet<AdminFlag> flags) {
        return ignored();
    }

    @Override
    public CompletionStage<Void> removeCache(String name, EnumSet<AdminFlag> flags) {
        return ignored();
    }

    @Override
    public CompletionStage<Void> removeTemplate(String name, EnumSet<AdminFlag> flags) {
        return ignored();
    }

    private CompletionStage<Void> ignored() {
        if (!told.getAndSet(true)) {
            LOG.warn("a member tried to change the cluster's caches, which was refused");
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Map<String, Configuration> loadAllCaches() {
        return Map.of();
    }

    @Override
    public Map<String, Configuration> loadAllTemplates() {
        return Map.of();
    }
}
