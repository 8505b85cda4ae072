import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * A service that says what it hears, over gRPC: each message of a call is sent back as it comes, whatever the method is called.
 * Argument: its port, which takes HTTP/2 without TLS. Run as a single source file with gatehouse.jar, which holds Vert.x, on
 * the class path.
 */
public final class GrpcEcho {
    private GrpcEcho() {}

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(arguments[0])))
                .requestHandler(GrpcEcho::call)
                .listen()
                .onSuccess(listening -> System.out.println("grpc echo ready"))
                .onFailure(failure -> {
                    System.err.println(failure.getMessage());
                    System.exit(1);
                });
    }

    /** Messages stand behind their length both ways (gRPC over HTTP/2): what came can be sent back as it is. */
    private static void call(HttpServerRequest call) {
        HttpServerResponse answer = call.response().putHeader("content-type", "application/grpc");
        if (!"application/grpc".equals(call.getHeader("content-type"))) {
            answer.setStatusCode(415).end();
            return;
        }
        // The head of a call that goes on comes before its first message.
        answer.writeHead();
        call.pipe()
                .endOnComplete(false)
                .to(answer)
                .onSuccess(all -> answer.putTrailer("grpc-status", "0").end());
    }
}
