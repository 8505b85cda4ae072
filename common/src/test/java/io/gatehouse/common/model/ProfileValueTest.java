package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.model.ProfileValue.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileValueTest {
    @ParameterizedTest
    @CsvSource({
        "Uid, UID",
        "UserName, USERNAME",
        "FullName, NAME",
        "Email[0].Value, EMAIL",
        "EmailVerified, EMAIL_VERIFIED",
        "PhoneId, PHONE",
        "PhoneIdVerified, PHONE_VERIFIED",
        "ExternalIds[0].SourceId, EMPLOYEE_ID",
        "Roles, ROLES",
    })
    void aPathNamesAField(String path, Field field) {
        assertThat(ProfileValue.parse(path)).isEqualTo(new ProfileValue(field, null));
        assertThat(ProfileValue.NOTATIONS).contains(path);
    }

    @Test
    void furtherClaimsAreNamedBehindADot() {
        assertThat(ProfileValue.parse("CustomFields.team")).isEqualTo(new ProfileValue(Field.CLAIM, "team"));
        assertThat(ProfileValue.parse("CustomFields.a.b")).isEqualTo(new ProfileValue(Field.CLAIM, "a.b"));
        assertThat(ProfileValue.NOTATIONS).contains("CustomFields.NAME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "uid",
                "Uid ",
                "Email",
                "Email[1].Value",
                "Password",
                "CustomFields",
                "CustomFields.",
                "customfields.team"
            })
    void anythingElseNamesNothing(String path) {
        assertThat(ProfileValue.parse(path)).isNull();
    }

    @Test
    void everyFieldHasAPath() {
        List<Field> named = Arrays.stream(ProfileValue.NOTATIONS.split(", | and "))
                .map(path -> Objects.requireNonNull(ProfileValue.parse(path)).field())
                .toList();

        assertThat(named).containsExactlyInAnyOrder(Field.values());
    }
}
