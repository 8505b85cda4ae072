package io.gatehouse.common.message;

/** Whether the token role can sign. */
public sealed interface TokenHealth<R> extends TokenRequest<R> {
    String ADDRESS = "gatehouse.v1.token.health";

    @Override
    default String address() {
        return ADDRESS;
    }

    record Check() implements TokenHealth<PartHealth> {
        @Override
        public boolean isRead() {
            return true;
        }
    }
}
