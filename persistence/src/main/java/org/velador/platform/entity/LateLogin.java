package org.velador.platform.entity;

import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.internal.databaseaccess.DatabaseAccessor;
import org.eclipse.persistence.internal.databaseaccess.DatasourcePlatform;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.sessions.Login;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.server.ExternalConnectionPool;
import org.eclipse.persistence.sessions.server.ServerSession;

/**
 * Lets the persistence unit open without a database. EclipseLink takes one connection from the container's pool at its start, for
 * nothing but to see that there are some; without a database the deployment fails of it, and the instance with it. Here the first
 * connection is taken by the first transaction, as all others are.
 */
public class LateLogin implements SessionCustomizer {

    @Override
    public void customize(Session session) {
        ServerSession server = (ServerSession) session;
        Login login = server.getDatasourceLogin();
        if (login.shouldUseExternalConnectionPooling()) {
            server.setReadConnectionPool(new LatePool("read", login, server));
            server.addConnectionPool(new LatePool(ServerSession.DEFAULT_POOL, login, server));
        }
    }

    private static final class LatePool extends ExternalConnectionPool {

        LatePool(String name, Login login, ServerSession owner) {
            super(name, login, owner);
        }

        @Override
        public synchronized void startUp() {
            setCachedConnection(new LateAccessor(getLogin(), getOwner()));
            setIsConnected(true);
        }
    }

    /** What each connection is cloned of: knows where to connect, and is not connected. */
    private static final class LateAccessor extends DatabaseAccessor {

        LateAccessor(Login login, AbstractSession session) {
            setLogin(login);
            setDatasourcePlatform((DatasourcePlatform) session.getDatasourceLogin().getDatasourcePlatform());
            createCustomizer(session);
        }
    }
}
