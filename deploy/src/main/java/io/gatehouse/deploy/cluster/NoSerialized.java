package io.gatehouse.deploy.cluster;

import java.io.ObjectInputFilter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other members say is never read as serialised Java objects, as JGroups and the cluster manager of Vert.x would: those do whatever
 * the classes that are here can be made to do. What an application reads by itself is its own affair.
 */
final class NoSerialized {
    private static final Logger LOG = LoggerFactory.getLogger(NoSerialized.class);
    private static final List<String> CLUSTER =
            List.of("org.jgroups.", "org.infinispan.", "io.vertx.ext.cluster.infinispan.");
    private static final ObjectInputFilter FILTER = NoSerialized::check;

    private NoSerialized() {}

    /** For this process, which can have but one such filter. */
    static synchronized void install() {
        ObjectInputFilter present = ObjectInputFilter.Config.getSerialFilter();
        if (present == null) {
            ObjectInputFilter.Config.setSerialFilter(FILTER);
        } else if (present != FILTER) {
            LOG.warn(
                    "what other members say may be read as serialised objects, as jdk.serialFilter has it: take it away,"
                            + " or have it refuse everything that this process does not need");
        }
    }

    private static ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo read) {
        boolean ofCluster = StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .anyMatch(name -> CLUSTER.stream().anyMatch(name::startsWith)));
        return ofCluster ? ObjectInputFilter.Status.REJECTED : ObjectInputFilter.Status.UNDECIDED;
    }
}
