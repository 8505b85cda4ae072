package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All that lies in the memory of a running process: a JVM's heap, live or left over, and what libraries hold beside it. */
final class Memory {
    private static final int CHUNK = 1 << 24;
    private static final int LONGEST = 4096;

    private static final class Form {
        private final String name;
        private final byte[] bytes;

        Form(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }
    }

    /** By their first two bytes. */
    private final Map<Integer, List<Form>> forms = new HashMap<>();

    private final boolean[] begins = new boolean[1 << 16];
    private final Set<String> found = new TreeSet<>();

    private Memory(Map<String, List<byte[]>> secrets) {
        secrets.forEach((name, all) -> all.forEach(bytes -> {
            assertThat(bytes.length).as(name).isBetween(8, LONGEST);
            forms.merge(
                    pair(bytes, 0),
                    List.of(new Form(name, bytes)),
                    (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
            begins[pair(bytes, 0)] = true;
        }));
    }

    static boolean isReadable() {
        return Files.isReadable(Path.of("/proc/self/mem"));
    }

    /** The names of those secrets of which one form lies there. */
    static Set<String> found(Child child, Map<String, List<byte[]>> secrets) throws IOException {
        Memory memory = new Memory(secrets);
        Path process = Path.of("/proc", String.valueOf(child.pid()));
        try (RandomAccessFile all = new RandomAccessFile(process.resolve("mem").toFile(), "r")) {
            for (String region : Files.readAllLines(process.resolve("maps"))) {
                String[] parts = region.split("[- ]", 4);
                if (parts[2].startsWith("rw")) {
                    memory.search(all, Long.parseUnsignedLong(parts[0], 16), Long.parseUnsignedLong(parts[1], 16));
                }
            }
        }
        return memory.found;
    }

    private void search(RandomAccessFile all, long start, long end) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK + LONGEST, end - start)];
        for (long from = start; from < end; from += CHUNK) {
            int length = (int) Math.min(chunk.length, end - from);
            all.seek(from);
            all.readFully(chunk, 0, length);
            search(chunk, length);
        }
    }

    private void search(byte[] chunk, int length) {
        for (int i = 0; i < length - 1; i++) {
            int pair = pair(chunk, i);
            if (begins[pair]) {
                for (Form form : forms.getOrDefault(pair, List.of())) {
                    int end = i + form.bytes.length;
                    if (end <= length && Arrays.equals(chunk, i, end, form.bytes, 0, form.bytes.length)) {
                        found.add(form.name);
                    }
                }
            }
        }
    }

    private static int pair(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }
}
