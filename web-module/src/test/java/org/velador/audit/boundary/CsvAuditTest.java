package org.velador.audit.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.velador.audit.entity.AuditEntry;

class CsvAuditTest {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-02T12:00:00Z");

    @Test
    void aRowHasAllThatIsHashed() throws IOException {
        assertThat(row(entry("ana", "a, \"b\""))).isEqualTo("a,7,2026-03-02T12:00:00Z,ana,admin clinician,place.change,PUT,/api/places/{code},ICU-1,P-1 P-2,"
                + "\"a, \"\"b\"\"\",done,,192.0.2.7,c-1,2026-03-02T12:00:00Z,b,00,ff");
    }

    @Test
    void noCellBeginsAFormula() throws IOException {
        assertThat(row(entry("=1+1", null))).contains(",'=1+1,");
        assertThat(row(entry("+1", "-1"))).contains(",'+1,").contains(",'-1,");
        assertThat(row(entry("@SUM(A1)", "\t=1"))).contains(",'@SUM(A1),").contains("'\t=1");
        assertThat(row(entry("a=1", "1-1"))).contains(",a=1,").contains(",1-1,");
    }

    private static AuditEntry entry(String who, String detail) {
        return new AuditEntry("a", 7, NOON, who, List.of("admin", "clinician"), "place.change", "PUT", "/api/places/{code}", "ICU-1", List.of("P-1", "P-2"),
                detail, "done", null, "192.0.2.7", "c-1", NOON, "b", "00", "ff");
    }

    private static String row(AuditEntry entry) throws IOException {
        StringWriter text = new StringWriter();
        new CsvAudit(text).add(entry);
        String[] lines = text.toString().split("\r\n");
        assertThat(lines).hasSize(2);
        assertThat(lines[0]).startsWith("instance,number,at,who,");
        return lines[1];
    }
}
