package io.gatehouse.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.UserProfile;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records end up in log lines and exceptions: what they print holds no secret and no personal datum. */
class PrintedTextTest {
    static Set<Class<? extends Record>> records() {
        return RecordsOfTheBus.all();
    }

    @ParameterizedTest
    @MethodSource("records")
    void holdsNothingThatIsNotForLogs(Class<? extends Record> type) throws ReflectiveOperationException {
        for (int alternative = 0; alternative < 2; alternative++) {
            Record sample = Samples.of(type, alternative);
            List<String> unspeakable = new ArrayList<>();
            collect(sample, unspeakable);

            assertThat(sample.toString()).isNotBlank();
            assertThat(unspeakable)
                    .allSatisfy(text -> assertThat(sample.toString()).doesNotContain(text));
        }
    }

    @Test
    void theSearchFindsWhatIsNotForLogs() throws ReflectiveOperationException {
        List<String> found = new ArrayList<>();
        collect(Samples.of(Users.Authenticate.class), found);
        collect(Samples.of(Users.Declare.class), found);
        collect(Samples.of(Issuer.Issue.class, 1), found);
        collect(Samples.of(Issuer.Issued.class), found);
        collect(Samples.of(Tenants.FindByApikey.class), found);

        assertThat(found)
                .contains("password-secret", "secret-secret", "accessToken-secret", "value-text")
                .contains("email-text", "phone-text", "username-text", "apikey-text");
    }

    private static void collect(Object value, List<String> unspeakable) throws ReflectiveOperationException {
        if (value instanceof Collection<?> list) {
            for (Object element : list) {
                collect(element, unspeakable);
            }
        } else if (value instanceof Bytes bytes) {
            addForms(bytes, unspeakable);
        } else if (value instanceof Secret secret) {
            unspeakable.add(secret.reveal());
            addForms(secret.digest().value(), unspeakable);
        } else if (value instanceof Digest digest) {
            addForms(digest.value(), unspeakable);
        } else if (value instanceof Record composite) {
            collectPersonal(composite, unspeakable);
            for (RecordComponent component : composite.getClass().getRecordComponents()) {
                collect(component.getAccessor().invoke(composite), unspeakable);
            }
        }
    }

    private static void collectPersonal(Record value, List<String> unspeakable) {
        if (value instanceof UserProfile profile) {
            unspeakable.addAll(List.of(profile.username(), profile.name(), profile.email(), profile.phone()));
            unspeakable.add(profile.employeeId());
            unspeakable.addAll(profile.claims().values());
        } else if (value instanceof LoginName name) {
            unspeakable.add(name.value());
        } else if (value instanceof Tenant tenant) {
            unspeakable.add(tenant.apikey());
        } else if (value instanceof Tenants.FindByApikey find) {
            unspeakable.add(find.apikey());
        }
    }

    private static void addForms(Bytes bytes, List<String> unspeakable) {
        byte[] array = bytes.toArray();
        unspeakable.add(bytes.base64Url());
        unspeakable.add(bytes.utf8());
        unspeakable.add(HexFormat.of().formatHex(array));
        unspeakable.add(Arrays.toString(array));
    }
}
