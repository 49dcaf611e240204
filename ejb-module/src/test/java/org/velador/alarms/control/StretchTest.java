package org.velador.alarms.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.velador.alarms.entity.Assessed;
import org.velador.platform.control.TestDatabase;

/** Pair (1, 1) has a measurement every ten minutes for a day, beyond a limit from 12:00 to 15:50; pair (2, 1) three in all. */
class StretchTest {

    private static final String MIDNIGHT = "2026-03-02T00:00:00Z";
    private static final WatchedPair LONG = new WatchedPair(1, 1);
    private static final WatchedPair SHORT = new WatchedPair(2, 1);
    private static DataSource database;

    @BeforeAll
    static void measure() {
        database = TestDatabase.create();
        TestDatabase.execute(database, """
                insert into measurement (place_id, variable_id, taken_at, received_at, value, late, priority, limit_exceeded)
                select 1, 1, t, t, 0, false, breach.priority, breach.priority
                from generate_series(timestamptz '2026-03-02 00:00Z', '2026-03-02 23:50Z', interval '10 min') as t,
                     lateral (select case when t >= '2026-03-02 12:00Z' and t < '2026-03-02 16:00Z' then 2 end as priority) as breach
                union all
                select 2, 1, t, t, 0, false, 3, 1 from generate_series(timestamptz '2026-03-02 01:00Z', '2026-03-02 03:00Z', interval '1 hour') as t""");
    }

    @Test
    void whatLiesBetweenAnOldMeasurementAndACurrentOneIsNotRead() throws SQLException {
        assertThat(around(news(LONG, "01:00", "23:00")).get(LONG)).extracting(StretchTest::times)
                .containsExactly(List.of("00:50", "01:00", "01:10"), List.of("22:50", "23:00", "23:10"));
    }

    @Test
    void measurementsOfOneEpisodeHaveOneStretch() throws SQLException {
        assertThat(around(news(LONG, "12:10", "13:00", "15:00")).get(LONG)).singleElement().satisfies(stretch -> {
            assertThat(times(stretch)).hasSize(26).startsWith("11:50", "12:00").endsWith("15:50", "16:00");
        });
    }

    @Test
    void oneBesideAnEpisodeAndOneInsideItHaveOneStretch() throws SQLException {
        assertThat(around(news(LONG, "11:50", "14:00", "20:00")).get(LONG)).extracting(s -> times(s).get(0), s -> times(s).size())
                .containsExactly(tuple("11:40", 27), tuple("19:50", 3));
    }

    @Test
    void withoutAnyInsideTheLimitsItIsAllThereIs() throws SQLException {
        Map<WatchedPair, List<Stretch>> both = around(news(LONG, "00:00"), news(SHORT, "01:00", "03:00"));
        assertThat(both.get(SHORT)).extracting(StretchTest::times).containsExactly(List.of("01:00", "02:00", "03:00"));
        assertThat(both.get(LONG)).extracting(StretchTest::times).containsExactly(List.of("00:00", "00:10"));
    }

    private static Map<WatchedPair, List<Stretch>> around(News... news) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Stretch.around(connection, List.of(news));
        }
    }

    /** As if those of these times were new. */
    private static News news(WatchedPair pair, String... times) {
        return new News(pair, OffsetDateTime.parse(MIDNIGHT).plusDays(1), false,
                Stream.of(times).map(time -> new Assessed(OffsetDateTime.parse("2026-03-02T" + time + ":00Z"), 0, null)).toList());
    }

    private static List<String> times(Stretch stretch) {
        return stretch.measurements().stream().map(m -> m.takenAt().toLocalTime().toString()).toList();
    }
}
