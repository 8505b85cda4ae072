package io.gatehouse.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes back: status, headers and body, whole. It may be kept and sent again.
 *
 * @param headers without Content-Length
 */
public record Reply(int status, List<Header> headers, Buffer body) {
    /** One header line. */
    public record Header(CharSequence name, CharSequence value) {}

    private static final Header JSON = header(HttpHeaders.CONTENT_TYPE, "application/json");
    private static final Header NO_STORE = header(HttpHeaders.CACHE_CONTROL, "no-store");
    private static final Header PRAGMA = header("Pragma", "no-cache");
    private static final List<Header> SECRET_JSON = List.of(JSON, NO_STORE, PRAGMA);
    private static final Header NO_REFERRER = header("Referrer-Policy", "no-referrer");
    private static final List<Header> PAGE = List.of(
            header(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8"),
            NO_STORE,
            NO_REFERRER,
            header("X-Frame-Options", "DENY"),
            header("X-Content-Type-Options", "nosniff"));

    public Reply {
        headers = List.copyOf(headers);
    }

    /** JSON that nobody may keep: it holds a token, or depends on one. */
    public static Reply secretJson(int status, Buffer body) {
        return new Reply(status, SECRET_JSON, body);
    }

    public static Reply secretJson(int status, JsonObject body) {
        return secretJson(status, body.toBuffer());
    }

    /** As {@link #secretJson}, of another type. */
    public static Reply secret(int status, String contentType, Buffer body) {
        return new Reply(status, List.of(header(HttpHeaders.CONTENT_TYPE, contentType), NO_STORE, PRAGMA), body);
    }

    /** JSON that anybody may keep for {@code maxAge} seconds. */
    public static Reply publicJson(Buffer body, int maxAge) {
        return new Reply(200, List.of(JSON, header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + maxAge)), body);
    }

    /**
     * A page for one browser: nobody may keep it or frame it.
     *
     * @param body HTML in UTF-8
     * @param policy value of Content-Security-Policy
     */
    public static Reply html(int status, Buffer body, String policy) {
        return new Reply(status, PAGE, body).with("Content-Security-Policy", policy);
    }

    /** Sends the browser on; where it came from is nobody's business. */
    public static Reply redirect(int status, String location) {
        return new Reply(
                status, List.of(NO_STORE, NO_REFERRER, new Header(HttpHeaders.LOCATION, location)), Buffer.buffer());
    }

    public static Reply empty(int status) {
        return new Reply(status, List.of(NO_STORE), Buffer.buffer());
    }

    public Reply with(CharSequence name, String value) {
        return with(List.of(new Header(name, value)));
    }

    /** The same with more headers. */
    public Reply with(List<Header> more) {
        List<Header> all = new ArrayList<>(headers.size() + more.size());
        all.addAll(headers);
        all.addAll(more);
        return new Reply(status, all, body);
    }

    /** The same, with more behind each value of a header; where the header is not there, nothing changes. */
    public Reply extending(CharSequence name, String more) {
        List<Header> changed = headers.stream()
                .map(header -> header.name().toString().equalsIgnoreCase(name.toString())
                        ? new Header(header.name(), header.value() + more)
                        : header)
                .toList();
        return new Reply(status, changed, body);
    }

    private static Header header(CharSequence name, String value) {
        return new Header(name, HttpHeaders.createOptimized(value));
    }
}
