package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SigningAlgorithm;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeySealerTest {
    private final MasterKeys masterKeys = new MasterKeys(Entropy.bytes(32), List.of());
    private final KeySealer sealer = new KeySealer(masterKeys);
    private final JWK key = KeyMint.mint(SigningAlgorithm.RS256);
    private final SealedKey row =
            sealer.seal("main", SigningAlgorithm.RS256, SealedKey.State.ACTIVE, key, TokenNode.NOW);

    @Test
    void open_givesTheKeyBack() {
        assertThat(sealer.open("main", row)).isEqualTo(key);
    }

    @Test
    void seal_hidesThePrivatePart() {
        assertThat(row.publicJwk()).doesNotContain("\"d\"").doesNotContain("\"p\"");
        assertThat(row.privateJwk().box().utf8()).doesNotContain("kty");
        assertThat(row.toString())
                .doesNotContain(key.toRSAKey().getPrivateExponent().toString());
    }

    @Test
    void open_inAnotherTenant_isRefused() {
        refused("acme", row, "was changed in the store or belongs to another place");
    }

    @Test
    void open_underAnotherAlgorithmOrKid_isRefused() {
        refused("main", row(row.kid(), SigningAlgorithm.PS256, row.privateJwk()), "belongs to another place");
        refused("main", row("other", SigningAlgorithm.RS256, row.privateJwk()), "belongs to another place");
    }

    /** Parts that run together when they are put side by side are different places all the same. */
    @Test
    void open_inAPlaceSpelledAlike_isRefused() {
        JWK twin = KeyMint.mint(SigningAlgorithm.ES256);
        SealedKey sealed = sealer.seal("a", SigningAlgorithm.ES256, SealedKey.State.ACTIVE, twin, TokenNode.NOW);
        refused("atenant", sealed, "belongs to another place");
        refused("", sealed, "belongs to another place");
    }

    @Test
    void open_withAnotherMasterKey_saysWhichOneIsMissing() {
        KeySealer other = new KeySealer(new MasterKeys(Entropy.bytes(32), List.of()));
        assertThatThrownBy(() -> other.open("main", row))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining("sealed under master key " + masterKeys.sealingId())
                .hasMessageContaining("restore master.key or set keys.master_key");
    }

    @Test
    void open_ofEveryChangedByte_isRefused() {
        byte[] box = row.privateJwk().box().toArray();
        for (int i = 0; i < box.length; i++) {
            box[i] ^= 1;
            SealedKey changed =
                    row(row.kid(), row.algorithm(), new Sealed(row.privateJwk().keyId(), Bytes.of(box)));
            refused("main", changed, "was changed");
            box[i] ^= 1;
        }
        refused(
                "main",
                row(row.kid(), row.algorithm(), new Sealed(row.privateJwk().keyId(), Bytes.EMPTY)),
                "was changed");
    }

    private void refused(String tenant, SealedKey changed, String words) {
        assertThatThrownBy(() -> sealer.open(tenant, changed))
                .isInstanceOf(UnusableKey.class)
                .hasMessageContaining(words);
    }

    private SealedKey row(String kid, SigningAlgorithm algorithm, Sealed box) {
        return new SealedKey(kid, algorithm, SealedKey.State.ACTIVE, row.publicJwk(), box, TokenNode.NOW);
    }
}
