package org.velador.cluster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The gist of a plan.
 *
 * @param scans how the table of measurements and that of the newest ones are read
 * @param partitions of measurements that were read, at whatever stage the others were left out
 * @param rows read from all tables, those that a filter threw away included
 * @param pages of 8 kB that were touched
 */
record PlanSummary(Set<String> scans, int partitions, long rows, long pages, double milliseconds) {

    static PlanSummary of(Plans.Plan plan) {
        JsonNode top = plan.root().path("Plan");
        Walk walk = new Walk();
        walk.visit(top);
        return new PlanSummary(walk.scans, walk.partitions.size(), walk.rows,
                top.path("Shared Hit Blocks").asLong() + top.path("Shared Read Blocks").asLong(), plan.milliseconds());
    }

    private static final class Walk {
        private final Set<String> scans = new TreeSet<>();
        private final Set<String> partitions = new TreeSet<>();
        private long rows;

        private void visit(JsonNode node) {
            double loops = node.path("Actual Loops").asDouble();
            String relation = node.path("Relation Name").asText("");
            if (loops > 0 && !relation.isEmpty()) {
                double each = node.path("Actual Rows").asDouble() + node.path("Rows Removed by Filter").asDouble();
                rows += Math.round(each * loops);
                if (relation.startsWith("measurement")) {
                    partitions.add(relation);
                }
                if (relation.contains("measurement")) {
                    scans.add(scan(node, relation));
                }
            }
            node.path("Plans").forEach(this::visit);
        }

        private static String scan(JsonNode node, String relation) {
            String table = relation.startsWith("measurement") ? "measurement" : relation;
            String index = node.path("Index Name").asText("");
            if (index.isEmpty()) {
                index = indexBelow(node);
            }
            String type = node.path("Node Type").asText().toLowerCase(Locale.ROOT);
            return index.isEmpty() ? type + " of " + table : type + " of " + table + " by " + column(index);
        }

        /** A bitmap heap scan has its index one node further down. */
        private static String indexBelow(JsonNode node) {
            JsonNode first = node.path("Plans").path(0);
            return first.path("Index Name").asText("");
        }

        private static String column(String index) {
            return index.endsWith("_pkey") ? "primary key" : index;
        }
    }

    String text() {
        String rowsRead = String.format(Locale.ROOT, "%,d rows, %,d pages", rows, pages);
        return partitions == 0 ? rowsRead : rowsRead + ", " + partitions + (partitions == 1 ? " partition" : " partitions");
    }
}
