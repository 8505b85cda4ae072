package io.gatehouse.deploy.process;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Ports of one address, which every node has a list of. */
final class ListedPlaces implements Places {
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    ListedPlaces(List<String> nodes) throws IOException {
        for (String node : nodes) {
            ports.put(node, Places.freePort());
        }
    }

    @Override
    public Map<String, String> environment(String node) {
        return Map.of(
                "GATEHOUSE_CLUSTER_PORT", String.valueOf(ports.get(node)),
                "GATEHOUSE_CLUSTER_MEMBERS",
                        ports.values().stream()
                                .map(port -> LOOPBACK + ":" + port)
                                .collect(Collectors.joining(",")));
    }
}
