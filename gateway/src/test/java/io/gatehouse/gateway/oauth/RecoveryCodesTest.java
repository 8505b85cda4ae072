package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryCodesTest {
    @Test
    void codesAreReadHoweverTheyAreWritten() {
        List<String> codes = RecoveryCodes.fresh(10);
        assertThat(codes).hasSize(10).doesNotHaveDuplicates().allSatisfy(code -> {
            assertThat(code).matches("([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}");
            Digest digest = RecoveryCodes.digest(code);
            assertThat(digest).isNotNull();
            assertThat(RecoveryCodes.digest(" " + code.toUpperCase(Locale.ROOT).replace('-', ' ') + "\n"))
                    .isEqualTo(digest);
            assertThat(RecoveryCodes.digest(code.replace("-", ""))).isEqualTo(digest);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "123456",
                "aaaa-aaaa-aaaa-aaa",
                "aaaa-aaaa-aaaa-aaaaa",
                "aaaa-aaaa-aaaa-aaa0",
                "aaaa-aaaa-aaaa-aaal"
            })
    void whatCanBeNoneIsNone(String written) {
        assertThat(RecoveryCodes.digest(written)).isNull();
    }
}
