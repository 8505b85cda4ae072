package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Taking;
import io.gatehouse.common.message.Devices;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;

/** RFC 8628, sections 3.4 and 3.5. Once the user has allowed it, the code that this wrote is spent as any other. */
final class DeviceCodeGrant implements Grant {
    private final Bus bus;
    private final GrantOpening opening;
    private final RevocationList revocations;

    DeviceCodeGrant(Bus bus, GrantOpening opening, RevocationList revocations) {
        this.bus = bus;
        this.opening = opening;
        this.revocations = revocations;
    }

    @Override
    public String grantType() {
        return Devices.GRANT_TYPE;
    }

    @Override
    public Future<TokenResponse> grant(GrantRequest request) {
        AuthenticatedClient client = request.client();
        CodeId device = CodeId.parse(request.parameters().require("device_code"));
        if (device == null) {
            return Future.failedFuture(invalid());
        }
        return bus.ask(new Devices.Poll(client.tenant(), client.clientId(), device))
                .compose(polled -> answer(polled.state(), request, device));
    }

    private Future<TokenResponse> answer(Devices.State state, GrantRequest request, CodeId device) {
        return switch (state) {
            case ALLOWED -> take(request, device);
            case PENDING -> refused(Code.AUTHORIZATION_PENDING, "the user has not decided yet: ask again");
            case TOO_EARLY ->
                refused(Code.SLOW_DOWN, "the device asks too often: wait five seconds longer from now on");
            case EXPIRED -> refused(Code.EXPIRED_TOKEN, "nobody decided in time: begin again");
            case DENIED -> refused(Code.DEVICE_DENIED, "the user refused");
            case UNKNOWN -> Future.failedFuture(invalid());
        };
    }

    private Future<TokenResponse> take(GrantRequest request, CodeId device) {
        AuthenticatedClient client = request.client();
        return bus.ask(new Codes.Take(client.tenant(), client.clientId(), device.ofDevice(), null, null))
                .compose(taking -> switch (taking) {
                    case Taking.Taken taken ->
                        opening.open(taken.ticket(), client.statement(), taken.profile(), request.terms());
                    case Taking.Refused refused -> {
                        revocations.add(refused.denials());
                        yield Future.<TokenResponse>failedFuture(invalid());
                    }
                })
                .map(response -> client.client().mayUse("refresh_token") ? response : response.withoutRefreshToken());
    }

    private static Future<TokenResponse> refused(Code code, String description) {
        return Future.failedFuture(OAuthError.failure(code, description));
    }

    private static RuntimeException invalid() {
        return OAuthError.failure(Code.INVALID_GRANT, "the device_code is invalid, spent or another client's");
    }
}
