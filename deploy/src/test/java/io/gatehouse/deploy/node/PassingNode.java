package io.gatehouse.deploy.node;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A node that passes all requests for {@code localhost} on to one service. */
final class PassingNode {
    private PassingNode() {}

    /**
     * @param folder for what it keeps
     * @param service port on 127.0.0.1
     */
    static NodeProcess start(Path folder, int service, Map<String, String> more) throws IOException {
        Path file = Files.writeString(folder.resolve("gatehouse.yaml"), """
                routes: [{id: slow, match: {host: localhost}, demand: public, upstream: ["http://127.0.0.1:%d"]}]
                """.formatted(service));
        Map<String, String> keys = new HashMap<>(more);
        keys.put("server.port", "0");
        keys.put("management.port", "0");
        keys.put("store.path", folder.resolve("data").toString());
        return NodeProcess.start(
                new StartRequest(true, file, keys), new PrintStream(System.err, true, StandardCharsets.UTF_8));
    }

    static URI at(NodeProcess node) {
        return URI.create("http://localhost:" + node.address().getPort() + "/slow");
    }
}
