package io.gatehouse.store;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.config.BabelbirdConfig;
import io.gatehouse.common.config.FamiliesConfig;
import io.gatehouse.common.config.FamilyConfig;
import io.gatehouse.common.config.LimitsConfig;
import io.gatehouse.common.config.Rate;
import io.gatehouse.common.config.RevocationConfig;
import io.gatehouse.common.config.SessionsConfig;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.config.TokensConfig;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Authentication;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole role on a real bus, on two event loops, with a client {@code web} and a user Ada whose password is known. */
@ExtendWith(VertxExtension.class)
abstract class RoleCase {
    static final String PASSWORD = "correct horse battery staple";
    static final String LOGIN_CLIENT = BuiltInClients.clientId(TokenFamily.LOGIN);

    @TempDir
    private Path folder;

    final SettableClock clock = new SettableClock();
    final Attestor attestor = new Attestor(Entropy.bytes(32));
    Vertx vertx;
    BusNode node;
    /** Of a loop where nobody serves: asks cross event loops. */
    Bus bus;

    StoreRole role;

    Duration replayWindow() {
        return Duration.ofSeconds(30);
    }

    @BeforeEach
    void startRole(Vertx ofTheTest) {
        vertx = ofTheTest;
        node = new BusNode("node");
        Bus.register(vertx);
        bus = new Bus(vertx, node, 99);
        role = Await.result(StoreRole.open(vertx, settings(), false, attestor, clock));
        Await.result(vertx.deployVerticle(role.verticle(new Bus(vertx, node, 0))));
        Await.result(vertx.deployVerticle(role.verticle(new Bus(vertx, node, 1))));
        ask(new Clients.Declare(Samples.client("web")));
        ask(new Users.Declare(Samples.ada(), Secret.of(PASSWORD)));
    }

    @AfterEach
    void stopRole() {
        Await.result(vertx.close());
        Await.result(role.close());
    }

    private StoreSettings settings() {
        return settings(
                new StoreConfig(StoreConfig.Kind.EMBEDDED, folder, 4096), replayWindow(), Duration.ofMillis(100));
    }

    static StoreSettings settings(StoreConfig store, Duration replayWindow, Duration heartbeat) {
        FamilyConfig login = new FamilyConfig(true, Duration.ofMinutes(15), Duration.ofDays(7), Duration.ofDays(7));
        BabelbirdConfig babelbird = new BabelbirdConfig(
                true, Duration.ofHours(1), Duration.ofDays(30), Duration.ofDays(30), Duration.ofMinutes(5));
        FamilyConfig loginradius =
                new FamilyConfig(true, Duration.ofMinutes(15), Duration.ofDays(60), Duration.ofDays(20));
        TokensConfig tokens = new TokensConfig(
                Duration.ofMinutes(10),
                Duration.ofDays(30),
                Duration.ofDays(14),
                replayWindow,
                Duration.ofMinutes(1),
                Duration.ofSeconds(90),
                null,
                "ES256",
                "optional",
                new FamiliesConfig(login, babelbird, loginradius));
        LimitsConfig limits = new LimitsConfig(
                Rate.parse("10/PT15M"),
                Rate.parse("100/PT15M"),
                Rate.parse("300/PT1M"),
                32,
                1,
                Rate.parse("5/PT1M"),
                Rate.parse("5/PT1M"),
                Rate.parse("8/PT1M"),
                Rate.parse("3/PT10M"),
                Rate.parse("5/PT1M"),
                Rate.parse("8/PT1M"),
                Rate.parse("3/PT10M"),
                Rate.parse("4/PT1H"),
                Rate.parse("3/PT10M"),
                Rate.parse("4/PT1M"),
                Rate.parse("3/PT15M"),
                Rate.parse("5/PT1H"),
                Rate.parse("300/PT1M"));
        return new StoreSettings(
                store,
                tokens,
                limits,
                new RevocationConfig(heartbeat, Duration.ofSeconds(5)),
                new SessionsConfig(Duration.ofDays(7), Duration.ofHours(12)));
    }

    <R> R ask(Request<R> request) {
        return Await.result(bus.ask(request));
    }

    Users.Authenticate login(String username, String password) {
        return login(username, password, "203.0.113.7");
    }

    Users.Authenticate login(String username, String password, String address) {
        return new Users.Authenticate(
                Tenant.MAIN,
                new LoginName(LoginName.Kind.USERNAME, username),
                Secret.of(password),
                LOGIN_CLIENT,
                TokenFamily.LOGIN,
                Scope.parse("openid email api"),
                address);
    }

    Attestation ticketOfAda() {
        return ((Authentication.Authenticated) ask(login("ada", PASSWORD))).ticket();
    }

    /** A new grant of Ada's for the client of {@code /auth/login}. */
    Ticket openGrant() {
        Attestation ticket = ticketOfAda();
        ask(new Grants.Open(ticket, Samples.FAMILY, Samples.secret(0)));
        return ticket.read(Ticket.class);
    }

    static Grants.Rotate rotate(Ticket ticket, int generation) {
        return rotate(ticket, Samples.secret(generation), generation + 1);
    }

    static Grants.Rotate rotate(Ticket ticket, Digest presented, int successor) {
        return new Grants.Rotate(
                ticket.tenant(),
                ticket.clientId(),
                ticket.grant(),
                Samples.FAMILY,
                presented,
                Samples.secret(successor),
                Samples.sealed(successor),
                null);
    }
}
