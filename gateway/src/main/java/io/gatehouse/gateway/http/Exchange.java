package io.gatehouse.gateway.http;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.oauth.ShownCertificate;
import io.gatehouse.gateway.oauth.ShownProof;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request as an endpoint sees it: its body has arrived whole, its tenant exists. */
public final class Exchange {
    private final HttpServerRequest request;
    private final String tenant;
    private final Buffer body;
    private final String clientAddress;
    private final boolean secure;
    private final @Nullable String pathVariable;

    Exchange(
            HttpServerRequest request,
            String tenant,
            Buffer body,
            String clientAddress,
            boolean secure,
            @Nullable String pathVariable) {
        this.request = request;
        this.tenant = tenant;
        this.body = body;
        this.clientAddress = clientAddress;
        this.secure = secure;
        this.pathVariable = pathVariable;
    }

    public String tenant() {
        return tenant;
    }

    /** What stands in the variable segment of the path, as it came; null where the mount's path has none. */
    public @Nullable String pathVariable() {
        return pathVariable;
    }

    public Buffer body() {
        return body;
    }

    /** The address the request came from, as far as trusted proxies tell. A personal datum: for throttles, not for logs. */
    public String clientAddress() {
        return clientAddress;
    }

    /** Whether the client spoke TLS, as far as trusted proxies tell. */
    public boolean isSecure() {
        return secure;
    }

    /** The certificate that the other side showed in the TLS handshake; null where it showed none. */
    public @Nullable ShownCertificate certificate() {
        return PeerCertificate.of(request.connection().sslSession());
    }

    public @Nullable String header(CharSequence name) {
        return request.getHeader(name);
    }

    /** Each of its lines. */
    public List<String> headers(String name) {
        return request.headers().getAll(name);
    }

    /** Whether a body follows, or may. */
    public boolean expectsBody() {
        return BodyReader.expects(request);
    }

    /** What follows the method in the request line. */
    public String target() {
        return request.uri();
    }

    /** Host and port that the request names, as they came; empty where it names none. */
    public String host() {
        return host(request);
    }

    static String host(HttpServerRequest request) {
        // The router's own reading of a stream without a :scheme throws.
        HostAndPort authority = request.version() == HttpVersion.HTTP_2 ? request.authority(true) : request.authority();
        return authority == null ? "" : authority.toString();
    }

    /** Whether nobody between the other side and this server could read along: TLS, or the same machine. */
    public boolean isPrivate() {
        return request.isSSL() || ClientAddresses.isLoopback(request);
    }

    public HttpMethod method() {
        return request.method();
    }

    /** Null where there is no such cookie, or more than one: of two, one may be a stranger's. */
    public @Nullable String cookie(String name) {
        return CookieHeader.value(request.headers().getAll(HttpHeaders.COOKIE), name);
    }

    public @Nullable String rawQuery() {
        return request.query();
    }

    /** The media type of the body in lower case, without its parameters; empty where none is given. */
    public String mediaType() {
        String type = request.getHeader("content-type");
        if (type == null) {
            return "";
        }
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(java.util.Locale.ROOT);
    }

    /** The whole Content-Type, for a boundary. */
    public String contentType() {
        String type = request.getHeader("content-type");
        return type == null ? "" : type;
    }

    /**
     * The token of {@code Authorization: Bearer} (RFC 6750, section 2.1); null where there is no such header.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_request, where the header is given twice
     */
    public @Nullable String bearerToken() {
        return token("Bearer ");
    }

    /** As {@link #bearerToken}, of {@code Authorization: DPoP} (RFC 9449, section 7.1). */
    public @Nullable String dpopToken() {
        return token("DPoP ");
    }

    /**
     * The DPoP proof; null where there is none.
     *
     * @param path of the endpoint, as it stands behind a tenant's prefix
     */
    public @Nullable ShownProof dpopProof(String path) {
        String jwt = request.getHeader("dpop");
        return jwt == null ? null : new ShownProof(jwt, request.method().name(), path, clientAddress);
    }

    private @Nullable String token(String scheme) {
        List<String> values = request.headers().getAll("authorization");
        if (values.size() > 1) {
            throw OAuthError.failure(Code.INVALID_REQUEST, "Authorization is given more than once: send it once");
        }
        if (values.isEmpty() || !values.get(0).regionMatches(true, 0, scheme, 0, scheme.length())) {
            return null;
        }
        String token = values.get(0).substring(scheme.length()).trim();
        return token.isEmpty() ? null : token;
    }
}
