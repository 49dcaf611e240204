package org.velador.patients.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.velador.platform.control.Refusals.assertRefused;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.velador.platform.control.TestKeys;

class PatientMergeTest {

    private static HistoryDesk desk;

    @BeforeAll
    static void open() {
        desk = HistoryDesk.open(TestKeys.create());
        desk.execute("insert into place (code, ward, kind) values ('M-1', 'M', 'BED'), ('M-2', 'M', 'BED')");
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void duplicateLeavesStaysAndLimitsToTheOtherAndKeepsItsSignedHistory() throws Exception {
        patients("D-1", "D-2");
        desk.append("D-1", "of the duplicate");
        stay("D-1", "M-1", "2026-01-01", "2026-01-02");
        stay("D-2", "M-1", "2026-01-02", "2026-01-03");
        desk.execute("insert into limits (variable_id, patient_id, high_high) select 1, id, 9 from patient where mrn = 'D-1'");

        assertThat(desk.merge("D-1", "D-2").into()).isEqualTo("D-2");

        assertThat(desk.rows("select count(*) from stay s join patient p on p.id = s.patient_id where p.mrn = 'D-2'")).containsExactly("2");
        assertThat(desk.rows("select p.mrn from limits l join patient p on p.id = l.patient_id where p.mrn like 'D-%'")).containsExactly("D-2");
        assertThat(desk.page("D-1").integrity().state()).isEqualTo("verified");
        assertThat(desk.page("D-1").items()).extracting(HistoryEntryView::text).containsExactly("Merged into the patient D-2.", "of the duplicate");
        assertThat(desk.page("D-2").items()).extracting(HistoryEntryView::text)
                .containsExactly("The patient D-1 was merged into this one. Its history stays under that number, up to entry 2.");
        assertRefused(409, "patient-merged", () -> desk.append("D-1", "more"));
        assertRefused(409, "patient-merged", () -> desk.merge("D-1", "D-2"));
    }

    @Test
    void whoWasMergedIntoADuplicateFollowsIt() throws Exception {
        patients("F-1", "F-2", "F-3");
        desk.merge("F-1", "F-2");
        desk.merge("F-2", "F-3");
        assertThat(desk.rows("select p.mrn || ' ' || o.mrn from patient p join patient o on o.id = p.merged_into where p.mrn like 'F-%' order by 1"))
                .containsExactly("F-1 F-3", "F-2 F-3");
    }

    @Test
    void twoWhoCannotBeTheSameAreRefusedAndStayAsTheyWere() throws Exception {
        patients("T-1", "T-2");
        stay("T-1", "M-1", "2026-02-01", "2026-02-03");
        stay("T-2", "M-2", "2026-02-02", "2026-02-04");
        assertRefused(409, "stays-overlap", () -> desk.merge("T-1", "T-2"));
        patients("T-3", "T-4");
        desk.execute("insert into limits (variable_id, patient_id, high_high) select 1, id, 9 from patient where mrn in ('T-3', 'T-4')");
        assertRefused(409, "limits-differ", () -> desk.merge("T-3", "T-4"));
        assertRefused(400, "invalid-request", () -> desk.merge("T-1", "T-1"), "into");
        assertRefused(404, "not-found", () -> desk.merge("T-1", "NOBODY"));
        for (String mrn : List.of("T-1", "T-2", "T-3", "T-4")) {
            assertThat(desk.page(mrn).items()).isEmpty();
        }
    }

    private static void patients(String... mrns) {
        for (String mrn : mrns) {
            desk.patient(mrn);
        }
    }

    private static void stay(String mrn, String place, String from, String to) {
        desk.execute("insert into stay (patient_id, place_id, admitted_at, discharged_at) select p.id, b.id, '" + from + "', '" + to
                + "' from patient p, place b where p.mrn = '" + mrn + "' and b.code = '" + place + "'");
    }
}
