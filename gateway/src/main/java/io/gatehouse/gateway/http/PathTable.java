package io.gatehouse.gateway.http;

import io.gatehouse.common.model.Tenant;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a path is answered by: exact paths first, by one look-up, then the few with a variable segment, then what lies
 * below one. The default tenant's paths stand at the root, another's behind {@code /t/{id}}.
 */
final class PathTable {
    /**
     * @param tenant whose path it is
     * @param variable the text of the variable segment; null: the path has none
     */
    record Match(Path path, String tenant, @Nullable String variable) {}

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

        boolean crossOrigin() {
            return mounts.get(0).crossOrigin();
        }

        ErrorStyle style() {
            return mounts.get(0).style();
        }
    }

    /** A path with a variable segment, cut at that segment. */
    private record Pattern(String before, String after, Path path) {
        private static final int LONGEST = 128;

        static Pattern of(Path path) {
            String text = path.text();
            return new Pattern(text.substring(0, text.indexOf('{')), text.substring(text.indexOf('}') + 1), path);
        }

        /** The text of the segment; null where {@code candidate} is no such path. */
        @Nullable
        String variable(String candidate) {
            int length = candidate.length() - before.length() - after.length();
            if (length < 1 || length > LONGEST || !candidate.startsWith(before) || !candidate.endsWith(after)) {
                return null;
            }
            String segment = candidate.substring(before.length(), before.length() + length);
            return segment.indexOf('/') < 0 ? segment : null;
        }
    }

    private static final String TENANT_PREFIX = "/t/";
    private static final String WELL_KNOWN = "/.well-known/";
    private static final String ALL_BELOW = "/*";

    private final Map<String, Path> paths = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final List<Path> wholes = new ArrayList<>();

    PathTable(List<Mount> mounts) {
        mounts.stream()
                .collect(Collectors.groupingBy(Mount::path))
                .forEach((path, list) -> add(new Path(path, List.copyOf(list))));
    }

    private void add(Path path) {
        if (path.text().endsWith(ALL_BELOW)) {
            wholes.add(path);
        } else if (path.text().indexOf('{') < 0) {
            paths.put(path.text(), path);
        } else {
            patterns.add(Pattern.of(path));
        }
    }

    @Nullable
    Match find(String path) {
        Path own = paths.get(path);
        if (own != null) {
            return new Match(own, Tenant.MAIN, null);
        }
        if (path.startsWith(TENANT_PREFIX)) {
            return behindPrefix(path);
        }
        Match found = path.startsWith(WELL_KNOWN) ? inserted(path) : byPattern(path, Tenant.MAIN);
        return found == null ? below(path) : found;
    }

    private @Nullable Match below(String path) {
        for (Path whole : wholes) {
            String text = whole.text();
            if (path.startsWith(text.substring(0, text.length() - 1))) {
                return new Match(whole, Tenant.MAIN, null);
            }
        }
        return null;
    }

    /** {@code /t/shop/oauth2/token}. */
    private @Nullable Match behindPrefix(String path) {
        int end = path.indexOf('/', TENANT_PREFIX.length());
        String tenant = end < 0 ? "" : path.substring(TENANT_PREFIX.length(), end);
        if (!isNamed(tenant)) {
            return null;
        }
        String rest = path.substring(end);
        Path exact = paths.get(rest);
        return exact == null ? byPattern(rest, tenant) : new Match(exact, tenant, null);
    }

    /**
     * {@code /.well-known/oauth-authorization-server/t/shop}: RFC 8414, section 3.1; RFC 9728, section 3.1, has a path behind
     * it.
     */
    private @Nullable Match inserted(String path) {
        int tenantAt = path.indexOf(TENANT_PREFIX, WELL_KNOWN.length());
        int begin = tenantAt + TENANT_PREFIX.length();
        int slash = tenantAt < 0 ? -1 : path.indexOf('/', begin);
        int end = slash < 0 ? path.length() : slash;
        String tenant = tenantAt < 0 ? "" : path.substring(begin, end);
        Path found = isNamed(tenant) ? paths.get(path.substring(0, tenantAt) + path.substring(end)) : null;
        return found == null ? null : new Match(found, tenant, null);
    }

    private @Nullable Match byPattern(String path, String tenant) {
        for (Pattern pattern : patterns) {
            String variable = pattern.variable(path);
            if (variable != null) {
                return new Match(pattern.path(), tenant, variable);
            }
        }
        return null;
    }

    /** The default tenant has one address: the root. */
    private static boolean isNamed(String tenant) {
        return !tenant.isEmpty() && !tenant.equals(Tenant.MAIN) && tenant.indexOf('/') < 0;
    }
}
