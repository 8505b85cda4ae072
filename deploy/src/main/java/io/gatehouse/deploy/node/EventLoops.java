package io.gatehouse.deploy.node;

import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.transport.Transport;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the Vert.x instance of a process. */
public final class EventLoops {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);
    private static final long LONGEST_HANDLER_SECONDS = 2;

    private EventLoops() {}

    /** One per core. */
    public static int usual() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** On the operating system's own transport where there is one. */
    public static Vertx open(int loops) {
        return builder().with(options(loops)).build();
    }

    static VertxBuilder builder() {
        Transport own = Transport.nativeTransport();
        return Vertx.builder().withTransport(own != null && own.available() ? own : Transport.NIO);
    }

    /** Says what they run on. */
    static void log(Vertx vertx, int loops) {
        Throwable obstacle = vertx.unavailableNativeTransportCause();
        LOG.atInfo()
                .addKeyValue("loops", loops)
                .addKeyValue("transport", vertx.isNativeTransportEnabled() ? "native" : "java")
                .addKeyValue("because", obstacle == null ? null : obstacle.toString())
                .log("event loops are open");
    }

    static VertxOptions options(int loops) {
        return new VertxOptions()
                .setEventLoopPoolSize(loops)
                // configuration is read and passwords are hashed elsewhere: these only open files
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(4)
                .setMaxEventLoopExecuteTime(LONGEST_HANDLER_SECONDS)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
                // else a copy of every file that is read lands in a temporary folder, secrets included
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }
}
