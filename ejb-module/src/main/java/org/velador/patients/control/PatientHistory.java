package org.velador.patients.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.velador.accounts.control.Caller;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.patients.entity.EventTime;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Time;

/** The history of patients: read, each time verified, and appended to, each entry signed. */
@Stateless
public class PatientHistory {

    private static final Logger LOG = Logger.getLogger(PatientHistory.class.getName());

    @PersistenceContext
    EntityManager em;

    @Inject
    Time time;

    @EJB
    AuditTrail audit;

    @Inject
    Signatures signatures;

    @Inject
    Caller caller;

    @EJB
    IntegrityWatch watch;

    /** Newest first, by number, by one query. What does not verify is answered all the same, and raises an alarm. */
    public HistoryPage.Tagged list(String mrn, String cursor, int limit) throws SQLException {
        int before = before(cursor);
        HistoryRows.Stored found = rows().below(mrn, before, limit + 1).orElseThrow(() -> Patients.notFound(mrn));
        ChainCheck check = check(found);
        if (before != Integer.MAX_VALUE) {
            int unsigned = found.head() == null ? 0 : found.head().unsigned();
            check.skipTo(before <= unsigned ? unsigned + 1 : before);
        }
        MessageDigest tag = Canonical.sha256();
        List<HistoryEntryView> items = new ArrayList<>();
        for (SignedEntry entry : found.entries()) {
            boolean verifies = check.take(entry);
            Boolean verified = signatures.isPossible() ? verifies : null;
            if (entry.number() < before) {
                items.add(HistoryEntryView.of(entry, verified));
                tag.update(check.lastHash());
                tag.update((byte) (verified == null ? 2 : verified ? 1 : 0));
            }
        }
        if (items.size() <= limit) {
            check.end();
        }
        HistoryPage.Integrity integrity = integrity(found.patientId(), check.first());
        Page<HistoryEntryView> page = Page.of(items, limit, entry -> Integer.toString(entry.number()));
        tag.update(ByteBuffer.allocate(8).putLong(found.patientId()).array());
        tag.update((page.cursor() + " " + integrity).getBytes());
        return new HistoryPage.Tagged(new HistoryPage(page.items(), page.cursor(), integrity), Base64.getUrlEncoder().withoutPadding().encodeToString(tag.digest()));
    }

    /**
     * Appends an entry. The row of the patient is locked, so that numbers have neither gaps nor doubles. An end of the history that is not
     * as it was signed raises its alarm first: the new entry covers what is wrong there.
     */
    public HistoryEntryView append(String mrn, NewHistoryEntry asked) throws SQLException {
        String author = author(asked.author());
        String keyId = signatures.keyId();
        long patientId = Patients.find(em, mrn, LockModeType.PESSIMISTIC_WRITE).id();
        HistoryRows rows = rows();
        HistoryRows.Stored end = rows.end(patientId);
        ChainCheck check = check(end);
        end.entries().forEach(check::take);
        if (check.first().isPresent()) {
            watch.look(patientId);
        }

        HistoryHead head = check.headVerifies() ? end.head() : headOf(end);
        int number = 1 + Math.max(head.number(), end.entries().stream().mapToInt(SignedEntry::number).max().orElse(0));
        if (asked.corrects() != null && (asked.corrects() < 1 || asked.corrects() >= number || !rows.exists(patientId, asked.corrects()))) {
            throw Problem.invalid("corrects", "'" + asked.corrects() + "' (expected: the number of an earlier entry)").asException();
        }
        SignedEntry unsigned = new SignedEntry(number, author, eventTime(asked.time()), asked.text(), asked.corrects(), time.now(),
                head.hash(), keyId);
        SignedEntry entry = unsigned.with(signatures.sign(unsigned.canonical(patientId)));
        rows.append(patientId, entry);
        rows.moveTo(patientId, new HistoryHead(number, entry.hash(patientId), head.unsigned(), null, null).signedBy(signatures, patientId));
        audit.record(Action.HISTORY_APPEND, mrn, "entry " + number);
        return HistoryEntryView.of(entry, true);
    }

    private HistoryRows rows() {
        return new HistoryRows(em.unwrap(Connection.class));
    }

    private ChainCheck check(HistoryRows.Stored found) {
        return new ChainCheck(found.patientId(), found.head(), signatures::verifies, false);
    }

    private HistoryPage.Integrity integrity(long patientId, Optional<Finding> first) {
        if (!signatures.isPossible()) {
            return HistoryPage.Integrity.UNKNOWN;
        }
        if (first.isPresent()) {
            try {
                watch.look(patientId);
            } catch (SQLException | RuntimeException e) {
                // The reader gets the history all the same, and the next one, or the sweep, tries again.
                LOG.log(Level.SEVERE, "A history does not verify, and its alarm could not be raised: {0}", e.getMessage());
            }
        }
        return first.map(HistoryPage.Integrity::violated).orElse(HistoryPage.Integrity.VERIFIED);
    }

    /** In place of one that is missing or not as it was signed. One that verifies stands, even where the last entry is missing: that stays to be seen. */
    private static HistoryHead headOf(HistoryRows.Stored end) {
        return end.entries().stream().findFirst()
                .map(last -> new HistoryHead(last.number(), last.hash(end.patientId()), 0, null, null))
                .orElseGet(HistoryHead::empty);
    }

    private String author(String said) {
        if (said != null && said.isBlank() || said == null && !caller.isPerson()) {
            throw Problem.invalid("author", "must not be blank").asException();
        }
        if (said != null && caller.isPerson() && !said.equals(caller.name())) {
            throw Problem.invalid("author", "'" + said + "' (expected: '" + caller.name() + "', who sends it, or none)").asException();
        }
        return said == null ? caller.name() : said;
    }

    private OffsetDateTime eventTime(OffsetDateTime said) {
        // Read under the lock: who comes later has the later time.
        OffsetDateTime now = time.now();
        try {
            return said == null ? now : Time.utc(EventTime.of(said, now));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("time", e.getMessage()).asException();
        }
    }

    private static int before(String cursor) {
        if (cursor == null) {
            return Integer.MAX_VALUE;
        }
        try {
            int before = Integer.parseInt(Page.decode(cursor));
            if (before > 0) {
                return before;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw Page.invalidCursor(cursor);
    }
}
