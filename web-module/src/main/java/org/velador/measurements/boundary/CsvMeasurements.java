package org.velador.measurements.boundary;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.velador.measurements.control.Draft;
import org.velador.measurements.control.MeasurementView;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Problem.Violation;

/** Measurements as CSV (RFC 4180) with a header row; the columns may stand in any order. */
final class CsvMeasurements {

    private static final Set<String> COLUMNS = Set.of("variable", "place", "value", "unit", "takenAt", "device");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

    /** What stands in the place of what is not UTF-8: kept, it would be a text that nobody sent. */
    private static final char UNREADABLE = '\ufffd';

    private static final CSVFormat READ = CSVFormat.RFC4180.builder()
            .setHeader().setSkipHeaderRecord(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .setIgnoreEmptyLines(true).setTrim(true)
            .get();

    private static final CSVFormat WRITE = CSVFormat.RFC4180.builder()
            .setHeader("variable", "place", "patient", "value", "unit", "takenAt", "receivedAt", "device", "late")
            .get();

    private CsvMeasurements() {
    }

    static Reading read(InputStream in) throws IOException {
        Reading reading = new Reading();
        try (CSVParser rows = READ.parse(new FewCommas(new InputStreamReader(in, StandardCharsets.UTF_8)))) {
            List<String> header = rows.getHeaderNames();
            if (!COLUMNS.containsAll(header) || !header.containsAll(Set.of("variable", "place", "value"))) {
                throw malformed("The header row is " + header + " (expected: variable, place, value, and optionally unit, takenAt, device)");
            }
            for (CSVRecord row : rows) {
                read(row, header.size(), reading);
            }
            return reading;
        } catch (CSVException | IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            throw malformed("Not CSV with a header row: " + innermost(e).getMessage());
        }
    }

    /** Those outside of it say in which class it happened. */
    private static Throwable innermost(Throwable e) {
        return e.getCause() == null ? e : innermost(e.getCause());
    }

    private static void read(CSVRecord row, int columns, Reading reading) {
        if (row.size() != columns) {
            reading.add(JsonMeasurements.invalid(List.of(new Violation("[" + reading.size() + "]", row.size() + " columns (expected: " + columns + ")"))));
            return;
        }
        List<Violation> violations = new ArrayList<>();
        for (String cell : row) {
            if (cell.indexOf(UNREADABLE) >= 0) {
                violations.add(new Violation("[" + reading.size() + "]", "a character that is not UTF-8 (expected: UTF-8)"));
            }
        }
        for (String required : List.of("variable", "place", "value")) {
            if (cell(row, required) == null) {
                violations.add(new Violation(required, "missing (expected: a value)"));
            }
        }
        Double value = null;
        String number = cell(row, "value");
        if (number != null) {
            if (NUMBER.matcher(number).matches()) {
                value = Double.valueOf(number);
            } else {
                violations.add(new Violation("value", "'" + number + "' (expected: a number)"));
            }
        }
        OffsetDateTime takenAt = null;
        String time = cell(row, "takenAt");
        if (time != null) {
            try {
                takenAt = OffsetDateTime.parse(time);
            } catch (DateTimeParseException e) {
                violations.add(new Violation("takenAt", "'" + time + "' (expected: a time such as 2026-01-31T12:00:00Z)"));
            }
        }
        if (violations.isEmpty()) {
            reading.add(new Draft(reading.size(), cell(row, "variable"), cell(row, "place"), value, cell(row, "unit"), takenAt, cell(row, "device")));
        } else {
            reading.add(JsonMeasurements.invalid(violations));
        }
    }

    /** Null when the column is absent or the cell empty. */
    private static String cell(CSVRecord row, String column) {
        String cell = row.isMapped(column) ? row.get(column) : null;
        return cell == null || cell.isEmpty() ? null : cell;
    }

    private static RuntimeException malformed(String detail) {
        return new Problem(400, "malformed-csv", "Malformed CSV", detail).asException();
    }

    /**
     * A row stands in memory as a whole, and one of eight million empty cells would need more of it than there is: so no more commas
     * than the cells of as many measurements as are taken have, and as many again within quotes.
     */
    private static final class FewCommas extends FilterReader {

        private int left = 2 * COLUMNS.size() * Reading.MOST;

        FewCommas(Reader in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int c = super.read();
            count(c);
            return c;
        }

        @Override
        public int read(char[] chars, int from, int length) throws IOException {
            int n = super.read(chars, from, length);
            for (int i = from; i < from + n; i++) {
                count(chars[i]);
            }
            return n;
        }

        private void count(int c) {
            if (c == ',' && --left < 0) {
                throw malformed("There are more than " + 2 * COLUMNS.size() * Reading.MOST + " commas (expected: fewer columns, or fewer measurements).");
            }
        }
    }

    /** Writes rows as they come; times like those in JSON, always with seconds. */
    static final class Export {

        private final CSVPrinter printer;

        Export(Writer writer) throws IOException {
            printer = WRITE.print(writer);
        }

        void add(MeasurementView m) {
            try {
                printer.printRecord(m.variable(), m.place(), m.patient(), m.value(), m.unit(), m.takenAt().toInstant(), m.receivedAt().toInstant(),
                        m.device(), m.late());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
