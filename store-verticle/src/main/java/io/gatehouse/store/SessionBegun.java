package io.gatehouse.store;

import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import java.util.List;

/**
 * How a login ended up in a session.
 *
 * @param session as it is now: the new one, or the browser's own under its new secret
 * @param denials what died with another user's
 */
public record SessionBegun(Session session, List<SequencedDenial> denials) {
    public SessionBegun {
        denials = List.copyOf(denials);
    }
}
