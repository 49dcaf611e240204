package org.velador.audit.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.velador.audit.entity.BrokenLink;
import org.velador.audit.entity.Head;
import org.velador.platform.control.DirectDatabase;

/**
 * {@code bin/velador audit verify}: verifies the audit in the database that {@code VELADOR_DB_URL} names, with the keys of
 * {@code VELADOR_KEYSTORE}. It reads only, and needs no instance. Exit status 0 when all is as it was written, 1 when something is
 * broken, 2 when that could not be found out.
 */
public final class VerifyCommand {

    /** Of the aliases of keys that sign. */
    private static final String ALIAS = "history-";

    private VerifyCommand() {
    }

    public static void main(String[] arguments) {
        System.exit(run());
    }

    private static int run() {
        // Without a limit: years of entries take their time.
        try (Connection connection = DirectDatabase.as("velador-audit-verification", 0).getConnection()) {
            Map<String, PublicKey> keys = keys(System.getenv("VELADOR_KEYSTORE"), System.getenv("VELADOR_KEYSTORE_PASSWORD"));
            Verification.Report report = Verification.of(connection, id -> Optional.ofNullable(keys.get(id)));
            lines(report).forEach(System.out::println);
            return report.broken().isEmpty() ? 0 : 1;
        } catch (SQLException | IOException | GeneralSecurityException e) {
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

    /** The public keys of a PKCS#12 file by their ids; none where there is no file. */
    static Map<String, PublicKey> keys(String file, String password) throws IOException, GeneralSecurityException {
        Map<String, PublicKey> keys = new HashMap<>();
        if (file == null || file.isBlank()) {
            return keys;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(file.strip()))) {
            store.load(in, password == null ? new char[0] : password.strip().toCharArray());
        }
        for (String alias : Collections.list(store.aliases())) {
            Certificate certificate = store.getCertificate(alias);
            if (alias.startsWith(ALIAS) && certificate != null) {
                keys.put(alias.substring(ALIAS.length()), certificate.getPublicKey());
            }
        }
        return keys;
    }
}
