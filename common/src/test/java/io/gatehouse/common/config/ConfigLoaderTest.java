package io.gatehouse.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class ConfigLoaderTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Map<String, Object> environment = new HashMap<>();
    private final Map<String, Object> properties = new HashMap<>();

    @TempDir
    Path folder;

    private Vertx vertx;

    @BeforeEach
    void keep(Vertx vertx) {
        this.vertx = vertx;
    }

    private Loaded load(ConfigSources sources) throws Exception {
        ConfigLoader loader = new ConfigLoader(vertx, json(environment), json(properties));
        try {
            return loader.load(sources)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw (Exception) failed.getCause();
        }
    }

    private static ConfigStoreOptions json(Map<String, Object> values) {
        return new ConfigStoreOptions().setType("json").setConfig(new JsonObject(values));
    }

    private Loaded load(String yaml) throws Exception {
        return load(ConfigSources.file(file("gatehouse.yaml", yaml)));
    }

    private List<String> problems(ConfigSources sources) {
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> load(sources));
        assertThat(refusal).isNotNull();
        return refusal.problems().stream().map(Problem::toString).toList();
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private Path secret(String name, String content) throws IOException {
        environment.put("GATEHOUSE_SECRETS_DIR", folder.resolve("secrets").toString());
        return file("secrets/" + name, content);
    }

    @Test
    void nothingGivenIsTheDefaults() throws Exception {
        assertThat(load(ConfigSources.none())).isEqualTo(new Loaded(ConfigLoader.parse(""), List.of()));
    }

    @Test
    void theRealEnvironmentAndPropertiesAreRead() throws Exception {
        System.setProperty("gatehouse.server.port", "4711");
        try {
            Loaded loaded = new ConfigLoader(vertx)
                    .load(ConfigSources.none())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertThat(loaded.config().server().port()).isEqualTo(4711);
        } finally {
            System.clearProperty("gatehouse.server.port");
        }
    }

    @Test
    void eachSourceWinsOverTheOneBefore() throws Exception {
        ConfigSources base = new ConfigSources(null, "tokens: {access_ttl: PT1M, code_ttl: PT20S}", Map.of());
        assertThat(accessTtl(base)).hasMinutes(1);
        Path yaml = file("gatehouse.yaml", "tokens: {access_ttl: PT2M}");
        ConfigSources withFile = new ConfigSources(yaml, base.base(), Map.of());
        assertThat(accessTtl(withFile)).hasMinutes(2);
        assertThat(load(withFile).config().tokens().codeTtl()).hasSeconds(20);
        secret("tokens.access_ttl", "PT3M\n");
        assertThat(accessTtl(withFile)).hasMinutes(3);
        environment.put("GATEHOUSE_TOKENS_ACCESS_TTL", "PT4M");
        assertThat(accessTtl(withFile)).hasMinutes(4);
        properties.put("gatehouse.tokens.access_ttl", "PT5M");
        assertThat(accessTtl(withFile)).hasMinutes(5);
        ConfigSources all = new ConfigSources(yaml, base.base(), Map.of("tokens.access_ttl", "PT6M"));
        assertThat(accessTtl(all)).hasMinutes(6);
    }

    private Duration accessTtl(ConfigSources sources) throws Exception {
        return load(sources).config().tokens().accessTtl();
    }

    @Test
    void listsComeWithCommas() throws Exception {
        environment.put("GATEHOUSE_ROLES", "gateway, token");
        environment.put("GATEHOUSE_SERVER_TRUSTED_PROXIES", "");
        GatehouseConfig config = load("server: {trusted_proxies: [10.0.0.1]}").config();
        assertThat(config.roles()).containsExactly(Role.GATEWAY, Role.TOKEN);
        assertThat(config.server().trustedProxies()).isEmpty();
    }

    @Test
    void listsOfSectionsComeAsYaml() throws Exception {
        environment.put("GATEHOUSE_BOOTSTRAP_USERS", "[{username: ada, roles: [editor]}]");
        assertThat(load("").config().bootstrap().users()).hasSize(1);
        environment.put("GATEHOUSE_BOOTSTRAP_USERS", "ada");
        assertThat(problems(ConfigSources.none())).singleElement().asString().contains("must be a list");
    }

    @Test
    void valuesOfVariablesAreNeverGuessed() throws Exception {
        environment.put("GATEHOUSE_TOKENS_DEFAULT_AUDIENCE", "007");
        environment.put("GATEHOUSE_LOG_ACCESS", "false");
        GatehouseConfig config = load("").config();
        assertThat(config.tokens().defaultAudience()).isEqualTo("007");
        assertThat(config.log().access()).isFalse();
    }

    @Test
    void wrongVariablesAreToldByName() {
        environment.put("GATEHOUSE_SERVER_PORT", "web");
        environment.put("GATEHOUSE_TOKENS_ACCESS_TTL", "");
        properties.put("gatehouse.log.level", "loud");
        assertThat(problems(ConfigSources.none()))
                .anyMatch(
                        line -> line.startsWith("server.port (environment variable GATEHOUSE_SERVER_PORT): is \"web\""))
                .anyMatch(line -> line.contains("(environment variable GATEHOUSE_TOKENS_ACCESS_TTL): is empty"))
                .anyMatch(line -> line.contains("(system property gatehouse.log.level)"))
                .hasSize(3);
    }

    @Test
    void unknownVariablesWarnOnly() throws Exception {
        environment.put("GATEHOUSE_TOKENS_ACESS_TTL", "planted-value");
        environment.put("GATEHOUSE_SERVICE_HOST_OF_ANOTHER_KIND", "10.0.0.1");
        environment.put("GATEHOUSE_SERVER_PORT", "tcp://10.0.0.1:8080");
        environment.put("UNRELATED", "x");
        properties.put("gatehouse.nonsense", "x");
        Loaded loaded = load("");
        assertThat(loaded.config().server().port()).isEqualTo(8080);
        assertThat(loaded.warnings())
                .hasSize(4)
                .anyMatch(line -> line.contains("did you mean GATEHOUSE_TOKENS_ACCESS_TTL?"))
                .anyMatch(line -> line.contains("GATEHOUSE_SERVER_PORT is ignored: Kubernetes"))
                .anyMatch(line -> line.contains("system property gatehouse.nonsense is unknown"))
                .noneMatch(line -> line.contains("planted"));
    }

    @Test
    void reservedNamesDoNotWarn() throws Exception {
        environment.put("GATEHOUSE_HOME", "/opt/gatehouse");
        environment.put("GATEHOUSE_JAVA_OPTS", "-Xmx64m");
        environment.put(
                "GATEHOUSE_CONFIG", file("other.yaml", "server: {port: 4711}").toString());
        properties.put("gatehouse.home", "/opt/gatehouse");
        Loaded loaded = load(ConfigSources.none());
        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.config().server().port()).isEqualTo(4711);
        assertThat(load("server: {port: 4712}").config().server().port()).isEqualTo(4712);
    }

    @Test
    void unknownOptionOfTheCallerIsAProblem() {
        assertThat(problems(new ConfigSources(null, "", Map.of("server.prot", "1"))))
                .containsExactly("server.prot (command line): is unknown; did you mean server.port?");
    }

    @Test
    void secretsAreMounted() throws Exception {
        String key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        secret("GATEHOUSE_KEYS_MASTER_KEY", key + "\n");
        secret("web", SECRET + "\n");
        secret("..data/hidden", "x");
        secret(".hidden", "x");
        Loaded loaded =
                load("bootstrap: {clients: [{client_id: web, grant_types: [client_credentials], client_secret: \"file:"
                        + folder.resolve("secrets/web") + "\"}]}");
        assertThat(loaded.config().keys().masterKey()).isEqualTo(SecretValue.of(key));
        assertThat(loaded.config().bootstrap().clients().getFirst().clientSecret())
                .isEqualTo(SecretValue.of(SECRET));
        assertThat(loaded.warnings()).containsExactly("secret file web is named after no key and is ignored");
    }

    @Test
    void mountedSecretsMustBeUsable() throws Exception {
        secret("keys.master_key", "\n");
        assertThat(problems(ConfigSources.none()))
                .containsExactly(
                        "keys.master_key (secret file keys.master_key): is empty: give a secret, or leave the key out");
        secret("keys.master_key", "x".repeat(70_000));
        assertThat(problems(ConfigSources.none())).singleElement().asString().contains("larger than 65536 bytes");
        environment.put("GATEHOUSE_SECRETS_DIR", folder.resolve("gone").toString());
        assertThat(problems(ConfigSources.none())).singleElement().asString().contains("GATEHOUSE_SECRETS_DIR");
    }

    @Test
    void secretsOfOtherRolesStayOutOfAGateway() throws Exception {
        secret("keys.master_key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        environment.put("GATEHOUSE_ROLES", "gateway");
        assertThat(problems(ConfigSources.none()))
                .singleElement()
                .asString()
                .startsWith("keys.master_key (secret file keys.master_key): is a secret of a role");
    }

    @Test
    void problemsOfAllSourcesComeTogether() throws Exception {
        environment.put("GATEHOUSE_LOG_FORMAT", "xml");
        secret("tokens.access_ttl", "never");
        Path yaml = file("gatehouse.yaml", "server: {port: web}\nlog: {colour: true}\nlog: {}");
        assertThat(problems(ConfigSources.file(yaml)))
                .hasSize(5)
                .first()
                .asString()
                .contains(yaml + " line 3");
    }

    @Test
    void fileMustBeUsable() throws Exception {
        assertThat(problems(ConfigSources.file(folder.resolve("gone.yaml"))))
                .containsExactly(folder.resolve("gone.yaml") + ": doesn't exist");
        assertThat(problems(ConfigSources.file(folder)))
                .singleElement()
                .asString()
                .contains("is no plain file");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {'a', ':', ' ', (byte) 0xFF});
        assertThat(problems(ConfigSources.file(binary)))
                .singleElement()
                .asString()
                .contains("is not UTF-8");
        Path huge = file("huge.yaml", "#".repeat((1 << 20) + 1));
        assertThat(problems(ConfigSources.file(huge)))
                .singleElement()
                .asString()
                .contains("larger than 1048576 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFFserver: {port: 4711}", "server: {port: 4711}\r\n"})
    void editorsOfOtherSystemsAreFine(String yaml) throws Exception {
        assertThat(load(yaml).config().server().port()).isEqualTo(4711);
    }

    @Test
    void blockedEnvironmentNamesAWrongPath() throws Exception {
        // a section in the way of a variable: told once, where it stands
        environment.put("GATEHOUSE_SERVER_PORT", "4711");
        assertThat(problems(ConfigSources.file(file("gatehouse.yaml", "server: 8080"))))
                .singleElement()
                .asString()
                .contains("line 1): must be a section");
    }
}
