package io.gatehouse.store.pg;

import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.UnusableStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** What a database says about itself: its incarnation, and whether it holds demo data. */
final class PgIdentity {
    /** Who does not own the tables can't make the partitions of the days to come. */
    private static final String ESTABLISH = """
            SELECT incarnation, demo, filled,
                (SELECT bool_and(pg_has_role(current_user, relowner, 'USAGE')) FROM pg_class
                    WHERE oid IN ('codes'::regclass, 'spent'::regclass, 'grants'::regclass)) AS owned
            FROM establish_1($1, $2)
            """;

    private PgIdentity() {}

    /**
     * Makes a new database ready, or looks whether this one may be used so.
     *
     * @param place of the database, for people
     * @return the incarnation; fails with {@link UnusableStore} where a demo's data would meet other data
     */
    static Future<String> establish(Statements.Server server, boolean demo, String place) {
        return ask(server, demo).map(rows -> incarnation(rows.iterator().next(), demo, place));
    }

    /** Makes a new database ready, whatever it is to hold. */
    static Future<Void> make(Statements.Server server) {
        return ask(server, false).mapEmpty();
    }

    private static Future<RowSet<Row>> ask(Statements.Server server, boolean demo) {
        return server.run(ESTABLISH, Tuple.of(demo, Cells.of(new Tenant(Tenant.MAIN, null, null, 0))));
    }

    private static String incarnation(Row row, boolean demo, String place) {
        if (!Cells.flag(row, "owned")) {
            throw refuse(
                    place,
                    "belongs to another user than store.uri names, who can't make the tables of the days to come:"
                            + " start as the owner of its tables, or GRANT the owner's role to this user");
        }
        boolean marked = Cells.flag(row, "demo");
        if (marked && !demo) {
            throw refuse(
                    place,
                    "holds demo data, whose passwords everybody knows: start with --demo, or set store.uri to another"
                            + " database");
        }
        if (demo && !marked) {
            throw refuse(
                    place,
                    "holds data that is not the demo's: start without --demo, or set store.uri to another database");
        }
        return Cells.text(row, "incarnation");
    }

    private static UnusableStore refuse(String place, String reason) {
        return new UnusableStore("The database " + place + " " + reason, null);
    }
}
