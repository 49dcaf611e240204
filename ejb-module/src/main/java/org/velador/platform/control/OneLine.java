package org.velador.platform.control;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Text that stands in one line and reads as it is written: letters of all languages and what joins them, but no control
 * characters, ends of lines, or characters that turn the direction of others. A name that shows as another one is how the wrong
 * patient gets treated.
 */
@Pattern(regexp = "[^\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*+")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface OneLine {

    String message() default "one line without control characters or marks that turn the direction of writing";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
