package org.velador.platform.control;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Text of several lines, in whatever language: of control characters only tabs and ends of lines. */
@Pattern(regexp = "[\\P{Cc}\\t\\n\\r]*+")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface PlainText {

    String message() default "no control characters but tabs and ends of lines";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
