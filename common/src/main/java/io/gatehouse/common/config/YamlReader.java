package io.gatehouse.common.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML as texts with line numbers. YAML's own types are not used: they would turn an unquoted phone number into an
 * octal integer, and vertx-config's YAML format keeps the last of two equal keys without a word.
 */
final class YamlReader {
    /** The largest text that is read, in characters; real files have a few thousand. */
    static final int LARGEST = 1 << 20;

    private static final int DEEPEST = 30;
    /** Aliases can make a short text expand without end. */
    private static final int MOST_NODES = 200_000;

    private static final Set<Tag> TAGS =
            Set.of(Tag.NULL, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.TIMESTAMP, Tag.STR, Tag.MAP, Tag.SEQ, Tag.MERGE);

    private final String source;
    private final Problems problems;
    private int nodes;

    private YamlReader(String source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /**
     * Reads one document.
     *
     * @param source what to call the text in messages, such as a file's name
     * @return what it holds, or null if it is empty or can't be read (which is reported)
     */
    static @Nullable ConfigNode read(String source, String text, Problems problems) {
        YamlReader reader = new YamlReader(source, problems);
        try {
            Node root = new Yaml(options()).compose(new StringReader(text));
            return root == null ? null : reader.node(root, "", 0);
        } catch (MarkedYAMLException malformed) {
            reader.reportMalformed(malformed);
        } catch (YAMLException malformed) {
            // too deep, too many aliases, forbidden characters: the message names the limit
            problems.add("", source, "can't be read as YAML: " + firstLine(malformed));
        } catch (TooLarge refused) {
            problems.add("", source, "expands to more than any configuration needs: remove anchors and nesting");
        }
        return null;
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(LARGEST);
        options.setMaxAliasesForCollections(50);
        // tags make no objects here: nothing is constructed, and node() refuses them with a path
        options.setTagInspector(tag -> true);
        return options;
    }

    private @Nullable ConfigNode node(Node node, String path, int depth) {
        if (++nodes > MOST_NODES || depth > DEEPEST) {
            throw new TooLarge();
        }
        if (!TAGS.contains(node.getTag())) {
            problems.add(path, origin(node), "has a YAML tag: write the plain value, in quotes if it starts with !");
        }
        return switch (node) {
            case MappingNode mapping -> section(mapping, path, depth);
            case SequenceNode sequence -> items(sequence, path, depth);
            case ScalarNode scalar -> text(scalar);
            default -> null;
        };
    }

    private ConfigNode text(ScalarNode scalar) {
        return new ConfigNode.Text(origin(scalar), scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue());
    }

    private ConfigNode items(SequenceNode sequence, String path, int depth) {
        List<ConfigNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            ConfigNode read = node(item, KeyPath.item(path, items.size()), depth + 1);
            if (read != null) {
                items.add(read);
            }
        }
        return new ConfigNode.Items(origin(sequence), items);
    }

    private ConfigNode section(MappingNode mapping, String path, int depth) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(path, origin(tuple.getKeyNode()), "has a key that is no name: write name: value");
                continue;
            }
            String name = key.getValue();
            ConfigNode first = entries.get(name);
            if (first != null) {
                problems.add(
                        KeyPath.join(path, name),
                        origin(key),
                        "is given twice (first in " + first.origin() + "): keep one");
                continue;
            }
            ConfigNode value = node(tuple.getValueNode(), KeyPath.join(path, name), depth + 1);
            if (value != null) {
                entries.put(name, value);
            }
        }
        return new ConfigNode.Section(origin(mapping), entries);
    }

    private String origin(Node node) {
        return source + " line " + (node.getStartMark().getLine() + 1);
    }

    // Not the exception's message: that quotes the line, which may hold a secret.
    private void reportMalformed(MarkedYAMLException malformed) {
        Mark mark = malformed.getProblemMark();
        String place =
                mark == null ? source : source + " line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
        problems.add(
                "",
                place,
                "is no YAML: " + withoutNames(malformed.getProblem()) + "; look for indentation, tabs, "
                        + "and texts that need quotes");
    }

    // An unquoted password that starts with * or ! is an alias or a tag to YAML.
    private static String withoutNames(@Nullable String problem) {
        return String.valueOf(problem).replaceFirst("(alias|tag handle|anchor|tag:) .*", "$1");
    }

    private static String firstLine(YAMLException malformed) {
        return String.valueOf(malformed.getMessage()).lines().findFirst().orElse("malformed");
    }

    private static final class TooLarge extends RuntimeException {}
}
