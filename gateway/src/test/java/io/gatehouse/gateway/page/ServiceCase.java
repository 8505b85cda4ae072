package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.SessionStatement;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.Sessions.Beginning;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Services that take browser sessions, people who use them, and a store that knows who is logged in. */
abstract class ServiceCase {
    /** How everybody logs in. */
    List<String> amr = List.of("pwd");

    static final String SHOP = "shop.example.net";
    static final String WIKI = "wiki.example.net:8443";
    static final String SERVICE = "__Host-gatehouse-service";
    static final String NONCE = "__Host-gatehouse-nonce";
    static final String ISSUER = "https://login.example.org";

    final TestGateway gateway = new TestGateway("""
            forward_auth: {secret: %s}
            routes:
              - {id: open, match: {host: shop.example.net, path: /open}, demand: public}
              - {id: chiefs, match: {host: shop.example.net, path: /chiefs}, demand: session, roles: [chief]}
              - {id: fresh, match: {host: shop.example.net, path: /fresh}, demand: session, max_age: PT10M}
              - {id: shop, match: {host: shop.example.net}, demand: session, roles: [editor, owner]}
              - {id: wiki, match: {host: "wiki.example.net:8443"}, demand: session}
              - {id: branch, tenant: shop, match: {host: branch.example.net}, demand: session}
              - {id: api, match: {host: api.example.net}, demand: bearer}
            """.formatted(ServiceBrowser.HOP) + moreRoutes());
    final ServiceBrowser browser = new ServiceBrowser(gateway);
    /** The sessions that count, and when their users logged in, by tenant. */
    final Map<String, Map<SessionProof, Instant>> sessions = new ConcurrentHashMap<>();

    private final Set<OneTimeValues.Spend> spent = ConcurrentHashMap.newKeySet();
    private final Attestor attestor = new Attestor(Entropy.bytes(32));

    @BeforeEach
    void start() {
        gateway.node
                .on(Sessions.Begin.class, this::begin)
                .on(Sessions.Find.class, this::find)
                .on(Sessions.Vouch.class, this::vouch)
                .on(OneTimeValues.Spend.class, spend -> new OneTimeValues.Spent(spent.add(spend)));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** Of a test's own, in YAML. */
    String moreRoutes() {
        return "";
    }

    Map<SessionProof, Instant> living(String tenant) {
        return sessions.computeIfAbsent(tenant, fresh -> new ConcurrentHashMap<>());
    }

    Instant now() {
        return gateway.node.clock.instant();
    }

    private Record begin(Sessions.Begin begin) {
        SessionProof current = begin.current();
        boolean goesOn = current != null && living(begin.tenant()).remove(current) != null;
        SessionId id = goesOn ? current.id() : SessionId.expiring(now().plus(Duration.ofDays(7)));
        living(begin.tenant()).put(new SessionProof(id, begin.fresh()), now());
        return new Beginning.Begun(id.sid(), now().plus(Duration.ofDays(7)), List.of());
    }

    private Record find(Sessions.Find find) {
        Instant begun = living(find.tenant()).get(find.session());
        UserProfile ada = PageCase.ADA;
        return new Sessions.Found(
                begun == null
                        ? null
                        : new Sessions.Current(
                                find.session().id().sid(), ada, begun, amr, begun.plus(Duration.ofDays(7))));
    }

    private Record vouch(Sessions.Vouch vouch) {
        Instant begun = living(vouch.tenant()).get(vouch.session());
        if (begun == null) {
            return new Sessions.Vouched(null);
        }
        SessionStatement statement = new SessionStatement(
                vouch.tenant(),
                Tokens.SUBJECT,
                vouch.session().id().sid(),
                List.of("editor"),
                begun,
                now().plus(Duration.ofMinutes(1)),
                amr);
        return new Sessions.Vouched(
                new Sessions.Vouching(attestor.attest(statement), 1, begun.plus(Duration.ofDays(7))));
    }

    /** From a page of a service to the login page. */
    RawReply loginPage(ServiceBrowser who, String host, String target) {
        return who.follow(who.visit(host, target));
    }

    /** From the login page to the way back to the service: a code that nobody has presented yet. */
    RawReply logIn(ServiceBrowser who, RawReply page) {
        RawReply posted = who.post(
                PageCase.action(page),
                TestBrowser.form("username", "ada", "password", "any", "request", TestBrowser.field(page, "request")));
        assertThat(posted.status()).isEqualTo(303);
        return who.follow(posted);
    }

    /** All the way from a page of a service back to it. */
    void arrive(ServiceBrowser who, String host, String target) {
        RawReply shown = loginPage(who, host, target);
        RawReply back = who.follow(shown.status() == 200 ? logIn(who, shown) : shown);
        assertThat(back.status()).as(back.toString()).isEqualTo(303);
        assertThat(back.header("location")).isEqualTo(target);
    }

    static void assertAda(RawReply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-gatehouse-subject")).isEqualTo(Tokens.SUBJECT);
        assertThat(reply.header("x-gatehouse-subject-type")).isEqualTo("user");
        assertThat(reply.header("x-gatehouse-client")).isEmpty();
        assertThat(reply.header("x-gatehouse-scope")).isEmpty();
        assertThat(reply.header("x-gatehouse-roles")).isEqualTo("editor");
    }
}
