package io.gatehouse.deploy.browser;

import io.gatehouse.deploy.flow.Authenticator;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.openqa.selenium.By;

/** Each page as somebody comes to it, in all that it can look like. */
enum Scene {
    LOGIN((stage, visitor) -> visitor.comeFromApp()),
    LOGIN_WITH_PROBLEM((stage, visitor) -> {
        visitor.comeFromApp();
        visitor.fillIn("wrong");
        visitor.submit();
    }),
    LOGIN_AGAIN((stage, visitor) -> {
        logIn(visitor);
        visitor.comeFromApp("max_age", "0");
    }),
    LOGIN_TO_ACCOUNT((stage, visitor) -> visitor.open("/login")),
    LOGIN_IN_GERMAN((stage, visitor) -> {
        stage.browser().speak("de");
        visitor.comeFromApp();
    }),
    LOGIN_OF_ANOTHER_TENANT((stage, visitor) -> visitor.comeFromBranch()),
    CONSENT((stage, visitor) -> {
        visitor.comeFromApp("prompt", "consent", "scope", "openid profile email phone offline_access reports");
        visitor.logIn();
    }),
    CONSENT_TO_UNVERIFIED((stage, visitor) -> {
        visitor.comeFromNativeApp();
        visitor.logIn();
    }),
    CONSENT_IN_GERMAN((stage, visitor) -> {
        stage.browser().speak("de");
        visitor.comeFromApp("prompt", "consent");
        visitor.logIn();
    }),
    CONSENT_TO_DETAILS((stage, visitor) -> {
        visitor.comeFromApp(
                "authorization_details", Stage.DETAILS, "resource", "https://reports.example.org/years/2026");
        visitor.logIn();
    }),
    CONSENT_TO_DETAILS_IN_GERMAN((stage, visitor) -> {
        stage.browser().speak("de");
        visitor.comeFromApp("authorization_details", Stage.DETAILS, "scope", "openid");
        visitor.logIn();
    }),
    CONSENT_OF_ANOTHER_TENANT((stage, visitor) -> {
        visitor.comeFromBranch();
        visitor.logIn();
    }),
    LOGIN_TO_DEVICE((stage, visitor) -> visitor.open("/device")),
    DEVICE((stage, visitor) -> {
        logIn(visitor);
        visitor.open("/device");
    }),
    DEVICE_WITH_PROBLEM((stage, visitor) -> {
        logIn(visitor);
        visitor.open("/device");
        visitor.type("user_code", "BCDF-GHJK");
        visitor.submit();
    }),
    DEVICE_QUESTION((stage, visitor) -> question(stage, visitor)),
    DEVICE_QUESTION_IN_GERMAN((stage, visitor) -> {
        stage.browser().speak("de");
        question(stage, visitor);
    }),
    DEVICE_QUESTION_ABOUT_DETAILS((stage, visitor) -> question(visitor, stage.userCode(Stage.PAYMENT))),
    DEVICE_ALLOWED((stage, visitor) -> {
        question(stage, visitor);
        visitor.allow();
    }),
    DEVICE_DENIED((stage, visitor) -> {
        question(stage, visitor);
        visitor.deny();
    }),
    ERROR((stage, visitor) -> visitor.comeFromApp("redirect_uri", stage.client().uri("/elsewhere"))),
    LINK_TO_SERVICE_TOO_OLD((stage, visitor) -> visitor.open("/login/handover?state=x")),
    SERVICE_FORBIDDEN((stage, visitor) -> {
        visitor.openService(Stage.CHIEFS);
        visitor.logIn();
    }),
    SERVICE_FORBIDDEN_IN_GERMAN((stage, visitor) -> {
        stage.browser().speak("de");
        visitor.openService(Stage.CHIEFS);
        visitor.logIn();
    }),
    SERVICE_OVER((stage, visitor) -> {
        visitor.openService("/");
        visitor.logIn();
        stage.browser().driver().manage().deleteAllCookies();
        visitor.sendFormOfService("/order");
    }),
    PAGE_TOO_OLD((stage, visitor) -> {
        visitor.comeFromApp();
        stage.browser().driver().manage().deleteAllCookies();
        visitor.logIn();
    }),
    ACCOUNT_TOO_OLD((stage, visitor) -> {
        account(visitor);
        stage.browser().driver().manage().deleteAllCookies();
        visitor.press(By.cssSelector("button[name=client_id]"));
    }),
    NOT_FOUND((stage, visitor) -> visitor.open("/nowhere")),
    NOT_FOUND_IN_GERMAN((stage, visitor) -> {
        stage.browser().speak("de");
        visitor.open("/nowhere");
    }),
    FORM_POST((stage, visitor) -> {
        stage.browser().allowScripts(false);
        visitor.comeFromApp("prompt", "consent", "response_mode", "form_post");
        visitor.logIn();
        visitor.allow();
    }),
    ACCOUNT((stage, visitor) -> account(visitor)),
    ACCOUNT_IN_GERMAN((stage, visitor) -> {
        account(visitor);
        stage.browser().speak("de");
        visitor.open("/account");
    }),
    ACCOUNT_OF_ANOTHER_TENANT((stage, visitor) -> {
        visitor.open("/t/bank/login");
        visitor.logIn();
    }),
    CONSENT_WITHDRAWN((stage, visitor) -> {
        account(visitor);
        visitor.press(By.cssSelector("button[name=client_id]"));
    }),
    PASSWORD((stage, visitor) -> {
        logIn(visitor);
        visitor.open("/account/password");
    }),
    PASSWORD_WITH_PROBLEM((stage, visitor) -> {
        logIn(visitor);
        visitor.open("/account/password");
        visitor.type("current", Stage.PASSWORD);
        visitor.type("new", "short");
        visitor.type("again", "short");
        visitor.press(By.cssSelector(".choice button"));
    }),
    ENROL((stage, visitor) -> {
        logIn(visitor);
        visitor.open("/account/second-factor");
    }),
    RECOVERY_CODES((stage, visitor) -> enrol(visitor, "bea")),
    CODE_WITH_PROBLEM_IN_GERMAN((stage, visitor) -> {
        Authenticator phone = enrol(visitor, "cid");
        stage.browser().driver().manage().deleteAllCookies();
        stage.browser().speak("de");
        logIn(visitor, "cid");
        visitor.type("code", phone.wrong());
        visitor.submit();
    }),
    SECOND_FACTOR_REMOVAL((stage, visitor) -> {
        enrol(visitor, "dan");
        visitor.open("/account/second-factor");
    }),
    LOGOUT((stage, visitor) -> {
        logIn(visitor);
        visitor.open("/oauth2/logout?client_id=" + Stage.APP);
    }),
    LOGGED_OUT((stage, visitor) -> visitor.open("/oauth2/logout"));

