package io.gatehouse.gateway.page;

import java.util.List;

/**
 * The recovery codes, which are shown this once.
 *
 * @param next where the user goes on
 */
public record RecoveryView(List<String> codes, String next) {
    public RecoveryView {
        codes = List.copyOf(codes);
    }
}
