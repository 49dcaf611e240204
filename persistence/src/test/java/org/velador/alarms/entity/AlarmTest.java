package org.velador.alarms.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.velador.alarms.entity.AlarmEvent.Type.ACKNOWLEDGED;
import static org.velador.alarms.entity.AlarmEvent.Type.ACKNOWLEDGEMENT_WITHDRAWN;
import static org.velador.alarms.entity.AlarmEvent.Type.CLEARED;
import static org.velador.alarms.entity.AlarmEvent.Type.ESCALATED;
import static org.velador.alarms.entity.AlarmEvent.Type.RAISED;
import static org.velador.alarms.entity.AlarmEvent.Type.REVISED;
import static org.velador.limits.entity.Priority.HIGH;
import static org.velador.limits.entity.Priority.MEDIUM;

import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmTest {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-01T12:00:00Z");

    private final Episode medium = new Episode(at(0), null, null, at(1), MEDIUM, 130, 120);
    private final Alarm alarm = new Alarm(1, 2, medium, NOON);

    @Test
    void isRaisedByItsEpisode() {
        assertThat(types(alarm.firstEvents(NOON, false))).containsExactly(RAISED);
        assertThat(alarm.isOpen()).isTrue();
    }

    @Test
    void thatCameToLightLateHasItsWholeStoryAtOnce() {
        Alarm past = new Alarm(1, 2, new Episode(at(0), at(1), at(3), at(2), HIGH, 160, 150), NOON);
        assertThat(types(past.firstEvents(NOON, true))).containsExactly(RAISED, ESCALATED, CLEARED);
    }

    @Test
    void anEpisodeThatGoesOnChangesNothing() {
        assertThat(alarm.follow(new Episode(at(0), null, null, at(5), MEDIUM, 130, 120), NOON)).isEmpty();
    }

    @Test
    void aRiseInPriorityTakesTheAcknowledgementBack() {
        assertThat(types(alarm.acknowledge("seen", NOON))).containsExactly(ACKNOWLEDGED);
        assertThat(types(alarm.follow(new Episode(at(0), at(2), null, at(2), HIGH, 160, 150), NOON)))
                .containsExactly(ESCALATED, ACKNOWLEDGEMENT_WITHDRAWN);
        assertThat(alarm.acknowledgedAt()).isNull();
    }

    @Test
    void clearingKeepsTheAcknowledgement() {
        alarm.acknowledge(null, NOON);
        assertThat(types(alarm.follow(new Episode(at(0), null, at(2), at(1), MEDIUM, 130, 120), NOON))).containsExactly(CLEARED);
        assertThat(alarm.acknowledgedAt()).isNotNull();
        assertThat(alarm.isOpen()).isFalse();
    }

    @Test
    void risingAndClearingAtOnceTellsBoth() {
        assertThat(types(alarm.follow(new Episode(at(0), at(2), at(3), at(2), HIGH, 160, 150), NOON))).containsExactly(ESCALATED, CLEARED);
    }

    @Test
    void anEarlierBeginningIsARevisionAndNoSecondRaise() {
        assertThat(types(alarm.follow(new Episode(at(-3), null, null, at(1), MEDIUM, 125, 120), NOON))).containsExactly(REVISED);
        assertThat(alarm.raisedAt()).isEqualTo(at(-3));
    }

    @Test
    void aPriorityThatBelongsToAnEarlierEpisodeIsGivenBack() {
        alarm.follow(new Episode(at(0), at(1), null, at(2), HIGH, 160, 150), NOON);
        assertThat(types(alarm.follow(new Episode(at(2), null, null, at(2), MEDIUM, 130, 120), NOON))).containsExactly(REVISED);
        assertThat(alarm.priority()).isEqualTo(MEDIUM);
    }

    @Test
    void aSecondAcknowledgementChangesNothing() {
        alarm.acknowledge("first", NOON);
        assertThat(alarm.acknowledge("second", NOON.plusMinutes(1))).isEmpty();
        assertThat(alarm.acknowledgedAt()).isEqualTo(NOON);
    }

    @Test
    void aClearedOneCannotBeAcknowledged() {
        alarm.follow(new Episode(at(0), null, at(2), at(1), MEDIUM, 130, 120), NOON);
        assertThatThrownBy(() -> alarm.acknowledge(null, NOON)).isInstanceOf(IllegalStateException.class);
    }

    private static List<AlarmEvent.Type> types(List<AlarmEvent> events) {
        return events.stream().map(AlarmEvent::type).toList();
    }

    private static OffsetDateTime at(int minute) {
        return NOON.plusMinutes(minute);
    }
}
