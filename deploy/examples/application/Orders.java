import io.gatehouse.common.client.Application;
import io.gatehouse.common.client.BearerHandlers;
import io.gatehouse.common.client.Gatehouse;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.deploy.cluster.ApplicationMember;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Vert.x application that takes access tokens of Gatehouse and checks them in its own process.
 *
 * <p>java -cp deploy/target/gatehouse.jar deploy/examples/application/Orders.java OWN:PORT MEMBER:PORT CERTS SECRET AUDIENCE
 * HTTP-PORT
 */
public final class Orders {
    public static void main(String[] arguments) throws Exception {
        String own = arguments[0];
        int colon = own.lastIndexOf(':');
        ApplicationMember member = ApplicationMember.join(
                own.substring(0, colon),
                Integer.parseInt(own.substring(colon + 1)),
                List.of(arguments[1]),
                Path.of(arguments[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(member::close));
        String secret = Files.readString(Path.of(arguments[3])).strip();
        try {
            HttpServer server = serve(member.vertx(), secret, arguments[4], Integer.parseInt(arguments[5]))
                    .await();
            System.out.println("orders are at http://127.0.0.1:" + server.actualPort() + "/orders");
        } catch (OAuthFailure noGateway) {
            System.err.println("no gateway answers (" + noGateway.getMessage()
                    + "): start one, or see that its applications have the id orders with this secret");
            System.exit(1);
        }
    }

    public static Future<HttpServer> serve(Vertx vertx, String secret, String audience, int port) {
        return Gatehouse.connect(vertx, Application.of("orders", secret, audience)).compose(gatehouse -> {
            Router router = Router.router(vertx);
            router.route().handler(BearerHandlers.bearer(gatehouse));
            router.get("/orders").handler(BearerHandlers.scopes("api")).handler(context -> {
                AccessToken token = BearerHandlers.token(context);
                context.end("orders of " + token.subject() + "\n");
            });
            return vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1");
        });
    }
}
