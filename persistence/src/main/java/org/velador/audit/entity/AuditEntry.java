package org.velador.audit.entity;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * One sealed entry of an instance's chain.
 *
 * @param instance      on which it happened, and whose chain this is
 * @param number        counts from 1 in each chain, without gaps
 * @param at            when, by the database's clock
 * @param who           account or device; {@code nobody} without credentials, {@code system} when nobody asked
 * @param roles         which {@code who} had
 * @param action        what, as a stable word such as {@code patient.read}
 * @param method        of the request; null without one
 * @param path          template of the request's path, such as {@code /api/patients/{mrn}}; null without one
 * @param object        code, MRN or id of what it was done to, or null
 * @param patients      MRNs of those whom it concerns
 * @param detail        what else there is to say, or null
 * @param outcome       {@code done}, {@code not-found} or {@code refused}
 * @param status        of the answer; null for a change, noted before there is an answer
 * @param address       of the client, or null
 * @param correlationId of the load balancer, or null
 * @param sealedAt      when it got its place in the chain
 * @param sealedBy      the instance that gave it that; another than its own when that one could not
 * @param previous      hash of the entry before; empty for the first
 * @param hash          over all of the above
 */
public record AuditEntry(
        String instance,
        long number,
        OffsetDateTime at,
        String who,
        List<String> roles,
        String action,
        String method,
        String path,
        String object,
        List<String> patients,
        String detail,
        String outcome,
        Integer status,
        String address,
        String correlationId,
        OffsetDateTime sealedAt,
        String sealedBy,
        String previous,
        String hash) {

    /** The hash that its content has, whatever {@link #hash} says. */
    public String contentHash() {
        return new Form().add("velador-audit-1").add(instance).add(number).add(previous)
                .add(at).add(who).add(roles).add(action).add(method).add(path).add(object).add(patients).add(detail).add(outcome)
                .add(status == null ? null : status.toString()).add(address).add(correlationId).add(sealedAt).add(sealedBy)
                .hash();
    }
}
