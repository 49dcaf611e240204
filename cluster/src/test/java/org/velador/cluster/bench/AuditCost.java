package org.velador.cluster.bench;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the audit costs: the same load with it and without, by turns. Without, the database takes the entries of requests and drops them,
 * so that neither they nor the sealer write anything; a round trip of each request's is left, which {@link #roundTrip} measures.
 */
final class AuditCost {

    static final String HOW = """

            Rounds with the audit and without take turns on one site, through the gateway; ratio is with to without. Without it the database drops the
            entries by a rule (`do instead nothing`), and nothing is sealed or signed. What is left is the statement's way there and back.
            """;

    private static final String BESIDE = "without entries";
    private static final int BEDS_OF_A_WARD = 25;
    private static final int STATEMENTS = 5_000;

    private final Connection database;
    private final Options options;
    private final PrintStream out;
    private final Load load;
    private final Instant from = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(24));

    AuditCost(Connection database, Load load, Options options, PrintStream out) {
        this.database = database;
        this.options = options;
        this.out = out;
        this.load = load;
    }

    Rounds singles() throws Exception {
        List<Load.Client> monitors = new ArrayList<>();
        for (String bed : Beds.make(database, "AUDIT", SiteLoad.SINGLE_CONNECTIONS).codes()) {
            monitors.add(load.posting(new Feed(new String[] {bed}, 1, from)));
        }
        return compare("Single POSTs, " + SiteLoad.SINGLE_CONNECTIONS + " connections", monitors, 1, answer -> answer.status().equals(HttpStatus.CREATED));
    }

    Rounds batches() throws Exception {
        List<Load.Client> stations = new ArrayList<>();
        for (int i = 1; i <= SiteLoad.BATCH_CLIENTS; i++) {
            stations.add(load.posting(new Feed(Beds.make(database, "AUDITED" + i, BEDS_OF_A_WARD).codes(), SiteLoad.BATCH, from)));
        }
        String allStored = "\"stored\":" + SiteLoad.BATCH + ",";
        return compare("Measurements in batches of " + SiteLoad.BATCH + ", " + SiteLoad.BATCH_CLIENTS + " clients", stations, SiteLoad.BATCH,
                answer -> answer.status().equals(HttpStatus.OK) && answer.contentUtf8().contains(allStored));
    }

    Rounds reads() throws Exception {
        execute("insert into patient (mrn, name, sex) values ('AUDIT-1', 'Read Often', 'UNKNOWN')");
        return compare("One patient, " + SiteLoad.READERS + " readers", Collections.nCopies(SiteLoad.READERS, load.getting("/api/patients/AUDIT-1")), 1,
                answer -> answer.status().equals(HttpStatus.OK));
    }

    /** Milliseconds for an entry that is dropped. */
    double roundTrip() throws SQLException {
        dropEntries(true);
        try (var insert = database.prepareStatement("insert into audit_draft (instance, who, roles, action, patients, outcome) values ('none', ?, '{}', 'none', '{}', 'done')")) {
            long begun = System.nanoTime();
            for (int i = 0; i < STATEMENTS; i++) {
                insert.setString(1, "nobody");
                insert.executeUpdate();
            }
            return (System.nanoTime() - begun) / 1e6 / STATEMENTS;
        } finally {
            dropEntries(false);
        }
    }

    /** What a sealed entry takes in the database, indexes and all. */
    long bytes() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select pg_total_relation_size('audit_entry') / greatest(count(*), 1) from audit_entry")) {
            row.next();
            return row.getLong(1);
        }
    }

    private Rounds compare(String name, List<Load.Client> clients, int units, Predicate<AggregatedHttpResponse> good) throws Exception {
        try {
            return Rounds.run(name,
                    gently -> round(clients, units, good, gently, false), BESIDE,
                    gently -> round(clients, units, good, gently, true), options, out);
        } finally {
            dropEntries(false);
        }
    }

    private Round round(List<Load.Client> clients, int units, Predicate<AggregatedHttpResponse> good, boolean gently, boolean without) throws Exception {
        dropEntries(without);
        return load.run(gently ? clients.subList(0, 1) : clients, options.round(), units, good);
    }

    private void dropEntries(boolean drop) throws SQLException {
        execute(drop ? "create or replace rule not_noted as on insert to audit_draft do instead nothing" : "drop rule if exists not_noted on audit_draft");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
