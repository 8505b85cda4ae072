package io.gatehouse.gateway.client;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A server's key and the certificate that it signed for itself, in a file that whoever is to trust it reads as well. */
final class ServerKey {
    private static final String PASSWORD = "changeit";

    private final Path file;

    /** @param name that the certificate is for */
    ServerKey(Path folder, String name) throws IOException {
        this.file = folder.resolve(name + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1", //
                "-dname",
                "CN=server",
                "-ext",
                "san=dns:" + name, //
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(output);
        }
    }

    PfxOptions options() {
        return new PfxOptions().setPath(file.toString()).setPassword(PASSWORD);
    }
}
