package org.velador.cluster.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import org.velador.cluster.faults.Course;
import org.velador.cluster.faults.Faults;
import org.velador.cluster.site.Site;

/** The faults of the test suite, one after the other on a site of their own, each as a row. */
final class FaultTable {

    private static final String HOW = """

            Sixteen writers and four readers send four requests a second each, closed loop; every second writer sends again what was not
            acknowledged. *Out after*: from the fault until the gateway had the last of those that were hurt out of rotation; empty where
            none had to go. *Back after*: from the moment an instance says that it is ready, or PostgreSQL or a process goes on, until the
            gateway has it in rotation; for two of three dead and for the gateway until the first request is served; for PostgreSQL until
            the last request began that failed. Failed requests are counted each time they are sent: those of writers that send again too.
            503 of an instance comes with Retry-After; 503 of the gateway is Kong's own "failure to get a peer", without, while not more
            than 66 % of its targets are healthy. After each fault what is stored was compared with what had been acknowledged, and the
            alarms with those computed from it; a difference would have ended the run.
            """;

    private interface Fault {
        Course happen() throws Exception;
    }

    private FaultTable() {}

    static String measure(Site site, PrintStream out) throws Exception {
        Faults faults = new Faults(site);
        Path folder = site.settings().home().resolve("next");
        Fault[] all = {
            faults::instanceKilled,
            faults::instanceHangs,
            faults::instanceTerminated,
            faults::rollingRestart,
            faults::databaseRestarts,
            faults::databaseKilled,
            () -> faults.databaseHangs(new ArrayList<>()),
            faults::twoOfThreeDead,
            faults::gatewayRestarts,
            () -> faults.newSchema(folder)
        };
        StringBuilder table = new StringBuilder(Course.header());
        for (Fault fault : all) {
            Course course = fault.happen();
            faults.assertNothingLostOrDoubled(course);
            out.println(course.row());
            table.append(course.row()).append('\n');
        }
        return table + HOW;
    }
}
