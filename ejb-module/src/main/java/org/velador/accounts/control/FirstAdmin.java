package org.velador.accounts.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import org.velador.platform.control.SchemaCurrent;

/** Lets somebody in at the very first: the account {@code admin}, with the password from {@code VELADOR_ADMIN_PASSWORD}, to be changed at once. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class FirstAdmin {

    private static final Logger LOG = Logger.getLogger(FirstAdmin.class.getName());

    @EJB
    Accounts accounts;

    @Inject
    Passwords passwords;

    public void atStart(@Observes SchemaCurrent event) {
        if (accounts.hasAdministrator()) {
            return;
        }
        String given = System.getenv("VELADOR_ADMIN_PASSWORD");
        if (given == null || given.isBlank()) {
            LOG.warning("Nobody can administer accounts: start an instance with VELADOR_ADMIN_PASSWORD to have the account 'admin' made.");
        } else if (accounts.addFirst(passwords.hash(given.strip()))) {
            LOG.info("The account 'admin' was made, with the password from VELADOR_ADMIN_PASSWORD, which has to be changed at the first sign-in.");
        }
    }
}
