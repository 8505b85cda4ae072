package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A plain web app behind a real proxy, whose users log in at Gatehouse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServiceDoorCase {
    private static final String HOST = "shop.example.org";
    private static final String SESSION = "gatehouse-service";
    private static final String PAGE = ServiceGuest.PAGE;

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            forward_auth: {secret: hop-secret-0123456789abcdef0123456789}
            routes:
              - {id: chiefs, match: {host: shop.example.org, path: /chiefs}, demand: session, roles: [chief]}
              - {id: shop, match: {host: shop.example.org}, demand: session}
            bootstrap:
              users:
                - {username: ada, password: ada-demo-password, roles: [editor]}
            """);

    @TempDir
    static Path folder;

    private final EchoUpstream upstream = new EchoUpstream();
    private ProxyProgram proxy;
    private BareCaller service;
    private ServiceGuest guest;
    private Map<String, String> jar;
    private Person person;

    abstract ProxyProgram start(Path folder, int gatehouse, int upstream) throws Exception;

    @BeforeAll
    void start() throws Exception {
        proxy = start(folder, NODE.address().getPort(), upstream.port());
        service = new BareCaller(proxy.address(), HOST + ":" + proxy.address().getPort());
    }

    @BeforeEach
    void beSomebodyNew() {
        person = new Person(NODE.address());
        guest = ServiceGuest.at(service);
        jar = guest.jar();
        upstream.heads.clear();
    }

    @AfterAll
    void stop() throws Exception {
        if (proxy != null) {
            proxy.close();
        }
        upstream.close();
    }

    private Answer get(String target, String... headers) {
        return guest.get(target, headers);
    }

    private String[] sent(String... headers) {
        return guest.sent(headers);
    }

    /** From a page of the service over the login back to it. */
    private Answer logIn(String target) {
        return get(wayBack(target), PAGE);
    }

    /** A code that nobody has presented yet. */
    private String wayBack(String target) {
        return guest.wayBack(person, target);
    }

    @Test
    void aBrowserIsSentToTheLoginAndComesBack() {
        jar.put("theme", "dark");
        Answer sent = get("/cart?item=1", PAGE);
        assertThat(sent.status()).isEqualTo(302);
        assertThat(sent.header("location")).startsWith(NODE.address() + "/login/handover?state=");
        Answer back = logIn("/cart?item=1");
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("location")).isEqualTo("/cart?item=1");
        assertThat(jar).containsOnlyKeys(SESSION, "theme");
        assertThat(upstream.heads).isEmpty();
        Answer page = get("/cart?item=1", PAGE);
        assertThat(page.status()).isEqualTo(200);
        assertThat(upstream.heads).hasSize(1);
        String head = String.join("\n", upstream.heads.getFirst());
        assertThat(head)
                .startsWith("GET /cart?item=1 HTTP/1.1")
                .containsIgnoringCase("x-gatehouse-subject-type: user")
                .containsIgnoringCase("x-gatehouse-roles: editor")
                .contains("theme=dark")
                .doesNotContain("gatehouse-service", "gatehouse-nonce", jar.get(SESSION));
    }

    @Test
    void aScriptIsToldToLogIn() {
        Answer answer = get("/cart", "Accept: application/json");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().firstValue("location")).isEmpty();
        assertThat(jar).isEmpty();
    }

    @Test
    void whatARoleForbidsIsRefused() {
        logIn("/");
        assertThat(get("/chiefs", PAGE).status()).isEqualTo(403);
        assertThat(upstream.heads).isEmpty();
    }

    @Test
    void aFormOfAnotherSiteChangesNothing() {
        logIn("/");
        assertThat(service.post("/cart", "x=1", sent("Origin: https://evil.example"))
                        .status())
                .isEqualTo(403);
        assertThat(upstream.heads).isEmpty();
        String own = "http://" + service.host();
        assertThat(service.post("/cart", "x=1", sent("Origin: " + own)).status())
                .isEqualTo(200);
    }

    @Test
    void aWebSocketIsOpenedByACookieForPagesOfItsOwnHost() {
        logIn("/");
        for (String[] origin : new String[][] {{}, {"Origin: https://evil.example"}, {"Origin: null"}}) {
            assertThat(guest.connect("/socket", origin).status()).isEqualTo(403);
        }
        assertThat(upstream.heads).isEmpty();
        String own = "Origin: http://" + service.host();
        Answer opened = guest.connect("/socket", own);
        assertThat(opened.status()).isEqualTo(101);
        assertThat(opened.body()).isEqualTo("socket");
        assertThat(String.join("\n", upstream.heads.getFirst()))
                .containsIgnoringCase("x-gatehouse-subject-type: user")
                .doesNotContain(jar.get(SESSION));
        jar.clear();
        assertThat(guest.connect("/socket", own).status()).isEqualTo(401);
    }

    @Test
    void ofManyWhoPresentACodeOneArrives() {
        String back = wayBack("/");
        String[] headers = sent(PAGE);
        List<CompletableFuture<Answer>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
            for (int i = 0; i < 64; i++) {
                asked.add(CompletableFuture.supplyAsync(() -> service.get(back, headers), threads));
            }
        }
        List<Answer> answers = asked.stream().map(CompletableFuture::join).toList();
        assertThat(answers).filteredOn(answer -> answer.status() == 303).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() != 303).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.headers().allValues("set-cookie")).isEmpty();
        });
    }

    @Test
    void loggingOutEndsItHereAsWell() {
        logIn("/");
        assertThat(get("/", PAGE).status()).isEqualTo(200);
        Answer leaving = get("/.gatehouse/logout", PAGE);
        assertThat(leaving.status()).isEqualTo(303);
        Page question = person.open(leaving.header("location"));
        person.submit(question);
        assertThat(get("/", PAGE).status()).isEqualTo(302);
    }
}
