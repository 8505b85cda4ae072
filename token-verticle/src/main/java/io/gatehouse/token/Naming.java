package io.gatehouse.token;

import org.jspecify.annotations.Nullable;

/** By which names a client is told of users and sessions (OpenID Connect Core, section 8). */
interface Naming {
    /** As the store names them. */
    Naming PUBLIC = new Naming() {
        @Override
        public String sub(String subject) {
            return subject;
        }

        @Override
        public String subject(String sub) {
            return sub;
        }

        @Override
        public String sid(String sessionId) {
            return sessionId;
        }

        @Override
        public String sessionId(String sid) {
            return sid;
        }
    };

    /** What the client is told. */
    String sub(String subject);

    /** What the client was told, back; null where it can't have been. */
    @Nullable
    String subject(String sub);

    /** As {@link #sub}, of a session. */
    String sid(String sessionId);

    /** As {@link #subject}, of a session. */
    @Nullable
    String sessionId(String sid);
}
