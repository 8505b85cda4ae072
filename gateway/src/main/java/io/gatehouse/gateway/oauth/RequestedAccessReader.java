package io.gatehouse.gateway.oauth;

import io.gatehouse.common.details.AuthorizationDetails;
import io.gatehouse.common.details.DetailType;
import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RequestedAccess;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for beside its scope: {@code resource} (RFC 8707) and {@code authorization_details} (RFC 9396), which are
 * the same wherever a request may hold them.
 */
final class RequestedAccessReader {
    private static final String DETAILS = "authorization_details";

    private final Map<String, DetailCheck> types = new TreeMap<>();

    RequestedAccessReader(List<DetailType> declared) {
        declared.forEach(type -> types.put(type.name(), new DetailCheck(type)));
    }

    /** Of the installation, for the metadata. */
    List<String> types() {
        return List.copyOf(types.keySet());
    }

    /**
     * Null where there is neither.
     *
     * @throws io.gatehouse.common.error.OAuthFailure invalid_target or invalid_authorization_details, where the client did not
     *     register one of them, or details are not as their type says
     */
    @Nullable
    RequestedAccess read(Client client, Parameters parameters) {
        RequestedAccess services = ResourceIndicators.read(client, parameters);
        String text = parameters.get(DETAILS);
        if (text == null) {
            return services;
        }
        AuthorizationDetails details = AuthorizationDetails.parse(text);
        check(client, details);
        List<String> resources = services == null ? List.of() : services.resources();
        if (details.length() + length(resources) > AuthorizationDetails.LONGEST) {
            throw AuthorizationDetails.refused(
                    "and resource are longer than " + AuthorizationDetails.LONGEST + " bytes: ask for less at once");
        }
        return new RequestedAccess(resources, details.text());
    }

    /** Whether a request that names no scope means none: its details say all that it wants. */
    static boolean isForDetails(Parameters parameters) {
        return parameters.get(DETAILS) != null;
    }

    private void check(Client client, AuthorizationDetails details) {
        AccessLimits limits = Objects.requireNonNullElse(client.extensions().access(), AccessLimits.NONE);
        for (JsonObject detail : details.all()) {
            String named = detail.getString("type");
            DetailCheck type = types.get(named);
            if (type == null || !limits.authorizationDetailsTypes().contains(named)) {
                throw AuthorizationDetails.refused("has a type that is not registered for this client:"
                        + " name it in its authorization_details_types");
            }
            type.check(detail);
        }
    }

    private static int length(List<String> texts) {
        return texts.stream()
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
