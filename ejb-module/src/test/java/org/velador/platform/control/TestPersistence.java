package org.velador.platform.control;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The shipped persistence unit outside a container: the facades of tests run their JPA and SQL on a real database with it. */
public final class TestPersistence implements AutoCloseable {

    /** Work in one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T in(EntityManager em) throws Exception;
    }

    private final EntityManagerFactory factory;

    /** By URL rather than by data source: then EclipseLink pools the connections. */
    public TestPersistence(DataSource database) {
        PGSimpleDataSource postgres = (PGSimpleDataSource) database;
        factory = Persistence.createEntityManagerFactory("velador", Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource", "",
                "jakarta.persistence.jdbc.driver", "org.postgresql.Driver",
                "jakarta.persistence.jdbc.url", postgres.getURL(),
                "jakarta.persistence.jdbc.user", postgres.getUser()));
    }

    /** Commits when the work is done and rolls back when it throws. */
    public <T> T transaction(Work<T> work) {
        EntityManager em = factory.createEntityManager();
        try {
            em.getTransaction().begin();
            T result = work.in(em);
            em.getTransaction().commit();
            return result;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            if (em.getTransaction().isActive()) {
                em.getTransaction().rollback();
            }
            em.close();
        }
    }

    @Override
    public void close() {
        factory.close();
    }
}
