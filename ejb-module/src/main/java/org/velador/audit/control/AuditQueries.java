package org.velador.audit.control;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.velador.audit.entity.AuditEntry;
import org.velador.platform.control.LongRead;
import org.velador.platform.control.Page;
import org.velador.platform.control.Sql;

/** Finds what was noted, newest first, as soon as it is sealed. */
@Stateless
public class AuditQueries {

    private static final int ROWS_IN_MEMORY = 1000;

    @PersistenceContext
    EntityManager em;

    public Page<AuditEntry> find(AuditFilter filter, AuditFilter.Position after, int limit) throws SQLException {
        Sql sql = search(filter);
        if (after != null) {
            // The first condition is the index's, however long ago.
            sql.add("and e.at <= ? and (e.at, e.instance, e.number) < (?, ?, ?)", after.at(), after.at(), after.instance(), after.number());
        }
        sql.add("order by e.at desc, e.instance desc, e.number desc limit ?", limit + 1);
        return Page.of(sql.list(connection(), AuditRows::entry), limit, entry -> AuditFilter.Position.of(entry).toString());
    }

    /** All of them, handed on as they come from the database. */
    public void export(AuditFilter filter, Consumer<AuditEntry> sink) throws SQLException {
        try (LongRead read = LongRead.on(connection())) {
            search(filter).add("order by e.at desc, e.instance desc, e.number desc")
                    .each(read.connection(), ROWS_IN_MEMORY, AuditRows::entry, sink::accept);
        }
    }

    private static Sql search(AuditFilter f) {
        Sql sql = new Sql().add("select").add(AuditRows.COLUMNS).add("from audit_entry e where true");
        sql.addIf(f.who(), "and e.who = ?");
        if (f.action() != null && f.action().indexOf('.') < 0) {
            // Of all that begin with the noun and a dot: '/' comes next after it.
            sql.add("and e.action > ? and e.action < ?", f.action() + '.', f.action() + '/');
        } else {
            sql.addIf(f.action(), "and e.action = ?");
        }
        sql.addIf(f.object(), "and e.object = ?");
        sql.addIf(f.patient(), "and e.patients <> '{}' and e.patients @> array[?::text]");
        sql.addIf(f.instance(), "and e.instance = ?");
        // In the text, so that the index of what was refused is used.
        sql.add(f.outcome() == null ? "" : "and e.outcome = '" + f.outcome().word() + "'");
        sql.addIf(f.from(), "and e.at >= ?");
        sql.addIf(f.to(), "and e.at < ?");
        return sql;
    }

    private Connection connection() {
        return em.unwrap(Connection.class);
    }
}
