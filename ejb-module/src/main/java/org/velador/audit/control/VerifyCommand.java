package org.velador.audit.control;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.velador.audit.entity.BrokenLink;
import org.velador.audit.entity.Head;
import org.velador.platform.control.DirectDatabase;
import org.velador.platform.control.Keystore;

/**
 * {@code bin/velador audit verify}: verifies the audit in the database that {@code VELADOR_DB_URL} names, with the keys of
 * {@code VELADOR_KEYSTORE}. It reads only, and needs no instance. Exit status 0 when all is as it was written, 1 when something is
 * broken, 2 when that could not be found out.
 */
public final class VerifyCommand {

    private VerifyCommand() {
    }

    public static void main(String[] arguments) {
        System.exit(run());
    }

    private static int run() {
        // Without a limit: years of entries take their time.
        try (Connection connection = DirectDatabase.as("velador-audit-verification", 0).getConnection()) {
            Keystore keys = new Keystore();
            keys.read();
            Verification.Report report = Verification.of(connection, keys::publicKey);
            lines(report).forEach(System.out::println);
            return report.broken().isEmpty() ? 0 : 1;
        } catch (SQLException | IllegalStateException e) {
            System.err.println("velador: the audit could not be verified: " + e.getMessage());
            return 2;
        }
    }

    static List<String> lines(Verification.Report report) {
        List<String> lines = new ArrayList<>();
        for (Head head : report.chains()) {
            lines.add(String.format(Locale.ROOT, "Chain %s: %,d entries, the last one with hash %s.", head.instance(), head.number(), head.hash()));
        }
        lines.add(String.format(Locale.ROOT, "Read: %,d entries and %,d signed checkpoints; noted and not sealed yet: %,d.",
                report.entries(), report.checkpoints(), report.unsealed()));
        report.broken().stream().map(BrokenLink::toString).forEach(lines::add);
        lines.add(report.broken().isEmpty() ? "Nothing is broken." : "BROKEN.");
        return lines;
    }
}
