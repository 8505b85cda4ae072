package io.gatehouse.deploy.flow;

import io.gatehouse.deploy.node.NodeProcess;
import io.gatehouse.deploy.node.SmallWorld;
import io.gatehouse.deploy.node.StartRequest;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A whole node in this process, on free ports and a folder of its own, with the demo data: what the flow tests call. */
public final class RunningNode implements BeforeAllCallback, AfterAllCallback {
    static final String DEMO_SECRET = "demo-secret-0123456789abcdef0123456789";
    static final String ADA_PASSWORD = "ada-demo-password";

    private final Map<String, String> keys = new HashMap<>();
    private final String file;
    private BackEnd backEnd = BackEnd.EMBEDDED;
    private Map<String, String> store;
    private SmallWorld world;
    private Path folder;
    private NodeProcess process;
    private boolean folderIsOurs;

    RunningNode() {
        this(null);
    }

    private RunningNode(String file) {
        this.file = file;
    }

    /** With the demo data and no throttle in the way. */
    static RunningNode demo() {
        return unthrottled(new RunningNode());
    }

    /** Without the demo data, by a configuration file of its own, and no throttle in the way. */
    public static RunningNode configured(String yaml) {
        return unthrottled(new RunningNode(yaml));
    }

    private static RunningNode unthrottled(RunningNode node) {
        return node.with("limits.login_attempts_per_address", "off")
                .with("limits.login_failures_per_account", "off")
                .with("limits.login_failures_per_account_and_address", "off");
    }

    /** Sets a configuration key. */
    public RunningNode with(String key, String value) {
        keys.put(key, value);
        return this;
    }

    /** Keeps its data where the caller says. */
    RunningNode in(Path data) {
        folder = data;
        return this;
    }

    /** Where names that tests made up lead somewhere. */
    RunningNode in(SmallWorld around) {
        world = around;
        return this;
    }

    /** What a test says that does not run on whatever its suite names. */
    RunningNode on(BackEnd named) {
        backEnd = named;
        return this;
    }

    /** Keeps its data together with another one, as one node of several does. */
    RunningNode beside(RunningNode other) {
        store = Map.copyOf(other.store());
        return this;
    }

    BackEnd backEnd() {
        return backEnd;
    }

    /** Where it listens for clients, without a final slash. */
    public URI address() {
        return process.address();
    }

    Caller caller() {
        return new Caller(process.address());
    }

    Caller management() {
        return new Caller(process.management());
    }

    void start() {
        keys.putIfAbsent("server.port", "0");
        keys.putIfAbsent("management.port", "0");
        Map<String, String> all = new HashMap<>(keys);
        all.putAll(store());
        StartRequest request = new StartRequest(file == null, config(), all);
        PrintStream out = new PrintStream(System.err, true);
        process = world == null ? NodeProcess.start(request, out) : world.start(request, out);
    }

    void stop() {
        process.stop();
        process.close();
    }

    /** Changes what it keeps, for what no API does; it is stopped meanwhile and has other ports afterwards. */
    void change(Function<Store, Future<?>> change) {
        stop();
        StoppedStore.change(store(), file == null, change);
        start();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        backEnd = BackEnd.of(context);
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        stop();
        forget();
    }

    /** Once it is stopped: its data is gone, and a further start begins anew. */
    void forget() throws IOException {
        BackEnd.drop(store());
        store = null;
        if (folderIsOurs) {
            delete(folder);
            folder = null;
        }
    }

    private Map<String, String> store() {
        if (store == null) {
            store = backEnd.fresh(folder());
        }
        return store;
    }

    private Path config() {
        try {
            return file == null ? null : Files.writeString(Files.createTempFile("gatehouse-flow", ".yaml"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder() {
        if (folder == null) {
            try {
                folder = Files.createTempDirectory("gatehouse-flow").resolve("data");
                folderIsOurs = true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folder;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
