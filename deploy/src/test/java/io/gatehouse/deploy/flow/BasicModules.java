package io.gatehouse.deploy.flow;

/** Modules of the basic plan, whichever way its answers come: each test has the name of the module that it mirrors. */
interface BasicModules {
    /** The plan's first client. */
    RelyingParty client();

    /** Somebody whom the server has never seen. */
    default Person somebody() {
        return new Person(client().caller().base());
    }
}
