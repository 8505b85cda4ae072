package io.gatehouse.gateway.page;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.gatehouse.common.model.Branding;
import io.gatehouse.gateway.oauth.RecoveryCodes;
import io.gatehouse.gateway.page.html.JteaccountGenerated;
import io.gatehouse.gateway.page.html.JteconsentGenerated;
import io.gatehouse.gateway.page.html.JtedeviceGenerated;
import io.gatehouse.gateway.page.html.Jtedevice_doneGenerated;
import io.gatehouse.gateway.page.html.Jtedevice_questionGenerated;
import io.gatehouse.gateway.page.html.JteenrolGenerated;
import io.gatehouse.gateway.page.html.JteerrorGenerated;
import io.gatehouse.gateway.page.html.JtefactorGenerated;
import io.gatehouse.gateway.page.html.Jteform_postGenerated;
import io.gatehouse.gateway.page.html.Jtelogged_outGenerated;
import io.gatehouse.gateway.page.html.JteloginGenerated;
import io.gatehouse.gateway.page.html.JtelogoutGenerated;
import io.gatehouse.gateway.page.html.JtepasswordGenerated;
import io.gatehouse.gateway.page.html.JterecoveryGenerated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Every page once or more, as a person may meet it. */
enum PageSamples {
    LOGIN((out, frame) -> login(out, frame, new LoginView("/login", box(), "Paper Boat", null, null, false))),
    LOGIN_WRONG((out, frame) -> login(
            out,
            frame,
            new LoginView(
                    "/login", box(), "Paper Boat", "ada", frame.texts().get("login.problem.bad_credentials"), false))),
    LOGIN_THROTTLED((out, frame) -> login(
            out,
            frame,
            new LoginView(
                    "/login",
                    box(),
                    "Paper Boat",
                    "ada",
                    frame.texts().get("login.problem.throttled", frame.texts().duration(Duration.ofMinutes(14))),
                    false))),
    LOGIN_AGAIN((out, frame) ->
            login(out, frame, new LoginView("/login", box(), "Paper Boat", "ada@example.org", null, true))),
    LOGIN_TO_ACCOUNT((out, frame) -> login(out, frame, new LoginView("/login", box(), "", null, null, false))),
    CONSENT((out, frame) -> JteconsentGenerated.render(
            out,
            null,
            frame,
            new ConsentView(
                    "/consent",
                    box(),
                    "Paper Boat",
                    "Ada Example",
                    wanted(frame),
                    "https://app.example.org/privacy",
                    "https://app.example.org/terms",
                    false,
                    true,
                    null))),
    CONSENT_STRANGER((out, frame) -> JteconsentGenerated.render(
            out,
            null,
            frame,
            new ConsentView(
                    "/consent",
                    box(),
                    "Paper Boat",
                    "Ada Example",
                    wanted(frame),
                    null,
                    null,
                    false,
                    false,
                    new StrangerLine("boat.example.org", "app.example.org", "app.example.net")))),
    CONSENT_UNVERIFIED((out, frame) -> JteconsentGenerated.render(
            out,
            null,
            frame,
            new ConsentView("/consent", box(), "boat-cli", "Ada Example", nothing(), null, null, true, false, null))),
    LOGIN_TO_DEVICE((out, frame) -> login(out, frame, new LoginView("/login", box(), "", null, null, false, true))),
    DEVICE((out, frame) -> JtedeviceGenerated.render(
            out, null, frame, new DeviceEntryView("/device", box(), "Ada Example", "", null))),
    DEVICE_WRONG((out, frame) -> JtedeviceGenerated.render(
            out,
            null,
            frame,
            new DeviceEntryView(
                    "/device", box(), "Ada Example", "\"><b>", frame.texts().get("connect.problem.unknown")))),
    DEVICE_QUESTION((out, frame) -> Jtedevice_questionGenerated.render(
            out,
            null,
            frame,
            new DeviceQuestionView(
                    "/device/decision",
                    box(),
                    "Paper Boat TV",
                    "Ada Example",
                    "WDJB-MJHT",
                    wanted(frame),
                    "https://app.example.org/privacy",
                    "https://app.example.org/terms",
                    true,
                    true))),
    DEVICE_ALLOWED((out, frame) -> Jtedevice_doneGenerated.render(out, null, frame, DeviceDoneView.ALLOWED)),
    DEVICE_DENIED((out, frame) -> Jtedevice_doneGenerated.render(out, null, frame, DeviceDoneView.DENIED)),
    ERROR((out, frame) -> JteerrorGenerated.render(
            out,
            null,
            frame,
            new ErrorView(
                    frame.texts().get("error.title"),
                    frame.texts().get("error.unknown_client"),
                    "5f2c90ab",
                    "/account",
                    frame.texts().get("error.account")))),
    ERROR_LOGIN_TOO_OLD((out, frame) -> JteerrorGenerated.render(
            out,
            null,
            frame,
            new ErrorView(
                    frame.texts().get("error.title"),
                    frame.texts().get("error.login_too_old"),
                    null,
                    "/login",
                    frame.texts().get("error.login")))),
    FORM_POST((out, frame) -> Jteform_postGenerated.render(
            out,
            null,
            frame,
            new FormPostView("https://app.example.org/cb", Map.of("code", "c0de", "state", "\"><script>x</script>")))),
    LOGOUT((out, frame) -> JtelogoutGenerated.render(
            out, null, frame, new LogoutView("/oauth2/logout", box(), "Ada Example", "/account", "Paper Boat"))),
    LOGGED_OUT((out, frame) -> Jtelogged_outGenerated.render(out, null, frame, new LoggedOutView("/login"))),
    ACCOUNT((out, frame) -> account(out, frame, null)),
    ACCOUNT_DONE((out, frame) -> account(out, frame, "account.notice.password_changed")),
    FACTOR((out, frame) -> factor(out, frame, false, null)),
    FACTOR_WRONG((out, frame) -> factor(out, frame, false, "factor.problem.wrong")),
    FACTOR_REMOVAL((out, frame) -> factor(out, frame, true, null)),
    ENROL((out, frame) -> enrol(out, frame, false, null)),
    ENROL_WRONG((out, frame) -> enrol(out, frame, true, "factor.problem.wrong")),
    RECOVERY((out, frame) -> JterecoveryGenerated.render(
            out, null, frame, new RecoveryView(RecoveryCodes.fresh(10), "/oauth2/authorize?resume=" + box()))),
    PASSWORD((out, frame) -> password(out, frame, null)),
    PASSWORD_WRONG((out, frame) -> password(out, frame, new PasswordProblem("new", "password.problem.too_short"))),
    PASSWORD_THROTTLED((out, frame) -> password(out, frame, PasswordProblem.throttled(Duration.ofMinutes(5))));

