package io.gatehouse.deploy.browser;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Somebody who comes from a client, reads pages and fills in their forms. */
final class Visitor {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** When the page began to load; null: it has not finished. */
    private static final String LOADED =
            "return document.readyState === 'complete' ? String(performance.timeOrigin) : null";

    private static final By ALLOW = By.cssSelector("button[value=allow]");
    private static final By DENY = By.cssSelector("button[value=deny]");
    private static final By SUBMIT = By.cssSelector("main form > button");

    private final Stage stage;
    private final ChromeDriver driver;

    Visitor(Stage stage) {
        this.stage = stage;
        this.driver = stage.browser().driver();
    }

    /** Comes from the client, which asks for what its name, mail address and its own reports need; changes in turn. */
    String comeFromApp(String... changes) {
        return come(Stage.APP, stage.client().redirectUri(), "", "openid profile email reports", changes);
    }

    /** Comes from a program on this computer. */
    String comeFromNativeApp() {
        String challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        return come(
                Stage.NATIVE_APP,
                stage.client().redirectUri(),
                "",
                "openid profile",
                "code_challenge",
                challenge,
                "code_challenge_method",
                "S256");
    }

    /** Comes from the client of the other tenant. */
    String comeFromBranch() {
        return come("branch", stage.client().redirectUri(), "/t/bank", "openid profile email");
    }

    private String come(String clientId, String redirectUri, String tenantPath, String scope, String... changes) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("client_id", clientId);
        request.put("response_type", "code");
        request.put("redirect_uri", redirectUri);
        request.put("scope", scope);
        request.put("state", UUID.randomUUID().toString());
        request.put("nonce", UUID.randomUUID().toString());
        for (int i = 0; i < changes.length; i += 2) {
            request.put(changes[i], changes[i + 1]);
        }
        open(tenantPath + "/oauth2/authorize?" + query(request));
        return request.get("state");
    }

    void open(String path) {
        driver.get(stage.provider() + path);
    }

    /** A page of the service, which asks for a login where there was none. */
    void openService(String path) {
        driver.get(stage.service(Stage.SERVICE, path));
    }

    /** From a page of the service, whose form it is. */
    void sendFormOfService(String path) {
        leave(() -> driver.executeScript("""
                const form = document.createElement('form');
                form.method = 'post';
                form.action = arguments[0];
                document.body.append(form);
                form.submit();""", path));
    }

    void fillIn(String password) {
        type("username", "ada");
        type("password", password);
    }

    void type(String field, String text) {
        WebElement input = driver.findElement(By.id(field));
        input.clear();
        input.sendKeys(text);
    }

    void logIn() {
        fillIn(Stage.PASSWORD);
        submit();
    }

    void submit() {
        press(SUBMIT);
    }

    void allow() {
        press(ALLOW);
    }

    void deny() {
        press(DENY);
    }

    /** Presses and waits until another page is there. */
    void press(By button) {
        WebElement pressed = driver.findElement(button);
        leave(pressed::click);
    }

    /** Does what leads to another page, and waits until that is there. */
    void leave(Runnable action) {
        Object before = driver.executeScript(LOADED);
        action.run();
        await().until(ignored -> {
            Object now = driver.executeScript(LOADED);
            return now != null && !now.equals(before);
        });
    }

    /** Waits for the client's page, and what it was sent. */
    ClientSite.Received atClient() {
        await().until(ExpectedConditions.titleIs(ClientSite.TITLE));
        return stage.client().take();
    }

    /** Whether the page is the client's own. */
    boolean isAtClient() {
        return ClientSite.TITLE.equals(driver.getTitle());
    }

    String heading() {
        return text("h1");
    }

    String text(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    /** The page's markup. */
    String source() {
        return Objects.requireNonNull(driver.getPageSource());
    }

    List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    boolean sees(String selector) {
        return !driver.findElements(By.cssSelector(selector)).isEmpty();
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Between two pages a browser may know neither. */
    WebDriverWait await() {
        return (WebDriverWait) new WebDriverWait(driver, PATIENCE).ignoring(WebDriverException.class);
    }

    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
