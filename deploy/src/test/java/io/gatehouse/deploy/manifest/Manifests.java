package io.gatehouse.deploy.manifest;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML files as maps and lists; a step of a path is a key, or the place in a list. */
final class Manifests {
    private Manifests() {}

    /** Every document of a file; a key that stands twice fails. */
    static List<Map<String, Object>> read(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Map<String, Object>> documents = new ArrayList<>();
        try (Reader text = Files.newBufferedReader(file)) {
            for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
                documents.add(map(document));
            }
        }
        return documents;
    }

    /** The manifests that the kustomization names. */
    static List<Map<String, Object>> kubernetes() throws IOException {
        Path folder = Path.of("kubernetes");
        List<Map<String, Object>> all = new ArrayList<>();
        for (Object resource : list(read(folder.resolve("kustomization.yaml")).getFirst(), "resources")) {
            all.addAll(read(folder.resolve(resource.toString())));
        }
        return all;
    }

    static Stream<Map<String, Object>> ofKind(List<Map<String, Object>> all, String kind) {
        return all.stream().filter(one -> kind.equals(one.get("kind")));
    }

    static String name(Map<String, Object> manifest) {
        return String.valueOf(at(manifest, "metadata", "name"));
    }

    /** What lies there, or null. */
    static Object at(Object tree, Object... path) {
        Object found = tree;
        for (Object step : path) {
            if (found == null) {
                return null;
            }
            found = step instanceof Integer place ? ((List<?>) found).get(place) : ((Map<?, ?>) found).get(step);
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object tree, Object... path) {
        return (Map<String, Object>) at(tree, path);
    }

    /** Empty where there is none. */
    @SuppressWarnings("unchecked")
    static List<Object> list(Object tree, Object... path) {
        Object found = at(tree, path);
        return found == null ? List.of() : (List<Object>) found;
    }
}
