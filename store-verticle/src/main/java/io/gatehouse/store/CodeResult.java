package io.gatehouse.store;

import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.User;
import java.util.List;

/** How the presentation of a code ended. */
public sealed interface CodeResult {
    /** What a ticket is made of. */
    record Redeemed(AuthorizationCode code, User user, Client client) implements CodeResult {}

    /** @param denials what died with it */
    record Refused(TakeRefusal reason, List<SequencedDenial> denials) implements CodeResult {
        public Refused {
            denials = List.copyOf(denials);
        }
    }
}
