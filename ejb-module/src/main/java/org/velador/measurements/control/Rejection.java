package org.velador.measurements.control;

import org.velador.platform.control.Problem;

/**
 * Why one measurement of a request was not stored.
 *
 * @param index  its position in the request, from 0
 * @param type   stable, such as {@code urn:velador:problem:implausible-value}
 * @param detail what was wrong and what was expected
 */
public record Rejection(int index, String type, String detail) {

    public Rejection(int index, Problem problem) {
        this(index, problem.type(), problem.detail());
    }
}
