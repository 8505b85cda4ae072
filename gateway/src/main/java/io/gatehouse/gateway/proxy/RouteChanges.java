package io.gatehouse.gateway.proxy;

import io.gatehouse.common.config.RouteConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * In what two lists of routes differ, by their ids.
 *
 * @param changed those that say something else now
 * @param reordered whether those that are in both stand in another order, so that another one may be first
 */
public record RouteChanges(List<String> added, List<String> removed, List<String> changed, boolean reordered) {
    /** Compares two lists. */
    public static RouteChanges between(List<RouteConfig> before, List<RouteConfig> now) {
        Map<String, RouteConfig> former = byId(before);
        Map<String, RouteConfig> latter = byId(now);
        List<String> stayed =
                former.keySet().stream().filter(latter::containsKey).toList();
        return new RouteChanges(
                latter.keySet().stream().filter(id -> !former.containsKey(id)).toList(),
                former.keySet().stream().filter(id -> !latter.containsKey(id)).toList(),
                stayed.stream()
                        .filter(id -> !Objects.equals(former.get(id), latter.get(id)))
                        .toList(),
                !stayed.equals(
                        latter.keySet().stream().filter(former::containsKey).toList()));
    }

    private static Map<String, RouteConfig> byId(List<RouteConfig> routes) {
        Map<String, RouteConfig> byId = new LinkedHashMap<>();
        routes.forEach(route -> byId.put(route.id(), route));
        return byId;
    }
}
