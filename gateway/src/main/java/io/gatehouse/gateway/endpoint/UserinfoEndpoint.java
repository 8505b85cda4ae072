package io.gatehouse.gateway.endpoint;

import io.gatehouse.common.bus.Incidents;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.http.BearerErrors;
import io.gatehouse.gateway.http.DpopErrors;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.NonceReplies;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.DpopNonces;
import io.gatehouse.gateway.oauth.UserinfoService;
import io.gatehouse.gateway.oauth.UserinfoService.Userinfo;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** GET and POST /oauth2/userinfo (OpenID Connect Core, section 5.3). The token comes in the header, or in a form. */
public final class UserinfoEndpoint {
    public static final String PATH = "/oauth2/userinfo";

    private static final List<Reply.Header> JWT = List.of(
            new Reply.Header(HttpHeaders.CONTENT_TYPE, "application/jwt"),
            new Reply.Header(HttpHeaders.CACHE_CONTROL, "no-store"));

    private final UserinfoService userinfo;
    private final ErrorStyle dpop = new DpopErrors();
    private final ErrorStyle bearer = new BearerErrors();
    private final NonceReplies nonces;
    private final String baseIssuer;

    /** @param baseIssuer of the default tenant */
    public UserinfoEndpoint(UserinfoService userinfo, DpopNonces nonces, String baseIssuer) {
        this.userinfo = userinfo;
        this.baseIssuer = baseIssuer;
        this.nonces = new NonceReplies(nonces, dpop);
    }

    /** Its lines of the table of contents. */
    public Stream<Mount> mounts() {
        return Stream.of(
                Mount.get(PATH, bearer, exchange -> described(exchange, Exchange::bearerToken))
                        .fromAnywhere(),
                Mount.post(PATH, bearer, exchange -> described(exchange, UserinfoEndpoint::postedToken))
                        .fromAnywhere());
    }

    /** Each challenge says where to read what this resource wants (RFC 9728, section 5.1). */
    private Future<Reply> described(Exchange exchange, Function<Exchange, @Nullable String> token) {
        return Future.succeededFuture(exchange)
                .compose(one -> answer(one, token.apply(one)))
                .otherwise(failure -> bearer.render(Incidents.error(failure)))
                .map(reply -> reply.status() == 200
                        ? reply
                        : reply.extending(
                                "WWW-Authenticate", ", resource_metadata=\"" + metadata(exchange.tenant()) + "\""));
    }

    private String metadata(String tenant) {
        return ProtectedResourceEndpoint.urlOf(Tenant.issuer(baseIssuer, tenant) + PATH);
    }

    private Future<Reply> answer(Exchange exchange, @Nullable String token) {
        String bound = exchange.dpopToken();
        if (bound != null) {
            return bound(exchange, bound, token);
        }
        return token == null
                ? Future.succeededFuture(BearerErrors.askForToken())
                : userinfo.bearer(exchange.tenant(), token, exchange.certificate())
                        .map(UserinfoEndpoint::reply);
    }

    /**
     * RFC 9449, section 7.1.
     *
     * @param inForm null: none
     */
    private Future<Reply> bound(Exchange exchange, String token, @Nullable String inForm) {
        if (inForm != null) {
            throw twice();
        }
        return userinfo.userinfo(exchange.tenant(), token, exchange.dpopProof(PATH))
                .map(UserinfoEndpoint::reply)
                .recover(failure -> nonces.recover(exchange.tenant(), failure))
                .otherwise(failure -> dpop.render(Incidents.error(failure)));
    }

    /** RFC 6750, sections 2.1 and 2.2: one way per request. */
    private static @Nullable String postedToken(Exchange exchange) {
        String inHeader = exchange.bearerToken();
        String inForm = exchange.mediaType().equals(FormBody.MEDIA_TYPE)
                ? FormBody.read(exchange).get("access_token")
                : null;
        if (inHeader != null && inForm != null) {
            throw twice();
        }
        return inHeader == null ? inForm : inHeader;
    }

    private static RuntimeException twice() {
        return OAuthError.failure(Code.INVALID_REQUEST, "the access token comes in header and body: send it once");
    }

    private static Reply reply(Userinfo userinfo) {
        return switch (userinfo) {
            case Userinfo.Plain plain -> Reply.secretJson(200, new JsonObject(plain.claims()));
            case Userinfo.Signed signed ->
                new Reply(200, JWT, Buffer.buffer(signed.jwt().reveal()));
        };
    }
}