    static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");
    private static final Branding BRANDING = new Branding("Harbour & Sons", null, "#0b6e4f");

    private final BiConsumer<HtmlTemplateOutput, Frame> template;

    PageSamples(BiConsumer<HtmlTemplateOutput, Frame> template) {
        this.template = template;
    }

    String render(String language) {
        return render(new Frame(Texts.in(language), "A title", BRANDING, "/assets/style.css", "/account"));
    }

    String render(Frame frame) {
        StringOutput out = new StringOutput();
        template.accept(new OwaspHtmlTemplateOutput(out), frame);
        return out.toString();
    }

    private static void login(HtmlTemplateOutput out, Frame frame, LoginView view) {
        JteloginGenerated.render(out, null, frame, view);
    }

    private static void account(HtmlTemplateOutput out, Frame frame, String notice) {
        List<ProfileLine> profile = List.of(
                new ProfileLine("account.profile.name", "Ada Example", false),
                new ProfileLine("account.profile.username", "ada", false),
                new ProfileLine("account.profile.email", "ada.example@long-department.example.org", true));
        List<SessionLine> sessions = List.of(
                new SessionLine("sid-1", "Firefox, Linux", NOW.minusSeconds(90_000), NOW, true),
                new SessionLine("sid-2", "Safari, iPhone", NOW.minusSeconds(500_000), NOW.minusSeconds(4000), false));
        List<ConsentLine> consents = List.of(
                new ConsentLine("web", "Paper Boat", scopes(frame), NOW.minusSeconds(90_000)),
                new ConsentLine("boat-cli", "boat-cli", List.of(new ScopeLine("api", "api")), NOW));
        JteaccountGenerated.render(
                out,
                null,
                frame,
                new AccountView("/account", box(), "Ada Example", profile, sessions, consents, false, null, notice));
    }

    private static void factor(HtmlTemplateOutput out, Frame frame, boolean removal, String problem) {
        String told = problem == null ? null : frame.texts().get(problem);
        JtefactorGenerated.render(out, null, frame, new FactorView("/login/code", box(), told, removal, "/account"));
    }

    private static void enrol(HtmlTemplateOutput out, Frame frame, boolean demanded, String problem) {
        String told = problem == null ? null : frame.texts().get(problem);
        SecretKey key = SecretKey.of("login.example.org", "ada", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
        JteenrolGenerated.render(
                out,
                null,
                frame,
                new EnrolView(
                        "/account/second-factor", "/account", box(), key, QrPicture.of(key.uri()), demanded, told));
    }

    private static void password(HtmlTemplateOutput out, Frame frame, PasswordProblem problem) {
        JtepasswordGenerated.render(out, null, frame, new PasswordView("/account", box(), "ada", problem));
    }

    private static WantedView nothing() {
        return new WantedView(List.of(), List.of(), List.of());
    }

    private static WantedView wanted(Frame frame) {
        DetailLine payment = new DetailLine(
                "make a payment",
                List.of(
                        new DetailLine.Field("Amount", List.of("\"><b>123.50")),
                        new DetailLine.Field(frame.texts().detail("actions"), List.of("initiate", "status"))));
        return new WantedView(
                scopes(frame),
                List.of(payment, new DetailLine("see your accounts", List.of())),
                List.of("https://bank.example.org/\"><b>"));
    }

    private static List<ScopeLine> scopes(Frame frame) {
        return List.of("profile", "email", "calendar.read").stream()
                .map(value -> new ScopeLine(value, frame.texts().scope(value)))
                .toList();
    }

    /** As long as a sealed request gets. */
    private static String box() {
        return "Ab3_".repeat(1500);
    }
}
