import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;

/**
 * What Vert.x costs without Gatehouse: reads a request whole and answers a constant of the size given in the query. Run
 * as a single source file with the fat jar on the class path.
 */
public final class BareServer extends AbstractVerticle {
    private static int port;

    @Override
    public void start() {
        vertx.createHttpServer()
                .requestHandler(request -> {
                    int size = Integer.parseInt(request.path().substring(1));
                    request.body().onSuccess(body -> request.response()
                            .putHeader("content-type", "application/json")
                            .putHeader("cache-control", "no-store")
                            .end(constant(size)));
                })
                .listen(port, "127.0.0.1");
    }

    private final Buffer[] constants = new Buffer[8192];

    private Buffer constant(int size) {
        if (constants[size] == null) {
            constants[size] = Buffer.buffer("x".repeat(size));
        }
        return constants[size];
    }

    public static void main(String[] arguments) {
        port = Integer.parseInt(arguments[0]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        int loops = Runtime.getRuntime().availableProcessors();
        vertx.deployVerticle(BareServer.class.getName(), new DeploymentOptions().setInstances(loops))
                .onSuccess(id -> System.out.println("bare server ready"))
                .onFailure(failure -> {
                    System.err.println(failure.getMessage());
                    System.exit(1);
                });
    }
}
