package org.velador.audit.control;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.velador.audit.entity.AuditEntry;
import org.velador.platform.control.Page;

/**
 * Which entries are wanted; null stands for all.
 *
 * @param who     account or device
 * @param action  its word, such as {@code patient.read}; or the part before the dot, for all of these
 * @param object  code, MRN or id
 * @param patient MRN of one whom it concerns
 * @param outcome {@code done}, {@code not-found} or {@code refused}
 * @param from    noted from this on
 * @param to      noted before this
 */
public record AuditFilter(String who, String action, String object, String patient, String instance, Outcome outcome, OffsetDateTime from,
        OffsetDateTime to) {

    /** Where a page ended: what the cursor holds. */
    public record Position(OffsetDateTime at, String instance, long number) {

        static Position of(AuditEntry entry) {
            return new Position(entry.at(), entry.instance(), entry.number());
        }

        /** Null for null: the first page. */
        public static Position of(String cursor) {
            String key = Page.decode(cursor);
            if (key == null) {
                return null;
            }
            String[] parts = key.split(" ", 3);
            try {
                if (parts.length == 3) {
                    return new Position(OffsetDateTime.parse(parts[0]), parts[2], Long.parseLong(parts[1]));
                }
            } catch (DateTimeException | NumberFormatException e) {
                // Told below, like a wrong number of parts.
            }
            throw Page.invalidCursor(cursor);
        }

        @Override
        public String toString() {
            return at + " " + number + " " + instance;
        }
    }
}
