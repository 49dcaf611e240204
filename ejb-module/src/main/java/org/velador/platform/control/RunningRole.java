package org.velador.platform.control;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Rights of the role that the application runs as, where the schema belongs to another one: to read and write all tables, and of
 * those that are only ever appended to no more than that; and to read alone what only functions of the owner write. Nobody but the owner can then change what was recorded.
 */
final class RunningRole {

    /** Whose rows are never changed and never taken away. */
    private static final String[] APPEND_ONLY = {"history_entry", "alarm_event", "audit_draft", "audit_checkpoint"};

    /** Which Flyway writes, or {@code seal_audit}. */
    private static final String[] READ_ONLY = {"flyway_schema_history", "audit_entry", "audit_chain"};

    /** Whose rows are changed, and never taken away. */
    private static final String[] KEPT = {"patient", "history_head"};

    private RunningRole() {
    }

    /**
     * Grants what is missing and revokes what is too much; where nothing is, this is one query.
     *
     * @param owner in no transaction
     * @return what could not be set right, such as the rights of a superuser
     */
    static List<String> grant(Connection owner, String role) throws SQLException {
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            // Instances that start at the same time would meet in the catalogue.
            statement.execute("select pg_advisory_xact_lock(hashtext('velador_grants'))");
            for (String change : differences(owner, role)) {
                statement.execute(change);
            }
            List<String> left = differences(owner, role);
            owner.commit();
            return left;
        } catch (SQLException e) {
            owner.rollback();
            throw e;
        } finally {
            owner.setAutoCommit(true);
        }
    }

    private static List<String> differences(Connection owner, String role) throws SQLException {
        return new Sql().add("""
                with rights as (
                    select c.oid, c.relname, r.name,
                           r.name = 'SELECT'
                           or r.name = 'INSERT' and c.relname <> all (?)
                           or r.name = 'UPDATE' and c.relname <> all (?) and c.relname <> all (?)
                           or r.name = 'DELETE' and c.relname <> all (?) and c.relname <> all (?) and c.relname <> all (?) as wanted
                    from pg_class c cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) as r (name)
                    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
                      and c.relowner = current_user::regrole)""", READ_ONLY, READ_ONLY, APPEND_ONLY, READ_ONLY, APPEND_ONLY, KEPT)
                .add("""
                select format(case when wanted then 'grant %s on %I to %I' else 'revoke %s on %I from %I' end, name, relname, ?::text)
                from rights where has_table_privilege(?::text, oid, name) <> wanted
                order by 1""", role, role)
                .list(owner, row -> row.getString(1));
    }
}
