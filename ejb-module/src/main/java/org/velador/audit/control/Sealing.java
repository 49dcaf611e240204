package org.velador.audit.control;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.velador.platform.control.Sql;

/**
 * Gives what was noted its place in its instance's chain.
 *
 * @param connection each call is one transaction, where it is in none
 * @param instance   the one that seals
 */
record Sealing(Connection connection, String instance) {

    /** As many as fit well into the time that a statement has. */
    private static final int AT_ONCE = 2000;

    /**
     * Seals what this instance has noted.
     *
     * @return how much
     */
    int own() throws SQLException {
        return chain(instance);
    }

    /**
     * Seals what lost instances, and those that are gone, could not seal, in their chains.
     *
     * @return how much
     */
    int abandoned() throws SQLException {
        List<String> chains = new Sql().add("select abandoned_audit_chains()").list(connection, row -> row.getString(1));
        int sealed = 0;
        for (String chain : chains) {
            if (!chain.equals(instance)) {
                sealed += chain(chain);
            }
        }
        return sealed;
    }

    private int chain(String chain) throws SQLException {
        int sealed = 0;
        int last;
        do {
            last = new Sql().add("select seal_audit(?, ?, ?)", chain, instance, AT_ONCE).list(connection, row -> row.getInt(1)).get(0);
            sealed += last;
        } while (last == AT_ONCE);
        return sealed;
    }
}
