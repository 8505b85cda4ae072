package io.gatehouse.gateway.http;

import io.gatehouse.common.model.Tenant;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what a path is answered by. The default tenant's paths stand at the root, another's behind {@code /t/{id}}. */
final class PathTable {
    /** @param tenant whose path it is */
    record Match(Path path, String tenant) {}

    /** Everything that is mounted at one path. */
    record Path(String text, List<Mount> mounts) {
        @Nullable
        Mount forMethod(HttpMethod method) {
            for (Mount mount : mounts) {
                if (mount.answers(method)) {
                    return mount;
                }
            }
            return null;
        }

        /** The value of an Allow header. */
        String allow() {
            return mounts.stream()
                    .flatMap(mount -> mount.methods().stream())
                    .map(HttpMethod::name)
                    .collect(Collectors.toCollection(TreeSet::new))
                    .stream()
                    .collect(Collectors.joining(", "));
        }

        ErrorStyle style() {
            return mounts.get(0).style();
        }
    }

    private static final String TENANT_PREFIX = "/t/";
    private static final String WELL_KNOWN = "/.well-known/";

    private final Map<String, Path> paths = new HashMap<>();

    PathTable(List<Mount> mounts) {
        mounts.stream()
                .collect(Collectors.groupingBy(Mount::path))
                .forEach((path, list) -> paths.put(path, new Path(path, List.copyOf(list))));
    }

    @Nullable
    Match find(String path) {
        Path own = paths.get(path);
        if (own != null) {
            return new Match(own, Tenant.MAIN);
        }
        if (path.startsWith(TENANT_PREFIX)) {
            return behindPrefix(path);
        }
        return path.startsWith(WELL_KNOWN) ? inserted(path) : null;
    }

    /** {@code /t/shop/oauth2/token}. */
    private @Nullable Match behindPrefix(String path) {
        int end = path.indexOf('/', TENANT_PREFIX.length());
        return end < 0 ? null : match(path.substring(end), path.substring(TENANT_PREFIX.length(), end));
    }

    /** {@code /.well-known/oauth-authorization-server/t/shop}: RFC 8414, section 3.1. */
    private @Nullable Match inserted(String path) {
        int tenantAt = path.lastIndexOf(TENANT_PREFIX);
        return tenantAt < 0
                ? null
                : match(path.substring(0, tenantAt), path.substring(tenantAt + TENANT_PREFIX.length()));
    }

    private @Nullable Match match(String path, String tenant) {
        Path found = paths.get(path);
        boolean named = !tenant.isEmpty() && !tenant.equals(Tenant.MAIN) && tenant.indexOf('/') < 0;
        return found == null || !named ? null : new Match(found, tenant);
    }
}
