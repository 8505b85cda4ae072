package io.gatehouse.store.pg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * One step of the schema. A step that was ever released is never edited: databases remember its checksum. Each step
 * leaves the code of the release before it running: it adds, and what nobody needs any more goes a release later.
 *
 * @param version counts from 1
 * @param script the file's name
 * @param sql any number of statements, run in one transaction
 */
record Migration(int version, String script, String sql) {
    /** Of every step, in order: a jar can't be asked for the files of a folder. */
    static final List<String> SCRIPTS = List.of(
            "V1__tables.sql",
            "V2__partitions.sql",
            "V3__revocation_log.sql",
            "V4__principals.sql",
            "V5__codes.sql",
            "V6__grants.sql",
            "V7__limits.sql",
            "V8__sessions.sql",
            "V9__session_codes.sql",
            "V10__withdrawn_consents.sql",
            "V11__one_time_values.sql",
            "V12__devices.sql",
            "V13__pushed_requests.sql",
            "V14__registrations.sql",
            "V15__last_login.sql",
            "V16__verifiers.sql",
            "V17__second_factors.sql");

    /** Reads every step; blocks. */
    static List<Migration> all() {
        return SCRIPTS.stream().map(Migration::read).toList();
    }

    static Migration of(String script, String sql) {
        return new Migration(Integer.parseInt(script.substring(1, script.indexOf("__"))), script, sql);
    }

    /** What the step is about, as Flyway reads it from the name. */
    String description() {
        return script.substring(script.indexOf("__") + 2, script.length() - ".sql".length())
                .replace('_', ' ');
    }

    /** The number and what it is about, for people. */
    String title() {
        return version + ": " + description();
    }

    /** Flyway's: the CRC-32 of the lines without their ends. */
    int checksum() {
        CRC32 crc = new CRC32();
        sql.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) crc.getValue();
    }

    private static Migration read(String script) {
        try (InputStream in = Migration.class.getResourceAsStream("migration/" + script)) {
            if (in == null) {
                throw new IllegalStateException("no " + script + " on the class path");
            }
            return of(script, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
