package org.velador.platform.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database as a hospital has it: one role owns the schema, another one runs the application. */
class RunningRoleTest {

    private static DataSource owner;
    private static DataSource running;

    @BeforeAll
    static void migrate() throws SQLException {
        DataSource superuser = TestDatabase.createEmpty();
        TestDatabase.execute(superuser, """
                create role test_owner login;
                create role test_running login;
                do $$ begin execute format('alter database %I owner to test_owner', current_database()); end $$""");
        owner = as(superuser, "test_owner");
        running = as(superuser, "test_running");
        TestDatabase.migrate(owner);
        try (Connection connection = owner.getConnection()) {
            assertThat(RunningRole.grant(connection, "test_running")).isEmpty();
        }
        execute(owner, "insert into patient (mrn, name, sex) values ('A', 'Ana', 'OTHER')");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "insert into place (code, ward, kind) values ('R-1', 'R', 'BED')",
        "update patient set name = 'B'",
        "insert into history_entry (patient_id, number, author, time, text, recorded_at, previous) values (1, 1, 'A', now(), 'x', now(), '')",
        "insert into history_head (patient_id, number, hash, unsigned) values (1, 0, '', 0); update history_head set number = 1",
        "select make_measurement_partitions(now() + interval '9 weeks')",
        "select make_measurement_partitions(now() + interval '20 weeks'); insert into measurement values (now() + interval '19 weeks', now(), 1, null, 1, 1, null, false, null)",
        "insert into audit_draft (instance, who, roles, action, patients, outcome) values ('r', 'A', '{}', 'x', '{}', 'done'); select seal_audit('r', 'r', 10); select * from audit_entry",
        "insert into audit_checkpoint values ('r', 1, now(), '{}', '{}', '{}', '', '', '')",
        "select * from abandoned_audit_chains(), audit_chain, audit_checkpoint",
        "select * from flyway_schema_history"})
    void runningRoleDoesWhatTheApplicationDoes(String sql) throws SQLException {
        execute(running, sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "update history_entry set text = 'y'",
        "delete from history_entry",
        "truncate history_entry",
        "alter table history_entry disable trigger all",
        "drop table history_entry",
        "delete from history_head",
        "truncate history_head cascade",
        "delete from patient",
        "update alarm_event set note = 'x'",
        "update audit_draft set who = 'B'",
        "delete from audit_draft",
        "truncate audit_draft",
        "insert into audit_entry select * from audit_entry",
        "update audit_entry set who = 'B'",
        "delete from audit_entry",
        "truncate audit_entry",
        "update audit_chain set number = 0",
        "delete from audit_chain",
        "update audit_checkpoint set number = 2",
        "delete from audit_checkpoint",
        "create or replace function seal_audit(chain text, sealer text, most int) returns int language sql as 'select 0'",
        "create or replace rule not_noted as on insert to audit_draft do instead nothing",
        "delete from flyway_schema_history",
        "create table mine (x int)",
        "set session_replication_role = replica"})
    void runningRoleDoesNotChangeWhatWasRecorded(String sql) {
        assertThatThrownBy(() -> execute(running, sql)).isInstanceOfSatisfying(SQLException.class,
                e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
    }

    @Test
    void rightsThatSomebodyHasAddedAreTakenBack() throws SQLException {
        execute(owner, "grant all on all tables in schema public to test_running");
        try (Connection connection = owner.getConnection()) {
            assertThat(RunningRole.grant(connection, "test_running")).isEmpty();
        }
        runningRoleDoesNotChangeWhatWasRecorded("delete from history_entry");
    }

    private static DataSource as(DataSource database, String role) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(((PGSimpleDataSource) database).getURL());
        source.setUser(role);
        return source;
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
