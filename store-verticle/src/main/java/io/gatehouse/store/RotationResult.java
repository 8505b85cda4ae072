package io.gatehouse.store;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.model.SequencedDenial;
import java.util.List;

/** How the exchange of a refresh token ended. */
public sealed interface RotationResult {
    /** The successor took over. */
    record Rotated(Standing standing) implements RotationResult {}

    /** The presented secret was exchanged a moment ago, for this. */
    record Replayed(Standing standing, Bytes sealedSuccessor) implements RotationResult {}

    /** The client's refresh tokens do not rotate. */
    record Kept(Standing standing) implements RotationResult {}

    /** @param denials what died with it */
    record Refused(Refusal reason, List<SequencedDenial> denials) implements RotationResult {}
}
