package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Sealed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeysTest {
    private static final Bytes AAD = Bytes.utf8("here");
    private static final Bytes TEXT = Bytes.utf8("private");

    @Test
    void open_withAnEarlierKey_opensWhatItSealed() {
        Bytes first = Entropy.bytes(32);
        Bytes second = Entropy.bytes(32);
        MasterKeys before = new MasterKeys(first, List.of());
        MasterKeys after = new MasterKeys(second, List.of(first));
        Sealed old = before.seal(TEXT, AAD);
        assertThat(after.open(old, AAD)).isEqualTo(TEXT);
        assertThat(after.seal(TEXT, AAD).keyId()).isEqualTo(after.sealingId()).isNotEqualTo(old.keyId());
        assertThat(before.open(after.seal(TEXT, AAD), AAD)).isNull();
    }

    @Test
    void open_underAnotherKeysName_isRefused() {
        MasterKeys one = new MasterKeys(Entropy.bytes(32), List.of());
        MasterKeys other = new MasterKeys(Entropy.bytes(32), List.of());
        Sealed renamed = new Sealed(other.sealingId(), one.seal(TEXT, AAD).box());
        assertThat(other.open(renamed, AAD)).isNull();
        assertThat(other.has(one.sealingId())).isFalse();
    }

    @Test
    void id_isTheSameForTheSameKeyAndTellsNothingOfIt() {
        Bytes key = Bytes.of(new byte[32]);
        String id = new MasterKeys(key, List.of()).sealingId();
        assertThat(id).isEqualTo(new MasterKeys(key, List.of()).sealingId()).hasSize(11);
    }

    @Test
    void constructor_refusesAnotherLength() {
        assertThatThrownBy(() -> new MasterKeys(Entropy.bytes(16), List.of()))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining("32 bytes");
    }

    @Test
    void of_prefersTheConfiguredKeyAndMakesNoFile(@TempDir Path folder) {
        MasterKeys keys = MasterKeys.of(ConfigLoader.parse(TokenNode.CONFIG + "store: {path: " + folder + "}"));
        assertThat(keys.sealingId())
                .isEqualTo(
                        new MasterKeys(Bytes.of(java.util.Base64.getDecoder().decode(TokenNode.MASTER_KEY)), List.of())
                                .sealingId());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void of_withoutAKey_makesTheFileOfTheEmbeddedStore(@TempDir Path folder) {
        String yaml = "store: {path: " + folder + "}";
        try (CapturedLog log = new CapturedLog(MasterKeyFile.class.getName())) {
            String made = MasterKeys.of(ConfigLoader.parse(yaml)).sealingId();
            assertThat(Files.exists(folder.resolve("master.key"))).isTrue();
            assertThat(MasterKeys.of(ConfigLoader.parse(yaml)).sealingId()).isEqualTo(made);
            assertThat(log.lines()).isNotEmpty();
        }
    }

    @Test
    void of_withoutAKeyAndWithoutAStore_saysWhatToDo() {
        String yaml = "issuer: https://login.example.org\nroles: [gateway, token]";
        assertThatThrownBy(() -> MasterKeys.of(ConfigLoader.parse(yaml)))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining("keys.master_key")
                .hasMessageContaining("openssl rand -base64 32");
    }
}
