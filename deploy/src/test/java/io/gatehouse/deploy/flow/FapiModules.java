package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

/** Modules of the FAPI 2.0 plans: each test has the name of the module that it mirrors. */
interface FapiModules {
    FapiParty first();

    FapiParty second();

    /** Somebody whom the server has never seen. */
    default Person somebody() {
        return new Person(first().caller().base());
    }

    /** What the first client gets for somebody. */
    default Answer tokens(String... changes) {
        Answer answer = first().redeem(first().code(somebody(), changes));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }
}
