package org.velador.places.control;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.velador.places.entity.Place;
import org.velador.places.entity.PlaceKind;
import org.velador.platform.control.OneLine;

/**
 * A place as clients send and see it.
 *
 * @param code never changes
 * @param name for people, or null
 */
public record PlaceView(
        @NotNull @Size(max = 60) @Pattern(regexp = "[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*+", message = "letters and digits, joined by single '-', '_' or '.'") String code,
        @NotBlank @Size(max = 64) @OneLine String ward,
        @NotNull PlaceKind kind,
        @Size(max = 200) @OneLine String name) {

    static PlaceView of(Place p) {
        return new PlaceView(p.code(), p.ward(), p.kind(), p.name());
    }
}
