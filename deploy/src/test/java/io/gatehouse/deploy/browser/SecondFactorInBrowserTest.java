package io.gatehouse.deploy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.deploy.flow.Authenticator;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** A service that demands a second factor, on the way of somebody who has none yet, and no mouse. */
class SecondFactorInBrowserTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpServer SERVICE = VERTX.createHttpServer()
            .requestHandler(request -> request.response()
                    .putHeader("Content-Type", "text/html")
                    .end("<!DOCTYPE html><html lang=\"en\"><title>Vault</title><h1>The vault</h1>"))
            .listen(0, "127.0.0.1")
            .await();

    @RegisterExtension
    static final Stage STAGE = new Stage()
            .with(
                    "routes",
                    "[{id: shop, match: {host: shop.localhost}, demand: session, second_factor: true, upstream: ['http://127.0.0.1:"
                            + SERVICE.actualPort() + "']}]");

    private final Visitor visitor = STAGE.visitor();
    private final ChromeDriver driver = STAGE.browser().driver();

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    private void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    private void leaveBy(CharSequence... keys) {
        visitor.leave(() -> press(keys));
    }

    @Test
    void enrolsOnTheWayAndIsAskedTheNextTime() throws IOException {
        visitor.openService("/door");
        visitor.logIn();
        assertThat(visitor.heading()).isEqualTo("Set up a second factor");
        assertThat(visitor.text(".lead")).contains("What you want to open asks for it");
        WebElement picture = driver.findElement(By.cssSelector("svg.qr"));
        assertThat(picture.getSize().getWidth()).isGreaterThan(150);
        Authenticator phone = Authenticator.of(visitor.source());
        assertThat(visitor.focused().getDomAttribute("id")).isEqualTo("code");
        leaveBy(phone.wrong(), Keys.ENTER);
        assertThat(visitor.text("[role=alert]")).contains("does not count");
        STAGE.browser().photograph("second-factor-enrol-wrong");
        leaveBy(phone.next(), Keys.ENTER);
        assertThat(visitor.heading()).isEqualTo("Keep your recovery codes");
        assertThat(visitor.texts(".recovery li")).hasSize(10);
        while (!visitor.focused().getText().startsWith("I have kept them")) {
            press(Keys.TAB);
        }
        assertThat(visitor.focused().getCssValue("outline-style")).isEqualTo("solid");
        leaveBy(Keys.ENTER);
        assertThat(visitor.heading()).isEqualTo("The vault");

        STAGE.browser().reset();
        visitor.openService("/door");
        visitor.logIn();
        assertThat(visitor.heading()).isEqualTo("Enter your code");
        assertThat(visitor.focused().getDomAttribute("id")).isEqualTo("code");
        STAGE.browser().photograph("second-factor-code");
        leaveBy(phone.next(), Keys.ENTER);
        assertThat(visitor.heading()).isEqualTo("The vault");
    }
}
