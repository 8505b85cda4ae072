package io.gatehouse.store.copy;

import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.Registration;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of rows.
 *
 * @param name for people, in the plural; also remembered by copies that are under way
 */
record Kind<T extends Record>(String name, Function<Copyable, Rows<T>> of) {
    static final Kind<Tenant> TENANTS = new Kind<>("tenants", Copyable::tenants);

    /** In the order in which they are copied: a new one comes last, so that a copy that another build began goes on. */
    static final List<Kind<?>> ALL = List.of(
            TENANTS,
            new Kind<Client>("clients", Copyable::clients),
            new Kind<User>("users", Copyable::users),
            new Kind<JwtApp>("JWT apps", Copyable::jwtApps),
            new Kind<SealedKeySet>("key sets", Copyable::keySets),
            new Kind<Grant>("grants", Copyable::grants),
            new Kind<AuthorizationCode>("codes", Copyable::codes),
            new Kind<SpentValue>("spent values", Copyable::spent),
            new Kind<SequencedDenial>("denials", Copyable::denials),
            new Kind<Session>("sessions", Copyable::sessions),
            new Kind<Consent>("consents", Copyable::consents),
            new Kind<PendingLogout>("logouts", Copyable::logouts),
            new Kind<Registration>("registrations", Copyable::registrations),
            new Kind<SecondFactor>("second factors", Copyable::secondFactors));
}