    private final BiConsumer<Stage, Visitor> way;

    Scene(BiConsumer<Stage, Visitor> way) {
        this.way = way;
    }

    /** Goes there, in a browser that is as new. */
    void enter(Stage stage, Visitor visitor) {
        way.accept(stage, visitor);
    }

    /** As pictures of it are called. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void logIn(Visitor visitor, String username) {
        visitor.open("/login");
        visitor.type("username", username);
        visitor.type("password", Stage.PASSWORD);
        visitor.submit();
    }

    private static Authenticator enrol(Visitor visitor, String username) {
        logIn(visitor, username);
        visitor.open("/account/second-factor");
        Authenticator phone = Authenticator.of(visitor.source());
        visitor.type("code", phone.next());
        visitor.press(By.cssSelector(".choice button"));
        return phone;
    }

    private static void logIn(Visitor visitor) {
        visitor.open("/login");
        visitor.logIn();
    }

    /** From an address as a QR code has it. */
    private static void question(Stage stage, Visitor visitor) {
        question(visitor, stage.userCode());
    }

    private static void question(Visitor visitor, String userCode) {
        visitor.open("/device?user_code=" + userCode);
        visitor.logIn();
        visitor.submit();
    }

    private static void account(Visitor visitor) {
        visitor.comeFromApp("prompt", "consent");
        visitor.logIn();
        visitor.allow();
        visitor.atClient();
        visitor.open("/account");
    }
}
