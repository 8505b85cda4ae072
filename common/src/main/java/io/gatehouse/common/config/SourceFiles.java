package io.gatehouse.common.config;

import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The YAML file and the directory of mounted secrets, as stores of vertx-config that hand over the bytes as they are. */
final class SourceFiles {
    private static final String YAML = "yaml";
    private static final String SECRET = "secret/";

    private final @Nullable String file;
    private final @Nullable String secretsDirectory;

    private SourceFiles(@Nullable String file, @Nullable String secretsDirectory) {
        this.file = file;
        this.secretsDirectory = secretsDirectory;
    }

    /**
     * The files that the caller, or else system properties and environment, name.
     *
     * @param file the caller's, or null
     */
    static SourceFiles named(@Nullable Path file, Map<String, String> variables) {
        return new SourceFiles(
                file == null ? variable(variables, "config", "CONFIG") : file.toString(),
                variable(variables, "secrets.dir", "SECRETS_DIR"));
    }

    private static @Nullable String variable(Map<String, String> variables, String property, String environment) {
        String inherited = variables.get(KeyPath.ENVIRONMENT + environment);
        String text = variables.getOrDefault(KeyPath.PROPERTY + property, inherited);
        return text == null || text.isEmpty() ? null : text;
    }

    /** What to call the YAML file in messages. */
    String name() {
        return file == null ? "no file" : file;
    }

    /**
     * One store per file. Blocking.
     *
     * @throws ConfigException if a file can't be used
     */
    List<ConfigStoreOptions> stores() {
        Problems problems = new Problems();
        List<ConfigStoreOptions> stores = new ArrayList<>();
        if (file != null) {
            add(stores, YAML, file, YamlReader.LARGEST, problems);
        }
        if (secretsDirectory != null) {
            for (Path secret : listed(secretsDirectory, problems)) {
                add(stores, SECRET + secret.getFileName(), secret.toString(), SecretFile.LARGEST, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.all());
        }
        return stores;
    }

    private static void add(List<ConfigStoreOptions> stores, String key, String name, long limit, Problems problems) {
        try {
            // absolute: Vert.x would look for a relative path among its classes, too
            Path path = Path.of(name).toAbsolutePath();
            TextFile.check(path, limit);
            stores.add(new ConfigStoreOptions()
                    .setType("file")
                    .setFormat("raw")
                    .setConfig(new JsonObject()
                            .put("path", path.toString())
                            .put("raw.key", key)
                            .put("raw.type", "binary")));
        } catch (TextFile.Unreadable | InvalidPathException unusable) {
            problems.add("", name, String.valueOf(unusable.getMessage()));
        }
    }

    // Kubernetes mounts secrets as links beside hidden folders that hold the real files.
    private static List<Path> listed(String directory, Problems problems) {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.filter(path -> !String.valueOf(path.getFileName()).startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | InvalidPathException unusable) {
            problems.add("", directory, "is no readable directory of secrets: mend GATEHOUSE_SECRETS_DIR or unset it");
            return List.of();
        }
    }

    /** Says in our words why vertx-config could not read a file. */
    <T> Future<T> unreadable(Throwable failure) {
        if (failure instanceof ConfigException) {
            return Future.failedFuture(failure);
        }
        String what = "can't be read: check the owner and mode of the file and of the secrets directory";
        return Future.failedFuture(new ConfigException(List.of(new Problem("", name(), what))));
    }

    /** The YAML text, empty if there is no file. */
    String yaml(JsonObject bytes, Problems problems) {
        return bytes.containsKey(YAML) ? decoded(bytes, YAML, name(), problems) : "";
    }

    /** The texts of the mounted secrets by file name, without final line breaks. */
    Map<String, String> secrets(JsonObject bytes, Problems problems) {
        Map<String, String> secrets = new TreeMap<>();
        for (String key : bytes.fieldNames()) {
            if (key.startsWith(SECRET)) {
                String name = key.substring(SECRET.length());
                String text = decoded(bytes, key, "secret file " + name, problems);
                secrets.put(name, TextFile.withoutFinalLineBreak(text));
            }
        }
        return secrets;
    }

    private static String decoded(JsonObject bytes, String key, String name, Problems problems) {
        try {
            return TextFile.decode(bytes.getBinary(key));
        } catch (TextFile.Unreadable notText) {
            problems.add("", name, String.valueOf(notText.getMessage()));
            return "";
        }
    }
}
