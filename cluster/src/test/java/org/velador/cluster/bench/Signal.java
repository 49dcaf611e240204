package org.velador.cluster.bench;

/** The eight variables that each bed measures, with a value inside the default limits and one beyond them. */
enum Signal {
    HEART_RATE("heart-rate", "/min", 80, 190, 3, 150),
    RESPIRATORY_RATE("respiratory-rate", "/min", 15, 35, 3, 30),
    OXYGEN_SATURATION("oxygen-saturation", "%", 97, 90, 2, 92),
    BODY_TEMPERATURE("body-temperature", "Cel", 37, 39, 2, 38.5),
    ARTERIAL_SYSTOLIC("abp-systolic", "mm[Hg]", 125, 85, 2, 90),
    ARTERIAL_DIASTOLIC("abp-diastolic", "mm[Hg]", 75, 125, 3, 120),
    ARTERIAL_MEAN("abp-mean", "mm[Hg]", 92, 145, 3, 140),
    CUFF_MEAN("nibp-mean", "mm[Hg]", 92, 55, 2, 60);

    private static final Signal[] ALL = values();

    /** One measurement in as many is beyond a limit. */
    static final int ONE_BREACH_IN = 100;

    final String code;
    final String unit;
    final double normal;
    final double breaching;
    /** Rank of the priority of the breaching value. */
    final short priority;
    /** Which limit the breaching value exceeds. */
    final double limit;

    Signal(String code, String unit, double normal, double breaching, int priority, double limit) {
        this.code = code;
        this.unit = unit;
        this.normal = normal;
        this.breaching = breaching;
        this.priority = (short) priority;
        this.limit = limit;
    }

    /** The signal of a pair, where pairs are numbered place by place. */
    static Signal of(int pair) {
        return ALL[pair % ALL.length];
    }

    /** Whether a pair is beyond its limit in a second: each pair once in a while, never all at once. */
    static boolean breaches(int pair, long second) {
        return (pair + second) % ONE_BREACH_IN == 0;
    }
}
