package org.velador.variables.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/**
 * What can be measured: heart rate, oxygen saturation, the temperature of a fridge.
 *
 * <p>The unit is a UCUM code ({@code /min}, {@code mm[Hg]}); all values of a variable are in it. LOINC and MDC (IEEE
 * 11073-10101) codes are there where these systems have one. Outside the plausible range a value is refused: it is a
 * fault of the sensor or of the typing hand, not a state of the patient.
 */
@Entity
@Table(name = "variable")
public class Variable {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Integer id;

    private String code;
    private String name;
    private String unit;
    private String loinc;
    private Integer mdc;

    @Column(name = "plausible_low")
    private double plausibleLow;

    @Column(name = "plausible_high")
    private double plausibleHigh;

    @Version
    private int version;

    /** For JPA. */
    protected Variable() {
    }

    /** A new variable; its code never changes, since devices send it. */
    public Variable(String code) {
        this.code = code;
    }

    /**
     * Says what the variable is. The unit of a variable that was measured must stay: see {@link #unit()}.
     *
     * @throws IllegalArgumentException when the plausible range is empty or has no end
     */
    public void describe(String name, String unit, String loinc, Integer mdc, double plausibleLow, double plausibleHigh) {
        if (!Double.isFinite(plausibleHigh - plausibleLow)) {
            throw new IllegalArgumentException(
                    "plausibleLow: from " + plausibleLow + " to " + plausibleHigh + " (expected: a range with two ends)");
        }
        if (!(plausibleLow < plausibleHigh)) {
            throw new IllegalArgumentException(
                    "plausibleLow: " + plausibleLow + " (expected: less than plausibleHigh, " + plausibleHigh + ")");
        }
        this.name = name;
        this.unit = unit;
        this.loinc = loinc;
        this.mdc = mdc;
        this.plausibleLow = plausibleLow;
        this.plausibleHigh = plausibleHigh;
    }

    public Integer id() {
        return id;
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    /** UCUM code of the unit of every stored value. */
    public String unit() {
        return unit;
    }

    public String loinc() {
        return loinc;
    }

    public Integer mdc() {
        return mdc;
    }

    public double plausibleLow() {
        return plausibleLow;
    }

    public double plausibleHigh() {
        return plausibleHigh;
    }

    public int version() {
        return version;
    }
}
