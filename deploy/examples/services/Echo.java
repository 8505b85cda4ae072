import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;

/**
 * A service that says what it hears, over WebSocket. Argument: its port. Run as a single source file with gatehouse.jar, which
 * holds Vert.x, on the class path.
 */
public final class Echo {
    private Echo() {}

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(arguments[0])))
                .webSocketHandler(socket -> socket.textMessageHandler(socket::writeTextMessage))
                .listen()
                .onSuccess(listening -> System.out.println("echo ready"))
                .onFailure(failure -> {
                    System.err.println(failure.getMessage());
                    System.exit(1);
                });
    }
}
