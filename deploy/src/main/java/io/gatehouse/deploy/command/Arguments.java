package io.gatehouse.deploy.command;

import io.gatehouse.common.config.NearestName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The options and operands that stand behind a command's name. */
public final class Arguments {
    private final Map<String, List<String>> values;

    private Arguments(Map<String, List<String>> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Reads {@code --name value}, {@code --name=value} and switches, and between them words that stand for themselves.
     *
     * @param operands what those words are called, in their order
     * @throws UsageError at the first word that is none of these, and where an operand is missing
     */
    static Arguments parse(List<String> words, List<Option> options, List<String> operands) {
        Map<String, List<String>> values = new HashMap<>();
        Iterator<String> missing = operands.iterator();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (!word.startsWith("-") && missing.hasNext()) {
                values.put(missing.next(), List.of(word));
                continue;
            }
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            Option option = find(equals < 0 ? word : word.substring(0, equals), options);
            String value = value(option, equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1)), rest);
            List<String> given = values.computeIfAbsent(option.name(), first -> new ArrayList<>());
            if (!given.isEmpty() && !option.repeated()) {
                throw new UsageError("option " + option.name() + " is given twice");
            }
            given.add(value);
        }
        if (missing.hasNext()) {
            throw new UsageError(missing.next() + " is missing: give " + String.join(" ", operands));
        }
        return new Arguments(values);
    }

    /** Whether the option was given. */
    public boolean has(String option) {
        return values.containsKey(option);
    }

    /** A word that must stand there. */
    String operand(String name) {
        return Objects.requireNonNull(values.get(name)).getFirst();
    }

    /** The option's value, if it was given. */
    public Optional<String> value(String option) {
        return values(option).stream().findFirst();
    }

    /** What the option was given, each time that it was. */
    List<String> values(String option) {
        return values.getOrDefault(option, List.of());
    }

    /**
     * The option's value as a path, if it was given.
     *
     * @throws UsageError where it is none
     */
    Optional<Path> path(Option option) {
        try {
            return value(option.name()).map(Path::of);
        } catch (InvalidPathException malformed) {
            throw new UsageError("option " + option.name() + " needs the path of a file");
        }
    }

    private static Option find(String word, List<Option> options) {
        for (Option option : options) {
            if (option.name().equals(word)) {
                return option;
            }
        }
        if (!word.startsWith("-")) {
            throw new UsageError("'" + word + "' is not expected here: options start with --");
        }
        List<String> names = options.stream().map(Option::name).toList();
        throw new UsageError("unknown option '" + word + "'" + CommandTable.suggestion(NearestName.of(word, names)));
    }

    private static String value(Option option, Optional<String> inline, Iterator<String> rest) {
        if (option.value() == null) {
            if (inline.isPresent()) {
                throw new UsageError("option " + option.name() + " takes no value");
            }
            return "";
        }
        if (inline.isEmpty() && !rest.hasNext()) {
            throw new UsageError("option " + option.name() + " needs a value: " + option.synopsis());
        }
        return inline.orElseGet(rest::next);
    }
}
