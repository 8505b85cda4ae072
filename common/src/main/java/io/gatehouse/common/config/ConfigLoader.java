package io.gatehouse.common.config;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the configuration through vertx-config. From the lowest precedence to the highest: defaults, the caller's base, the
 * YAML file, the directory of mounted secrets (GATEHOUSE_SECRETS_DIR), the environment, system properties, command line.
 */
public final class ConfigLoader {
    private final Vertx vertx;
    private final List<ConfigStoreOptions> process;

    /** Reads this process's environment and system properties, as they are at each load. */
    public ConfigLoader(Vertx vertx) {
        this(vertx, processStore("env"), processStore("sys"));
    }

    /** For tests: other stores in place of the environment and the system properties. */
    ConfigLoader(Vertx vertx, ConfigStoreOptions environment, ConfigStoreOptions properties) {
        this.vertx = vertx;
        this.process = List.of(environment, properties);
    }

    // raw-data: vertx-config would otherwise guess numbers and booleans, and a password may look like one
    private static ConfigStoreOptions processStore(String type) {
        return new ConfigStoreOptions().setType(type).setConfig(new JsonObject().put("raw-data", true));
    }

    /**
     * Reads, binds and checks everything; files are read off the event loop.
     *
     * @return the configuration, or a failure that is a {@link ConfigException} with every problem there is
     */
    public Future<Loaded> load(ConfigSources sources) {
        return retrieve(process).compose(variables -> {
            SourceFiles files = SourceFiles.named(sources.file(), texts(variables));
            return vertx.executeBlocking(files::stores)
                    .compose(this::retrieve)
                    .recover(files::unreadable)
                    .compose(bytes -> vertx.executeBlocking(() -> assemble(sources, files, bytes, texts(variables))));
        });
    }

    /**
     * Binds and checks one YAML text alone. Blocks if it names secrets by {@code file:}.
     *
     * @throws ConfigException with every problem there is
     */
    public static GatehouseConfig parse(String yaml) {
        Problems problems = new Problems();
        ConfigNode.Section tree = ConfigNode.Section.empty(ConfigNode.DEFAULT);
        overlay(tree, "YAML", yaml, problems);
        return ConfigBinder.bind(tree, problems);
    }

    private Future<JsonObject> retrieve(List<ConfigStoreOptions> stores) {
        ConfigRetriever retriever = ConfigRetriever.create(
                vertx, new ConfigRetrieverOptions().setScanPeriod(-1).setStores(new ArrayList<>(stores)));
        return retriever.getConfig().eventually(retriever::close);
    }

    private static Loaded assemble(
            ConfigSources sources, SourceFiles files, JsonObject bytes, Map<String, String> variables) {
        Problems problems = new Problems();
        ConfigNode.Section tree = ConfigNode.Section.empty(ConfigNode.DEFAULT);
        overlay(tree, "built-in data", sources.base(), problems);
        overlay(tree, files.name(), files.yaml(bytes, problems), problems);
        Overlay overlay = new Overlay(tree, problems);
        overlay.secrets(files.secrets(bytes, problems));
        overlay.environment(variables);
        overlay.properties(variables);
        overlay.commandLine(sources.commandLine());
        return new Loaded(ConfigBinder.bind(tree, problems), overlay.warnings());
    }

    private static void overlay(ConfigNode.Section tree, String source, String yaml, Problems problems) {
        ConfigNode root = YamlReader.read(source, yaml, problems);
        if (root instanceof ConfigNode.Section section) {
            tree.overlay(section);
        } else if (root != null && !root.blank()) {
            problems.add("", source, "must hold keys, such as server: {port: 8080}");
        }
    }

    private static Map<String, String> texts(JsonObject variables) {
        Map<String, String> texts = new LinkedHashMap<>();
        variables.forEach(entry -> texts.put(entry.getKey(), String.valueOf(entry.getValue())));
        return texts;
    }
}
