import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;

/**
 * What passing requests on costs by vertx-http-proxy alone. Arguments: its port, that of the one upstream. Run as a single
 * source file with the fat jar and vertx-http-proxy on the class path.
 */
public final class PlainProxy extends AbstractVerticle {
    private static int port;
    private static int upstream;

    @Override
    public void start() {
        HttpClientOptions options = new HttpClientOptions().setKeepAlive(true);
        HttpProxy proxy = HttpProxy.reverseProxy(vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(64)));
        proxy.origin(upstream, "127.0.0.1");
        vertx.createHttpServer().requestHandler(proxy).listen(port, "127.0.0.1");
    }

    public static void main(String[] arguments) {
        port = Integer.parseInt(arguments[0]);
        upstream = Integer.parseInt(arguments[1]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        int loops = Runtime.getRuntime().availableProcessors();
        vertx.deployVerticle(PlainProxy.class.getName(), new DeploymentOptions().setInstances(loops))
                .onSuccess(id -> System.out.println("plain proxy ready"))
                .onFailure(failure -> {
                    System.err.println(failure.getMessage());
                    System.exit(1);
                });
    }
}
