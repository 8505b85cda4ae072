package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A proxy of Debian's, run by the configuration that stands among the examples, but for its ports. */
final class ProxyProgram implements AutoCloseable {
    private static final Path EXAMPLES = Path.of("examples");
    private static final String FRAME = """
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                include gatehouse.conf;
            }
            """;

    private final Process process;
    private final int port;

    private ProxyProgram(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static ProxyProgram nginx(Path folder, int gatehouse, int upstream) throws Exception {
        String program = installed("nginx", "-v");
        Files.writeString(folder.resolve("nginx.conf"), FRAME);
        int port = copy("nginx", List.of("gatehouse.conf", "gatehouse-hop.conf"), folder, gatehouse, upstream);
        return start(folder, port, program, "-p", folder.toString(), "-e", "stderr", "-c", "nginx.conf");
    }

    static ProxyProgram haproxy(Path folder, int gatehouse, int upstream) throws Exception {
        String program = installed("haproxy", "-v");
        int port = copy("haproxy", List.of("haproxy.cfg", "gatehouse.lua"), folder, gatehouse, upstream);
        return start(folder, port, program, "-db", "-f", "haproxy.cfg");
    }

    /** Where it listens. */
    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int copy(String product, List<String> files, Path folder, int gatehouse, int upstream)
            throws IOException {
        int port = freePort();
        Map<String, Integer> ports = Map.of(":8000", port, ":8080", gatehouse, ":9000", upstream);
        for (String file : files) {
            String text = Files.readString(EXAMPLES.resolve(product).resolve(file));
            for (Map.Entry<String, Integer> one : ports.entrySet()) {
                text = text.replace(one.getKey(), ":" + one.getValue());
            }
            Files.writeString(folder.resolve(file), text);
        }
        return port;
    }

    /** Without it the test is skipped, but in CI it fails. */
    private static String installed(String name, String version) throws Exception {
        String need = "tests of the front door need " + name + " (apt-get install nginx-light haproxy)";
        for (String program : List.of(name, "/usr/sbin/" + name)) {
            if (runs(program, version)) {
                return program;
            }
        }
        assertThat(System.getenv("CI")).as(need).isNotEqualTo("true");
        assumeTrue(false, need);
        return name;
    }

    private static boolean runs(String program, String version) throws InterruptedException {
        try {
            return new ProcessBuilder(program, version)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static ProxyProgram start(Path folder, int port, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        ProxyProgram program = new ProxyProgram(process, port);
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!program.listens()) {
            String said = Files.readString(folder.resolve("out.log"));
            assertThat(process.isAlive()).as(said).isTrue();
            assertThat(System.nanoTime()).as(said).isLessThan(deadline);
            Thread.sleep(20);
        }
        return program;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
