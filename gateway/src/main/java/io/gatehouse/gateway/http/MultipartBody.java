package io.gatehouse.gateway.http;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.gateway.oauth.Parameters;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the fields of a {@code multipart/form-data} body that has arrived whole; files in it are passed over. */
public final class MultipartBody {
    public static final String MEDIA_TYPE = "multipart/form-data";
    private static final int MAX_FIELDS = 64;
    private static final int MAX_PART_HEADER = 1024;

    private MultipartBody() {}

    /**
     * Fills and returns {@code parameters}.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_request, or what {@code parameters} refuses with
     */
    public static Parameters parse(Exchange exchange, Parameters parameters) {
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                "/",
                Unpooled.wrappedBuffer(exchange.body().getBytes()));
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, exchange.contentType());
        try {
            return read(request, parameters);
        } catch (OAuthFailure refused) {
            throw refused;
        } catch (RuntimeException | IOException malformed) {
            // Netty's decoder fails in many ways, with NullPointerException where the boundary is missing.
            throw OAuthError.failure(Code.INVALID_REQUEST, "the multipart body is malformed");
        }
    }

    private static Parameters read(FullHttpRequest request, Parameters parameters) throws IOException {
        // Memory only: nothing of a login form may reach a disk.
        DefaultHttpDataFactory memory = new DefaultHttpDataFactory(false, StandardCharsets.UTF_8);
        HttpPostMultipartRequestDecoder decoder = new HttpPostMultipartRequestDecoder(
                memory, request, StandardCharsets.UTF_8, MAX_FIELDS, MAX_PART_HEADER);
        try {
            for (InterfaceHttpData data : decoder.getBodyHttpDatas()) {
                if (data instanceof Attribute field) {
                    parameters.add(field.getName(), PercentDecoder.text(field.get()));
                }
            }
            return parameters;
        } finally {
            decoder.destroy();
        }
    }
}
