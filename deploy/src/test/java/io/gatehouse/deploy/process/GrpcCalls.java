package io.gatehouse.deploy.process;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Calls of gRPC whose messages are text, by a client that has an HTTP/2 of its own. */
final class GrpcCalls {
    private static final long PATIENCE_SECONDS = 60;

    private static final MethodDescriptor.Marshaller<String> TEXT = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream bytes) {
            try {
                return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private final Channel channel;

    /** @param authorization what each call shows */
    GrpcCalls(ManagedChannel channel, String authorization) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
        this.channel = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    /** To a port of loopback that has this certificate for a name. */
    static ManagedChannel channel(Path certificate, String name, int port)
            throws IOException, GeneralSecurityException {
        return OkHttpChannelBuilder.forAddress("127.0.0.1", port)
                .overrideAuthority(name + ":" + port)
                .sslSocketFactory(trusting(certificate).getSocketFactory())
                .build();
    }

    private static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static MethodDescriptor<String, String> method(MethodDescriptor.MethodType type, String name) {
        return MethodDescriptor.newBuilder(TEXT, TEXT)
                .setType(type)
                .setFullMethodName("echo.Echo/" + name)
                .build();
    }

    private static CallOptions patiently() {
        return CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The answer to one message. */
    String unary(String message) {
        return ClientCalls.blockingUnaryCall(
                channel, method(MethodDescriptor.MethodType.UNARY, "Say"), patiently(), message);
    }

    /** The answers to several on one stream: each is sent when the one before has been answered. */
    List<String> chat(String... messages) throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        StreamObserver<String> out = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(method(MethodDescriptor.MethodType.BIDI_STREAMING, "Chat"), patiently()),
                new StreamObserver<>() {
                    @Override
                    public void onNext(String message) {
                        heard.add(message);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        heard.add(failure.toString());
                    }

                    @Override
                    public void onCompleted() {
                        heard.add("(end)");
                    }
                });
        List<String> answers = new ArrayList<>();
        for (String message : messages) {
            out.onNext(message);
            answers.add(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        out.onCompleted();
        if (!"(end)".equals(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))) {
            throw new AssertionError("the call did not end well");
        }
        return answers;
    }
}
