package org.velador.cluster.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.velador.cluster.site.Site;

/** What a site holds of some wards, as it shows it to anyone and as it stands in the database. */
public record Found(Api api, Site site, List<String> wards) {

    /** By the list, page by page. */
    public List<Plain.Measurement> measurements() throws IOException, InterruptedException {
        List<Plain.Measurement> found = new ArrayList<>();
        for (String ward : wards) {
            for (JsonNode m : api.all("/api/measurements?ward=" + ward)) {
                found.add(
                        new Plain.Measurement(
                                text(m, "place"), text(m, "variable"), time(m, "takenAt"), text(m, "patient"),
                                m.get("value").asDouble(), text(m, "unit"), m.get("late").asBoolean()));
            }
        }
        return found;
    }

    /** By the export. No cell of these needs quotes. */
    List<Plain.Measurement> exported() throws IOException, InterruptedException {
        List<Plain.Measurement> found = new ArrayList<>();
        for (String ward : wards) {
            List<String> lines = api.get("/api/measurements?ward=" + ward, "text/csv").lines().toList();
            List<String> header = List.of(lines.get(0).split(","));
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                found.add(
                        new Plain.Measurement(
                                cells[header.indexOf("place")], cells[header.indexOf("variable")],
                                Instant.parse(cells[header.indexOf("takenAt")]), cells[header.indexOf("patient")],
                                Double.parseDouble(cells[header.indexOf("value")]), cells[header.indexOf("unit")],
                                Boolean.parseBoolean(cells[header.indexOf("late")])));
            }
        }
        return found;
    }

    public List<Plain.Alarm> alarms() throws IOException, InterruptedException {
        List<Plain.Alarm> found = new ArrayList<>();
        for (String ward : wards) {
            for (JsonNode a : api.all("/api/alarms?ward=" + ward)) {
                found.add(
                        new Plain.Alarm(
                                text(a, "place"), text(a, "variable"), time(a, "raisedAt"), text(a, "ward"), text(a, "patient"),
                                text(a, "state"), text(a, "priority"), time(a, "escalatedAt"), time(a, "clearedAt"),
                                a.get("value").asDouble(), text(a, "unit"), a.get("limit").asDouble(), text(a, "side")));
            }
        }
        return found;
    }

    /** Every row of measurements, alarms and their events, in full. */
    public List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = site.database().connect();
                PreparedStatement select =
                        connection.prepareStatement(
                                """
                                with bed as (select id from place where ward = any (?))
                                select 'measurement ' || m from measurement m where m.place_id in (table bed)
                                union all
                                select 'alarm ' || a from alarm a where a.place_id in (table bed)
                                union all
                                select 'event ' || e from alarm_event e join alarm a on a.id = e.alarm_id
                                where a.place_id in (table bed)
                                union all
                                select 'latest ' || l from latest_measurement l where l.place_id in (table bed)""")) {
            select.setArray(1, connection.createArrayOf("text", wards.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(row.getString(1));
                }
            }
        }
        return rows;
    }

    private static String text(JsonNode item, String field) {
        return item.hasNonNull(field) ? item.get(field).asText() : null;
    }

    private static Instant time(JsonNode item, String field) {
        return item.hasNonNull(field) ? Instant.parse(item.get(field).asText()) : null;
    }
}
