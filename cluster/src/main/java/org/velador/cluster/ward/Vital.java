package org.velador.cluster.ward;

/**
 * The vital signs a bed's monitor reports, with their codes in the catalogue of variables and their UCUM units
 * (HL7 FHIR R4 vital-signs profile).
 */
enum Vital {
    HEART_RATE("heart-rate", "/min", 1, 20, 250),
    RESPIRATORY_RATE("respiratory-rate", "/min", 1, 4, 60),
    OXYGEN_SATURATION("oxygen-saturation", "%", 1, 50, 100),
    BODY_TEMPERATURE("body-temperature", "Cel", 0.1, 33, 42),
    ARTERIAL_SYSTOLIC("abp-systolic", "mm[Hg]", 1, 50, 250),
    ARTERIAL_DIASTOLIC("abp-diastolic", "mm[Hg]", 1, 25, 150),
    ARTERIAL_MEAN("abp-mean", "mm[Hg]", 1, 35, 180),
    CUFF_SYSTOLIC("nibp-systolic", "mm[Hg]", 1, 50, 250),
    CUFF_DIASTOLIC("nibp-diastolic", "mm[Hg]", 1, 25, 150),
    CUFF_MEAN("nibp-mean", "mm[Hg]", 1, 35, 180);

    final String code;
    final String unit;
    private final double step;
    private final double lowest;
    private final double highest;

    Vital(String code, String unit, double step, double lowest, double highest) {
        this.code = code;
        this.unit = unit;
        this.step = step;
        this.lowest = lowest;
        this.highest = highest;
    }

    /** The value as a monitor would show it: within what it can measure, in the steps of its display. */
    double displayed(double value) {
        double steps = Math.rint(Math.min(highest, Math.max(lowest, value)) / step);
        return step < 1 ? steps / Math.rint(1 / step) : steps * step;
    }
}
