package io.gatehouse.deploy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Where the build put what is tested, and where tests leave what they saw. */
final class Artefacts {
    private static final Path JAR = Path.of(System.getProperty("gatehouse.jar", "target/gatehouse.jar"));
    private static final Path BUILD = Path.of(System.getProperty("gatehouse.build.folder", "target"));
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
        return BUILD.resolve("it-logs").toAbsolutePath();
    }

    /** What the unit tests of every module have printed, in the reports of this build. */
    static List<Path> reports() throws IOException {
        List<Path> reports = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path module : modules.toList()) {
                Path folder = module.resolve(BUILD).resolve("surefire-reports");
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.list(folder)) {
                        reports.addAll(files.filter(file -> file.toString().endsWith(".xml"))
                                .toList());
                    }
                }
            }
        }
        return reports;
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
