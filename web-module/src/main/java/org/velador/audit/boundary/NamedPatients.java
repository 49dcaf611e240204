package org.velador.audit.boundary;

import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;
import org.velador.platform.control.NamesPatient;
import org.velador.platform.control.Page;

/** The patients that an answer names. */
final class NamedPatients {

    private NamedPatients() {
    }

    /** @param entity an answer's body, or null */
    static Stream<String> in(Object entity) {
        if (entity instanceof Page<?> page) {
            return in(page.items());
        }
        if (entity instanceof Collection<?> items) {
            return items.stream().flatMap(NamedPatients::in);
        }
        return entity instanceof NamesPatient named ? Stream.of(named).map(NamesPatient::patient).filter(Objects::nonNull) : Stream.empty();
    }
}
