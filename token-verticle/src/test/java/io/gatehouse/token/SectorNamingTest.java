package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Core, section 8.1: unique in a sector, the same every time, and no way from one sector to another. */
class SectorNamingTest {
    private static final String SUBJECT = "0c7e6d0a-5d2c-4a7b-8f3e-1b2c3d4e5f60";
    private static final String SESSION = "UMQAAAAAAAAAAAAAAAAAAAAA";
    private static final Bytes SECRET = secret();

    private final Naming shop = naming("main", "shop.example.org");

    private static Bytes secret() {
        byte[] bytes = new byte[32];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) i);
        return Bytes.owned(bytes);
    }

    private static Naming naming(String tenant, String sector) {
        return new SectorNaming(SECRET, tenant, sector);
    }

    /** Computed by another program, from RFC 5869 and FIPS 197. */
    @Test
    void names_areWhatTheyHaveAlwaysBeen() {
        assertThat(shop.sub(SUBJECT)).isEqualTo("W9Pliv3-m2oACmT6uiABMQ");
        assertThat(shop.sid(SESSION)).isEqualTo("UMTXgjoEMYNLkUogetGOQQZY");
    }

    @Test
    void names_leadBack() {
        for (int i = 0; i < 100; i++) {
            String subject = UUID.randomUUID().toString();
            assertThat(shop.sub(subject)).hasSize(22);
            assertThat(shop.subject(shop.sub(subject))).isEqualTo(subject);
            String session = Bytes.of(new byte[] {0x50, (byte) i})
                    .plus(Entropy.bytes(16))
                    .base64Url();
            assertThat(shop.sessionId(shop.sid(session))).isEqualTo(session);
        }
    }

    @Test
    void names_ofAnotherSectorTenantOrSecret_areOthers() {
        Naming again = naming("main", "shop.example.org");
        assertThat(again.sub(SUBJECT)).isEqualTo(shop.sub(SUBJECT));
        assertThat(again.sid(SESSION)).isEqualTo(shop.sid(SESSION));
        for (Naming other : new Naming[] {
            naming("main", "bank.example.org"),
            naming("acme", "shop.example.org"),
            new SectorNaming(Entropy.bytes(32), "main", "shop.example.org")
        }) {
            assertThat(other.sub(SUBJECT)).isNotEqualTo(shop.sub(SUBJECT));
            assertThat(other.sid(SESSION)).isNotEqualTo(shop.sid(SESSION));
            assertThat(other.subject(shop.sub(SUBJECT))).isNotEqualTo(SUBJECT);
            assertThat(other.sessionId(shop.sid(SESSION))).isNotEqualTo(SESSION);
        }
    }

    /** Else a client could ask for the one and be told the other. */
    @Test
    void names_ofSessions_areNoNamesOfUsers() {
        String sameBytes = Bytes.of(new byte[2]).plus(Bytes.of(new byte[16])).base64Url();
        String nobody = new UUID(0, 0).toString();
        assertThat(shop.sid(sameBytes)).doesNotContain(shop.sub(nobody));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "W9Pliv3-m2oACmT6uiABM",
                "W9Pliv3-m2oACmT6uiABMQ==",
                "W9Pliv3-m2oACmT6uiABMR",
                "W9Pliv3-m2oACmT6uiABMQAA",
                "W9Pliv3+m2oACmT6uiABMQ",
                SUBJECT
            })
    void subject_ofWhatNobodyWasTold_isNone(String sub) {
        assertThat(shop.subject(sub)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UMTXgjoEMYNLkUogetGOQQZ", "UMTXgjoEMYNLkUogetGOQQZY==", "sid", SUBJECT})
    void session_ofWhatNobodyWasTold_isNone(String sid) {
        assertThat(shop.sessionId(sid)).isNull();
    }

    /** Two spellings of one UUID would be one user there and two here. */
    @ParameterizedTest
    @ValueSource(strings = {"0C7E6D0A-5D2C-4A7B-8F3E-1B2C3D4E5F60", "c7e6d0a-5d2c-4a7b-8f3e-1b2c3d4e5f60", "ada", ""})
    void sub_ofWhatIsNoSubject_isAMistake(String subject) {
        assertThatIllegalArgumentException().isThrownBy(() -> shop.sub(subject));
    }
}
