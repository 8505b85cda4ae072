package io.gatehouse.gateway.endpoint;

import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.http.ClientCredentialsReader;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.ClientAuthenticator;
import io.gatehouse.gateway.oauth.DeviceAuthorization;
import io.gatehouse.gateway.oauth.Parameters;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** POST /oauth2/device_authorization (RFC 8628, section 3.1). */
public final class DeviceAuthorizationEndpoint implements Endpoint {
    private final ClientAuthenticator clients;
    private final DeviceAuthorization devices;
    private final String baseIssuer;

    /** @param baseIssuer of the default tenant */
    public DeviceAuthorizationEndpoint(ClientAuthenticator clients, DeviceAuthorization devices, String baseIssuer) {
        this.clients = clients;
        this.devices = devices;
        this.baseIssuer = baseIssuer;
    }

    @Override
    public Future<Reply> handle(Exchange exchange) {
        Parameters parameters = FormBody.read(exchange);
        return clients.authenticate(exchange.tenant(), ClientCredentialsReader.read(exchange, parameters))
                .compose(client -> devices.begin(client, parameters, exchange.clientAddress()))
                .map(begun -> reply(Tenant.issuer(baseIssuer, exchange.tenant()) + "/device", begun));
    }

    /** The long form of the address is for a QR code: it fills in the code, and whoever opens it is asked all the same. */
    private static Reply reply(String uri, DeviceAuthorization.Begun begun) {
        String userCode = begun.userCode().shown();
        return Reply.secretJson(
                200,
                new JsonObject()
                        .put("device_code", begun.deviceCode().reveal())
                        .put("user_code", userCode)
                        .put("verification_uri", uri)
                        .put("verification_uri_complete", uri + "?user_code=" + userCode)
                        .put("expires_in", begun.life().toSeconds())
                        .put("interval", begun.interval().toSeconds()));
    }
}
