package org.velador.cluster.ward;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the ward known to the site: beds, fridge, room, and twelve patients who are admitted to the beds. Everything may be
 * there already from an earlier run (409); a patient someone has moved since stays where they are.
 */
final class Admissions {

    static final String WARD = "ICU";
    static final String FRIDGE = "ICU-FRIDGE";
    static final String ROOM = "ICU-ROOM";
    static final List<String> BEDS = beds();

    private static final List<String> NAMES =
            List.of(
                    "Aurora Sample", "Bruno Example", "Celia Sample", "Darius Example", "Elena Sample", "Felix Example",
                    "Greta Sample", "Hugo Example", "Ines Sample", "Jonas Example", "Klara Sample", "Leon Example");

    private final Post post;

    Admissions(Post post) {
        this.post = post;
    }

    /**
     * Creates whatever is not there yet.
     *
     * @throws IllegalStateException when the site refuses with anything but "exists already"
     */
    void fillWard() throws InterruptedException {
        for (String bed : BEDS) {
            create("/api/places", Map.of("code", bed, "ward", WARD, "kind", "bed"));
        }
        create("/api/places", Map.of("code", FRIDGE, "ward", WARD, "kind", "fridge", "name", "Vaccine fridge"));
        create("/api/places", Map.of("code", ROOM, "ward", WARD, "kind", "room", "name", "Nurses' station"));
        for (int i = 0; i < BEDS.size(); i++) {
            String mrn = String.format(Locale.ROOT, "DEMO-%04d", i + 1);
            create(
                    "/api/patients",
                    Map.of(
                            "mrn", mrn,
                            "name", NAMES.get(i),
                            "birthDate", String.format(Locale.ROOT, "%d-%02d-15", 1938 + 4 * i, i + 1),
                            "sex", i % 2 == 0 ? "female" : "male"));
            create("/api/patients/" + mrn + "/stays", Map.of("place", BEDS.get(i)));
        }
    }

    private void create(String path, Map<String, String> body) throws InterruptedException {
        HttpResponse<String> answer = post.untilAnswered(path, body);
        if (answer.statusCode() != 201 && answer.statusCode() != 409) {
            throw new IllegalStateException(
                    "POST " + path + ": got status " + answer.statusCode() + ", expected 201 or 409: " + answer.body());
        }
    }

    private static List<String> beds() {
        List<String> beds = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            beds.add(String.format(Locale.ROOT, "%s-%02d", WARD, i));
        }
        return List.copyOf(beds);
    }
}
