package org.velador.cluster.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The first 48 hours of one intensive-care stay, as published for the PhysioNet/Computing in Cardiology Challenge 2012: a
 * header line, then lines of {@code hh:mm,parameter,value}, the time since admission. -1 stands for "not known".
 *
 * @param mrn the record's number
 * @param sex {@code female}, {@code male} or {@code unknown}
 * @param readings the vital signs, in the order of the file; one parameter may stand several times at one minute
 */
record PhysioNetRecord(String mrn, String sex, List<Reading> readings) {

    /** A vital sign, in the unit of the catalogue, and the minute since admission. */
    record Reading(String variable, int minute, double value) {}

    /** The challenge's parameters that are vital signs, as the catalogue of variables calls them. */
    private static final Map<String, String> VARIABLES =
            Map.of(
                    "HR", "heart-rate",
                    "RespRate", "respiratory-rate",
                    "Temp", "body-temperature",
                    "SaO2", "oxygen-saturation",
                    "SysABP", "abp-systolic",
                    "DiasABP", "abp-diastolic",
                    "MAP", "abp-mean",
                    "NISysABP", "nibp-systolic",
                    "NIDiasABP", "nibp-diastolic",
                    "NIMAP", "nibp-mean");

    private static final double NOT_KNOWN = -1;

    /** All records of a folder, by number. */
    static List<PhysioNetRecord> all(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.getFileName().toString().matches("\\d+\\.txt")).sorted().toList();
        }
        List<PhysioNetRecord> records = new ArrayList<>();
        for (Path file : files) {
            records.add(read(file));
        }
        return records;
    }

    private static PhysioNetRecord read(Path file) throws IOException {
        Map<String, Double> about = new HashMap<>();
        List<Reading> readings = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.split(",");
            double value = Double.parseDouble(columns[2]);
            String variable = VARIABLES.get(columns[1]);
            if (variable == null) {
                about.putIfAbsent(columns[1], value);
            } else if (value != NOT_KNOWN) {
                readings.add(new Reading(variable, minute(columns[0]), value));
            }
        }
        return new PhysioNetRecord(Long.toString(about.get("RecordID").longValue()), sex(about.get("Gender")), readings);
    }

    private static int minute(String time) {
        return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
    }

    private static String sex(Double gender) {
        if (gender == null || gender == NOT_KNOWN) {
            return "unknown";
        }
        return gender == 0 ? "female" : "male";
    }
}
