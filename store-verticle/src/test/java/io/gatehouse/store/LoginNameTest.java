package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Authenticate;
import io.gatehouse.common.message.Users.Authentication;
import io.gatehouse.common.message.Users.Authentication.Authenticated;
import io.gatehouse.common.message.Users.Authentication.Rejected;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.LoginName.Kind;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By which of their names users may log in. */
class LoginNameTest extends RoleCase {
    private static final List<LoginName> NAMES = List.of(
            new LoginName(Kind.EMAIL, "ADA@example.org"),
            new LoginName(Kind.PHONE, "+15550101"),
            new LoginName(Kind.EMPLOYEE_ID, "E-2"));

    @Test
    void authenticate_takesEveryKindOfName() {
        ask(new Users.Declare(Samples.ada(true, true), null));
        for (LoginName name : NAMES) {
            assertThat(ask(name, PASSWORD)).isInstanceOf(Authenticated.class);
        }
        assertThat(ask(new LoginName(Kind.USERNAME, "ada@example.org"), PASSWORD))
                .isEqualTo(bad());
    }

    @Test
    void authenticate_takesAnAddressOrNumberOnceItIsKnownToBeTheirs() {
        ask(new Users.Declare(Samples.ada(false, false), null));
        for (LoginName name : NAMES) {
            assertThat(ask(name, "wrong")).isEqualTo(bad());
        }
        assertThat(NAMES.stream().map(name -> ask(name, PASSWORD)).toList())
                .satisfiesExactly(
                        byEmail -> assertThat(byEmail).isEqualTo(new Rejected(Rejection.EMAIL_NOT_VERIFIED)),
                        byPhone -> assertThat(byPhone).isEqualTo(new Rejected(Rejection.PHONE_NOT_VERIFIED)),
                        byEmployeeId -> assertThat(byEmployeeId).isInstanceOf(Authenticated.class));
        assertThat(ask(login("ada", PASSWORD))).isInstanceOf(Authenticated.class);
        ask(new Users.Declare(Samples.ada(true, false), null));
        assertThat(ask(NAMES.get(0), PASSWORD)).isInstanceOf(Authenticated.class);
        assertThat(ask(NAMES.get(1), PASSWORD)).isEqualTo(new Rejected(Rejection.PHONE_NOT_VERIFIED));
        ask(new Users.Declare(Samples.ada(false, true), null));
        assertThat(ask(NAMES.get(0), PASSWORD)).isEqualTo(new Rejected(Rejection.EMAIL_NOT_VERIFIED));
        assertThat(ask(NAMES.get(1), PASSWORD)).isInstanceOf(Authenticated.class);
    }

    private Authentication ask(LoginName name, String password) {
        return ask(new Authenticate(
                Tenant.MAIN, name, Secret.of(password), LOGIN_CLIENT, TokenFamily.LOGIN, Scope.EMPTY, "203.0.113.7"));
    }

    private static Authentication bad() {
        return new Rejected(Rejection.BAD_CREDENTIALS);
    }
}
