package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.details.AuthorizationDetails;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError.Protocol;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.TokenTerms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 9396, as far as the token role can tell: a gateway's mistake gives nobody more than was granted. */
class DetailsTest {
    private static final String GRANTED = json("[{'type':'pay','actions':['start','see'],'to':'Ada'},{'type':'mail'}]");
    private static TokenNode node;

    private final Samples sample = new Samples();

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static RequestedAccess access(@Nullable String details) {
        return new RequestedAccess(List.of(), details);
    }

    private static Issuer.Issue wanting(Issuer.Issue plain, @Nullable String details) {
        return new Issuer.Issue(
                plain.tenant(), plain.authority(), plain.scope(), null, null, new TokenTerms(null, access(details)));
    }

    private Issuer.Issue byTicket(@Nullable String details) {
        return wanting(node.request(sample.ticket(), "api"), details);
    }

    private Issuer.Issue byClient(@Nullable String details) {
        sample.oauth = new OAuthRegistration(null, null, false, new AccessLimits(List.of(), List.of("pay")));
        return wanting(node.request(sample.client(), Samples.SECRET, "api"), details);
    }

    private static void assertHas(Issuer.Issue request, @Nullable String details) {
        Issuer.Issued issued = node.ask(request);
        JsonObject claims = Jwts.claims(issued.accessToken());
        assertThat(issued.authorizationDetails()).isEqualTo(details);
        assertThat(claims.getJsonArray("authorization_details"))
                .isEqualTo(details == null ? null : new JsonArray(details));
        assertThat(claims.getString("aud")).as("the default audience").isEqualTo("https://login.example.org");
    }

    private static void assertRefused(Issuer.Issue request) {
        assertThat(((Protocol) node.refusal(request)).code()).isEqualTo(Code.INVALID_AUTHORIZATION_DETAILS);
    }

    @DisplayName("RFC 9396, 9.1: the access token has the claim authorization_details")
    @Test
    void whatWasGrantedStandsInTheToken() {
        sample.access = access(GRANTED);
        String canonical = AuthorizationDetails.parse(GRANTED).text();
        assertHas(byTicket(null), canonical);
        assertHas(node.request(sample.ticket(), "api"), canonical);
    }

    @DisplayName("RFC 9396, 7: a token has the details that its request named")
    @Test
    void lessIsGivenWhereLessIsWanted() {
        sample.access = access(GRANTED);
        assertHas(byTicket(json("[{'type':'mail'}]")), json("[{'type':'mail'}]"));
        assertHas(
                byTicket(json("[{'type':'pay','to':'Ada','actions':['see']}]")),
                json("[{'actions':['see'],'to':'Ada','type':'pay'}]"));
    }

    @DisplayName("RFC 9396, 6: a token request for more than was granted is refused")
    @Test
    void moreIsNeverGiven() {
        sample.access = access(GRANTED);
        assertRefused(byTicket(json("[{'type':'pay','actions':['start','see','stop'],'to':'Ada'}]")));
        assertRefused(byTicket(json("[{'type':'pay','actions':['start'],'to':'Eve'}]")));
        assertRefused(byTicket(json("[{'type':'admin'}]")));
        sample.access = null;
        assertRefused(byTicket(json("[{'type':'mail'}]")));
        sample.access = new RequestedAccess(List.of("https://maps.example.org/"));
        assertRefused(byTicket(json("[{'type':'mail'}]")));
        assertHas(node.request(new Samples().ticket(), "api"), null);
    }

    @Test
    void aClientGetsForItselfWhatItAsksForOfItsTypes() {
        assertHas(byClient(json("[{'type':'pay'}]")), json("[{'type':'pay'}]"));
        assertHas(byClient(null), null);
        assertRefused(byClient(json("[{'type':'pay'},{'type':'mail'}]")));
    }

    @Test
    void nothingIsWrittenIntoATokenAsItCame() {
        sample.access = access(json("[{'type':'pay'}],'roles':['administrator']"));
        assertRefused(byTicket(null));
        sample.access = null;
        assertRefused(byClient(json("[{'type':'pay'}],'roles':['administrator']")));
        assertRefused(byClient("[]"));
        assertRefused(byClient("null"));
    }

    @Test
    void aTokenThatFitsIntoNoHeaderIsNotGiven() {
        String most = json("[{'type':'pay','to':'" + "x".repeat(4_000) + "'}]");
        assertThat(node.ask(byClient(most)).accessToken().reveal()).hasSizeLessThanOrEqualTo(CompactJws.MAX_LENGTH);
        sample.ceiling = "api " + "s".repeat(2_000);
        sample.access = access(most);
        assertThat(node.ask(byTicket(null)).authorizationDetails()).isNotNull();
        assertRefused(wanting(node.request(sample.ticket(), sample.ceiling), null));
    }
}
