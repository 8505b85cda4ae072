package io.gatehouse.deploy.cluster;

/** Why a node can't be a member, in one line that says what to do. It quotes nothing that is in a file. */
public final class UnusableMember extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableMember(String message) {
        super(message, null, false, false);
    }
}
