package io.gatehouse.common.bus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines {@code Name hexbytes}. The last line of a name is what this build writes; those before it were written by
 * earlier builds and must stay readable.
 */
final class GoldenFile {
    static final boolean WRITES = Boolean.getBoolean("gatehouse.golden.write");
    private static final String NAME = "golden.txt";
    private static final Path SOURCE =
            Path.of(System.getProperty("basedir", "common"), "src/test/resources/io/gatehouse/common/bus", NAME);

    private final Map<String, List<byte[]>> byName = new LinkedHashMap<>();

    static GoldenFile read() {
        GoldenFile file = new GoldenFile();
        try (InputStream text = GoldenFile.class.getResourceAsStream(NAME)) {
            if (text != null) {
                new String(text.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .forEach(file::take);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private void take(String line) {
        String[] parts = line.split(" ");
        byName.computeIfAbsent(parts[0], name -> new ArrayList<>())
                .add(HexFormat.of().parseHex(parts[1]));
    }

    /** Oldest first; empty where there is no such line. */
    List<byte[]> bytes(String name) {
        return byName.getOrDefault(name, List.of());
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Adds a line for a name that has none. */
    void add(String name, byte[] bytes) {
        byName.put(name, List.of(bytes));
        try {
            Files.createDirectories(SOURCE.getParent());
            Files.writeString(SOURCE, line(name, bytes) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String line(String name, byte[] bytes) {
        return name + " " + HexFormat.of().formatHex(bytes);
    }
}
