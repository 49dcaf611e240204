package org.velador.platform.boundary;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import org.velador.platform.control.Problem;

/** Answers of any length, streamed row by row; 503 while as many as there may be are under way. */
public final class Export {

    /** An export occupies a thread and a connection for as long as its client reads: they do not get all of those. */
    private static final Semaphore UNDER_WAY = new Semaphore(Integer.getInteger("velador.requests", 8) / 4);

    /** Writes all rows. */
    @FunctionalInterface
    public interface Rows {
        void write(Writer writer) throws IOException, SQLException;
    }

    private Export() {
    }

    /** @param name of the file that a browser saves */
    public static Response of(String name, Rows rows) {
        StreamingOutput body = out -> {
            if (!UNDER_WAY.tryAcquire()) {
                throw Problem.overloaded().asException();
            }
            try {
                Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                rows.write(writer);
                writer.flush();
            } catch (SQLException e) {
                // The status is sent already: ending without the last chunk tells the client that rows are missing.
                throw new IOException(e);
            } finally {
                UNDER_WAY.release();
            }
        };
        return Response.ok(body).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"").build();
    }
}
