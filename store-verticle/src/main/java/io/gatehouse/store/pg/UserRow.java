package io.gatehouse.store.pg;

import io.gatehouse.common.model.User;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/** A row of {@code users}: the user as it was declared, and what has changed since. */
final class UserRow {
    /** Of a row or column {@code u}. */
    static final String COLUMNS = Cells.select("u", "record", "state", "epoch", "version", "last_login_at");

    private UserRow() {}

    /** Null where the row is none. */
    static @Nullable User read(Row row) {
        if (row.getBuffer("u_record") == null) {
            return null;
        }
        User declared = Cells.record(row, "u_record", User.class);
        UserState state = UserState.valueOf(Cells.text(row, "u_state"));
        UserProfile profile = declared.profile().inState(state, Cells.instantOrNull(row, "u_last_login_at"));
        return new User(profile, declared.passwordHash(), Cells.number(row, "u_epoch"), Cells.number(row, "u_version"));
    }
}
