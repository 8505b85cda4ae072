package io.gatehouse.deploy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** Web apps behind Gatehouse that know of no login, in a browser that does with cookies and redirects what browsers do. */
class ServiceInBrowserTest {
    private static final String WIKI = "wiki.localhost";
    private static final String APP = """
            <!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>App</title><h1>%s</h1>
            <form method="post" action="/order"><button id="order">Order</button></form>""";

    /** Whether the socket opened, and what came. */
    private static final String SOCKET = """
            const done = arguments[1], socket = new WebSocket(arguments[0]);
            socket.onopen = () => socket.send('hello');
            socket.onmessage = event => { socket.close(); done(event.data); };
            socket.onerror = () => done('refused');""";

    private static final List<String> SUBJECTS = new CopyOnWriteArrayList<>();
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpServer SERVICE = VERTX.createHttpServer()
            .webSocketHandler(socket -> socket.textMessageHandler(text -> socket.writeTextMessage("you said " + text)))
            .requestHandler(ServiceInBrowserTest::answer)
            .listen(0, "127.0.0.1")
            .await();

    @RegisterExtension
    static final Stage STAGE = new Stage().with("routes", """
                    [{id: chiefs, match: {host: shop.localhost, path: /chiefs}, demand: session,
                      claims: "roles has 'chief'", upstream: ["%1$s"]},
                     {id: shop, match: {host: shop.localhost}, demand: session, upstream: ["%1$s"]},
                     {id: wiki, match: {host: wiki.localhost}, demand: session, upstream: ["%1$s"]}]
                    """.formatted("http://127.0.0.1:" + SERVICE.actualPort()));

    private final Visitor visitor = STAGE.visitor();
    private final ChromeDriver driver = STAGE.browser().driver();

    private static void answer(HttpServerRequest request) {
        if (!request.path().equals("/favicon.ico")) {
            SUBJECTS.add(request.getHeader("X-Gatehouse-Subject"));
        }
        String name = request.method().name() + " " + request.uri();
        request.response().putHeader("Content-Type", "text/html").end(APP.formatted(name));
    }

    @BeforeEach
    void forget() {
        SUBJECTS.clear();
    }

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    private void openWiki() {
        driver.get(STAGE.service(WIKI, "/page?of=wiki"));
    }

    private void logInAtShop() {
        visitor.openService("/cart?item=1");
        assertThat(SUBJECTS).isEmpty();
        visitor.logIn();
    }

    private Object socket(String host, String ofHost) {
        assertThat(driver.getCurrentUrl()).startsWith(STAGE.service(ofHost, "/"));
        return driver.executeAsyncScript(SOCKET, STAGE.service(host, "/socket").replace("http:", "ws:"));
    }

    private static void press(CharSequence... keys) {
        new Actions(STAGE.browser().driver()).sendKeys(keys).perform();
    }

    @Test
    void oneLoginIsForAllServices() {
        logInAtShop();
        assertThat(visitor.heading()).isEqualTo("GET /cart?item=1");
        assertThat(driver.getCurrentUrl()).isEqualTo(STAGE.service(Stage.SERVICE, "/cart?item=1"));
        openWiki();
        assertThat(visitor.heading()).isEqualTo("GET /page?of=wiki");
        assertThat(driver.getCurrentUrl()).isEqualTo(STAGE.service(WIKI, "/page?of=wiki"));
        assertThat(SUBJECTS).hasSize(2).doesNotContain("").containsOnly(SUBJECTS.getFirst());
        visitor.press(By.id("order"));
        assertThat(visitor.heading()).isEqualTo("POST /order");
    }

    @Test
    void loggingOutAtOneEndsAll() {
        logInAtShop();
        openWiki();
        driver.get(STAGE.service(WIKI, "/.gatehouse/logout"));
        visitor.press(By.cssSelector(".choice button"));
        SUBJECTS.clear();
        visitor.openService("/");
        assertThat(visitor.sees("#password")).isTrue();
        openWiki();
        assertThat(visitor.sees("#password")).isTrue();
        assertThat(SUBJECTS).isEmpty();
    }

    @Test
    void aWebSocketIsOpenedByPagesOfItsOwnHost() {
        logInAtShop();
        assertThat(socket(Stage.SERVICE, Stage.SERVICE)).isEqualTo("you said hello");
        openWiki();
        assertThat(socket(WIKI, WIKI)).isEqualTo("you said hello");
        assertThat(socket(Stage.SERVICE, WIKI)).isEqualTo("refused");
    }

    @Test
    void whoMayNotGoOnReachesTheOwnAccountByKeyboard() {
        visitor.openService("/chiefs");
        visitor.logIn();
        assertThat(visitor.text("main")).contains("your account may not open this page");
        press(Keys.TAB);
        assertThat(visitor.focused().getCssValue("outline-style")).isEqualTo("solid");
        visitor.leave(() -> press(Keys.ENTER));
        assertThat(visitor.heading()).isEqualTo("Your account");
        assertThat(SUBJECTS).isEmpty();
    }

    @Test
    void whoseSessionIsOverTriesAgainByKeyboard() {
        visitor.openService("/order");
        visitor.logIn();
        driver.manage().deleteAllCookies();
        SUBJECTS.clear();
        visitor.press(By.id("order"));
        assertThat(visitor.text("main")).contains("nothing was sent");
        assertThat(SUBJECTS).isEmpty();
        press(Keys.TAB);
        assertThat(visitor.focused().getCssValue("outline-style")).isEqualTo("solid");
        visitor.leave(() -> press(Keys.ENTER));
        // Only this host's cookie is gone; at the issuer, somebody is still logged in.
        assertThat(visitor.heading()).isEqualTo("GET /order");
    }
}
