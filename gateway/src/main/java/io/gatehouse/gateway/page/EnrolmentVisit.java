package io.gatehouse.gateway.page;

import io.gatehouse.gateway.oauth.AuthorizationRequest;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is on the way to who is to enrol a second factor. It travels sealed.
 *
 * @param request that asks for two factors; null: none
 * @param service that does; null: none
 */
public record EnrolmentVisit(
        @Nullable AuthorizationRequest request, @Nullable ServiceVisit service) {
    /** Of who came by the own account. */
    static final EnrolmentVisit PLAIN = new EnrolmentVisit(null, null);

    boolean leadsOn() {
        return request != null || service != null;
    }
}
