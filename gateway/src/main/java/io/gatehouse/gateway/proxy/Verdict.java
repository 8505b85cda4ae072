package io.gatehouse.gateway.proxy;

import io.gatehouse.gateway.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What becomes of a request at the door. */
public sealed interface Verdict {
    /**
     * It may go on.
     *
     * @param identity whom the upstream is told it comes from
     * @param counts whether what opened the door still counts now: neither expired nor revoked
     * @param told headers for its sender, beside those of the answer
     */
    record Passed(Route route, Identity identity, BooleanSupplier counts, List<Reply.Header> told) implements Verdict {
        public Passed {
            told = List.copyOf(told);
        }

        Passed telling(Reply.Header header) {
            List<Reply.Header> more = new ArrayList<>(told);
            more.add(header);
            return new Passed(route, identity, counts, more);
        }
    }

    /**
     * It may not, and its sender gets this answer: 401, 403, 429, or the way to a login.
     *
     * @param reply whole, with all of its headers
     */
    record Answered(Route route, Reply reply) implements Verdict {}
}
