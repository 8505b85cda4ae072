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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A proxy of Debian's, run by the configuration that stands among the examples, but for its ports. */
final class ProxyProgram implements AutoCloseable {
    private static final Path EXAMPLES = Path.of("examples");
    private static final String PACKAGES =
            "nginx-light haproxy apache2 libapache2-mod-auth-openidc libapache2-mod-oauth2";
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

    private static final String APACHE_FRAME = """
            ServerRoot "%1$s"
            DefaultRuntimeDir "%1$s"
            PidFile apache.pid
            ErrorLog /dev/stderr
            User www-data
            Group www-data
            %2$s
            Include gatehouse.conf
            """;
    private static final Path APACHE_MODULES = Path.of("/usr/lib/apache2/modules");

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

    /**
     * @param port where it is to listen, which the client that it is has to say before it runs
     * @param defined what its configuration may look at
     */
    static ProxyProgram apache(Path folder, int port, int gatehouse, int upstream, String... defined) throws Exception {
        String program = installed("apache2", "-v");
        List<String> modules =
                List.of("mpm_event", "authn_core", "authz_core", "authz_user", "headers", "proxy", "proxy_http");
        StringBuilder load = new StringBuilder();
        for (String module : Stream.concat(modules.stream(), Stream.of("auth_openidc", "oauth2"))
                .toList()) {
            Path file = APACHE_MODULES.resolve("mod_" + module + ".so");
            need(Files.exists(file), file.toString());
            load.append("LoadModule %s_module %s%n".formatted(module, file));
        }
        Files.writeString(folder.resolve("apache.conf"), APACHE_FRAME.formatted(folder, load));
        copy("apache", List.of("gatehouse.conf"), folder, Map.of(":8000", port, ":8080", gatehouse, ":9000", upstream));
        List<String> command = new ArrayList<>(List.of(program, "-D", "FOREGROUND"));
        for (String name : defined) {
            command.addAll(List.of("-D", name));
        }
        command.addAll(List.of("-f", folder.resolve("apache.conf").toString()));
        return start(folder, port, command.toArray(String[]::new));
    }

    /** Where it listens. */
    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int copy(String product, List<String> files, Path folder, int gatehouse, int upstream)
            throws IOException {
        int port = freePort();
        copy(product, files, folder, Map.of(":8000", port, ":8080", gatehouse, ":9000", upstream));
        return port;
    }

    private static void copy(String product, List<String> files, Path folder, Map<String, Integer> ports)
            throws IOException {
        for (String file : files) {
            String text = Files.readString(EXAMPLES.resolve(product).resolve(file));
            for (Map.Entry<String, Integer> one : ports.entrySet()) {
                text = text.replace(one.getKey(), ":" + one.getValue());
            }
            Files.writeString(folder.resolve(file), text);
        }
    }

    /** Without it the test is skipped, but in CI it fails. */
    private static String installed(String name, String version) throws Exception {
        for (String program : List.of(name, "/usr/sbin/" + name)) {
            if (runs(program, version)) {
                return program;
            }
        }
        need(false, name);
        return name;
    }

    private static void need(boolean there, String what) {
        String need = "tests of the front door need " + what + " (apt-get install " + PACKAGES + ")";
        if (!there) {
            assertThat(System.getenv("CI")).as(need).isNotEqualTo("true");
            assumeTrue(false, need);
        }
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

    static int freePort() throws IOException {
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
