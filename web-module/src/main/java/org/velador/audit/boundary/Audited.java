package org.velador.audit.boundary;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.velador.audit.control.Action;

/**
 * Says what a resource's method is in the audit. A read is noted by {@link AuditNotes} before its answer is sent; a change is noted by
 * the facade that makes it, in its transaction, and here only when it is refused.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Audited {

    Action value();

    /** Whether a read is noted only when its answer names a patient. */
    boolean onlyWithPatient() default false;
}
