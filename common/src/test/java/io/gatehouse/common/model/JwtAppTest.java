package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.message.Samples;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JwtAppTest {
    private static final JwtApp APP = app("k1", "box");

    @Test
    void declaresTheSameWhateverItsVersion() {
        assertThat(APP.declaresSameAs(APP.withVersion(7))).isTrue();
        assertThat(APP.withVersion(7)).isNotEqualTo(APP).returns(7L, JwtApp::version);
    }

    /** Two seals of one key are never the same bytes. */
    @Test
    void anotherBoxOfTheSameKeyIsNoNews() {
        assertThat(APP.declaresSameAs(app("k1", "another box"))).isTrue();
    }

    @Test
    void aSealByAnotherMasterKeyIsNews() {
        assertThat(APP.declaresSameAs(app("k2", "box"))).isFalse();
    }

    static List<String> declared() {
        return Arrays.stream(JwtApp.class.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !Set.of("key", "version").contains(name))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("declared")
    void everythingElseIsDeclared(String component) throws ReflectiveOperationException {
        JwtApp changed = changed(component);

        assertThat(changed).isNotEqualTo(APP);
        assertThat(APP.declaresSameAs(changed)).isFalse();
        assertThat(changed.declaresSameAs(APP)).isFalse();
    }

    /** The app with one component of another one. */
    private static JwtApp changed(String name) throws ReflectiveOperationException {
        JwtApp other = new JwtApp(
                "other",
                "other",
                JwtAlgorithm.RS256,
                APP.key(),
                Digest.of("other"),
                Duration.ofSeconds(1),
                null,
                List.of(),
                Map.of(),
                Map.of(),
                APP.version(),
                true);
        RecordComponent[] components = JwtApp.class.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    components[i].getAccessor().invoke(components[i].getName().equals(name) ? other : APP);
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return JwtApp.class.getConstructor(types).newInstance(values);
    }

    private static JwtApp app(String masterKey, String box) {
        JwtApp sample = Samples.of(JwtApp.class);
        return new JwtApp(
                sample.tenant(),
                sample.name(),
                JwtAlgorithm.HS256,
                new Sealed(masterKey, Bytes.utf8(box)),
                sample.keyDigest(),
                sample.life(),
                sample.issuer(),
                sample.audiences(),
                sample.mapping(),
                sample.metadata(),
                sample.version(),
                false);
    }
}
