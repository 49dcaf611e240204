package org.velador.measurements.boundary;

import jakarta.ws.rs.QueryParam;
import org.velador.measurements.control.MeasurementFilter;
import org.velador.platform.boundary.Query;

/** The query parameters that choose measurements. */
public class Filters {

    @QueryParam("variable")
    private String variable;

    @QueryParam("place")
    private String place;

    @QueryParam("ward")
    private String ward;

    @QueryParam("patient")
    private String patient;

    @QueryParam("from")
    private String from;

    @QueryParam("to")
    private String to;

    MeasurementFilter measurements() {
        return new MeasurementFilter(variable, place, ward, patient, Query.time("from", from), Query.time("to", to));
    }
}
