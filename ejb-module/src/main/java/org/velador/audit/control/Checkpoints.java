package org.velador.audit.control;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.velador.audit.entity.BrokenLink;
import org.velador.audit.entity.Checkpoint;
import org.velador.audit.entity.Head;
import org.velador.platform.control.Sql;

/**
 * What this instance has vouched for. It remembers that from one checkpoint to the next, so that nobody gets its signature for a
 * chain that does not go on from there, though all checkpoints in the database be taken away.
 */
final class Checkpoints {

    private final String witness;
    private Checkpoint last;

    Checkpoints(String witness) {
        this.witness = witness;
    }

    /**
     * Signs how far each chain goes now, unless that was signed already or something is broken.
     *
     * @param connection in a transaction or not: the new checkpoint is one statement
     * @return what is broken, if anything
     */
    Optional<BrokenLink> sign(Connection connection, String keyId, PrivateKey key) throws SQLException, InvalidKeyException {
        if (last == null) {
            last = newest(connection);
        }
        List<Head> heads = AuditRows.heads(connection);
        if (last != null) {
            for (Head signed : last.heads()) {
                if (!signed.hash().equals(AuditRows.hash(connection, signed.instance(), signed.number()))) {
                    return Optional.of(new BrokenLink(signed.instance(), signed.number(), "it, or one before it, is not what "
                            + witness + " signed at " + last.at()));
                }
            }
        }
        if (heads.isEmpty() || last != null && heads.equals(last.heads())) {
            return Optional.empty();
        }
        Checkpoint next = Checkpoint.signed(witness, last == null ? 1 : last.number() + 1, now(connection), heads,
                last == null ? "" : last.hash(), keyId, key);
        AuditRows.insert(connection, next);
        last = next;
        return Optional.empty();
    }

    /** That of before this start; null when there is none. */
    private Checkpoint newest(Connection connection) throws SQLException {
        return AuditRows.checkpoints("where witness = ? order by number desc limit 1", witness)
                .list(connection, AuditRows::checkpoint).stream().findFirst().orElse(null);
    }

    private static OffsetDateTime now(Connection connection) throws SQLException {
        return new Sql().add("select now()").list(connection, row -> row.getObject(1, OffsetDateTime.class)).get(0);
    }
}
