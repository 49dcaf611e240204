package org.velador.measurements.control;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.velador.platform.control.Page;

/** Where a page of measurements ended: what the cursor holds. */
public record Position(OffsetDateTime takenAt, int placeId, int variableId) {

    /** Null for null: the first page. */
    public static Position of(String cursor) {
        String key = Page.decode(cursor);
        if (key == null) {
            return null;
        }
        String[] parts = key.split(" ", -1);
        try {
            if (parts.length == 3) {
                return new Position(OffsetDateTime.parse(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            }
        } catch (DateTimeException | NumberFormatException e) {
            // Told below, like a wrong number of parts.
        }
        throw Page.invalidCursor(cursor);
    }

    @Override
    public String toString() {
        return takenAt + " " + placeId + " " + variableId;
    }
}
