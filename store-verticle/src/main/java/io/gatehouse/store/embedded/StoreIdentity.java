package io.gatehouse.store.embedded;

import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.copy.CopyFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a file says about itself: its format, its incarnation, and whether it holds demo data. */
final class StoreIdentity {
    /** Of keys and tables; rows have a format byte of their own. */
    private static final int FORMAT = 1;

    private static final String FORMAT_FACT = "format";
    private static final String INCARNATION_FACT = "incarnation";
    private static final String DEMO_FACT = "demo";

    private StoreIdentity() {}

    /**
     * Makes a new file ready, or looks whether this one may be used so.
     *
     * @return the incarnation
     * @throws io.gatehouse.store.UnusableStore where a demo's data would meet other data, or a copy forbids it
     */
    static String establish(Tables tables, boolean demo, DataFolder folder, Instant now) {
        String incarnation = identify(tables, folder);
        String refusal = CopyFacts.refusal(all(tables), now);
        if (refusal != null) {
            throw folder.refuse(refusal);
        }
        checkDemo(tables, demo, folder);
        tables.undo.keep();
        return incarnation;
    }

    /** Makes a new file ready, whatever it is to hold; gives the incarnation. */
    static String identify(Tables tables, DataFolder folder) {
        String incarnation = tables.facts.get(INCARNATION_FACT);
        if (incarnation == null) {
            incarnation = create(tables);
        }
        checkFormat(tables.facts.get(FORMAT_FACT), folder);
        tables.undo.keep();
        return incarnation;
    }

    /** Every fact, by its name. */
    static Map<String, String> all(Tables tables) {
        Map<String, String> facts = new HashMap<>();
        tables.facts.scan("", (name, value) -> {
            facts.put(name, value);
            return true;
        });
        return facts;
    }

    private static String create(Tables tables) {
        String incarnation = UUID.randomUUID().toString();
        tables.facts.put(FORMAT_FACT, Integer.toString(FORMAT));
        tables.facts.put(INCARNATION_FACT, incarnation);
        tables.tenants.put(RowKey.of(Tenant.MAIN), new Tenant(Tenant.MAIN, null, null, 1));
        return incarnation;
    }

    private static void checkFormat(@Nullable String format, DataFolder folder) {
        if (!Integer.toString(FORMAT).equals(format)) {
            throw folder.refuse("has the format " + format + ", and this build knows " + FORMAT
                    + ": it was written by a newer Gatehouse, start that one");
        }
    }

    private static void checkDemo(Tables tables, boolean demo, DataFolder folder) {
        boolean marked = tables.facts.has(DEMO_FACT);
        if (marked && !demo) {
            throw folder.refuse("holds demo data, whose passwords everybody knows: start with --demo, or set store.path"
                    + " to another folder");
        }
        if (demo && !marked && !isEmpty(tables)) {
            throw folder.refuse("holds data that is not the demo's: start without --demo, or set store.path to another"
                    + " folder");
        }
        if (demo && !marked) {
            tables.facts.put(DEMO_FACT, "true");
        }
    }

    private static boolean isEmpty(Tables tables) {
        return tables.users.size() == 0 && tables.clients.size() == 0 && tables.keySets.size() == 0;
    }
}
