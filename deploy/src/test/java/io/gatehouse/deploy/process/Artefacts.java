package io.gatehouse.deploy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Where the build put what is tested, and where tests leave what they saw. */
final class Artefacts {
    private static final Path JAR = Path.of(System.getProperty("gatehouse.jar", "target/gatehouse.jar"));
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Artefacts() {}

    /** The jar with everything in it. */
    static Path jar() {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR + " is missing: run mvn verify, which packages it first");
        }
        return JAR.toAbsolutePath();
    }

    /** The java that runs this test. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The folder of all logs of this run. */
    static Path logs() {
        return jar().resolveSibling("it-logs");
    }

    /** A new file in it; the first of a run replaces all those of the run before. */
    static synchronized Path logFile(String name) throws IOException {
        int number = COUNT.incrementAndGet();
        if (number == 1) {
            forgetLastRun();
        }
        return logs().resolve(String.format("%s-%03d.log", name, number));
    }

    private static void forgetLastRun() throws IOException {
        Files.createDirectories(logs());
        try (Stream<Path> old = Files.list(logs())) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
    }
}
