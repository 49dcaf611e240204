package org.velador.audit.boundary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.velador.audit.entity.AuditEntry;

/** Audit entries as CSV (RFC 4180) with a header row. Some of it was made up by those who are audited: no cell begins a formula. */
final class CsvAudit {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder()
            .setHeader("instance", "number", "at", "who", "roles", "action", "method", "path", "object", "patients", "detail", "outcome", "status",
                    "address", "correlationId", "sealedAt", "sealedBy", "previous", "hash")
            .get();

    private final CSVPrinter printer;

    CsvAudit(Writer writer) throws IOException {
        printer = FORMAT.print(writer);
    }

    void add(AuditEntry e) {
        try {
            printer.printRecord(Arrays.stream(new Object[] {
                e.instance(), e.number(), e.at().toInstant(), e.who(), words(e.roles()), e.action(), e.method(), e.path(), e.object(),
                words(e.patients()), e.detail(), e.outcome(), e.status(), e.address(), e.correlationId(), e.sealedAt().toInstant(),
                e.sealedBy(), e.previous(), e.hash()}).map(CsvAudit::harmless).toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String words(List<String> words) {
        return String.join(" ", words);
    }

    /** What a spreadsheet would calculate is text after an apostrophe. */
    private static Object harmless(Object cell) {
        return cell instanceof String text && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : cell;
    }
}
