package io.gatehouse.gateway.page;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.RequestedClaims;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.StandardClaims;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.gateway.oauth.AuthorizationRequest;
import io.gatehouse.gateway.oauth.Step;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the consent page shows.
 *
 * @param action path that the form is posted to
 * @param request sealed: what is asked, and in which session
 * @param userName who is asked
 * @param wanted what it wants
 * @param policyUri of the client; null: none
 * @param tosUri of the client; null: none
 * @param unverified whether nothing but its redirect says who the client is
 * @param offline whether it goes on when the user is away
 * @param stranger null: somebody vouches for the client
 */
public record ConsentView(
        String action,
        String request,
        String clientName,
        String userName,
        WantedView wanted,
        @Nullable String policyUri,
        @Nullable String tosUri,
        boolean unverified,
        boolean offline,
        @Nullable StrangerLine stranger) {
    /** @param box sealed */
    static ConsentView of(Step.Consent step, Look look, String box) {
        Client client = step.client();
        UserProfile user = step.user();
        Scope scope = step.request().scope();
        return new ConsentView(
                look.path(PagePaths.CONSENT),
                box,
                ClientNames.of(client),
                Objects.requireNonNullElse(user.name(), user.username()),
                WantedView.of(lines(step.request(), look), step.request().access(), look),
                client.registration().policyUri(),
                client.registration().tosUri(),
                step.forgetful(),
                scope.contains(ScopeLine.OFFLINE_ACCESS),
                StrangerLine.of(client, step.request().redirectUri()));
    }

    /** The scope, then what is asked for by the claim and not in it. */
    private static List<ScopeLine> lines(AuthorizationRequest request, Look look) {
        RequestedClaims claims = Objects.requireNonNullElse(request.claims(), RequestedClaims.NONE);
        Stream<String> values = ScopeLine.of(request.scope()).stream();
        Stream<String> extra = Stream.concat(claims.userinfo().stream(), claims.idToken().stream())
                .filter(name -> !StandardClaims.namesOf(request.scope()).contains(name));
        return Stream.concat(values, extra).distinct().map(look::scope).toList();
    }
}
