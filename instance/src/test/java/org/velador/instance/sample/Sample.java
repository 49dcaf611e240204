package org.velador.instance.sample;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;

/** Root of the sample's resources. */
@ApplicationPath("/")
public class Sample extends Application {

    /** Answers after the time asked for, in milliseconds. */
    @Path("slow")
    @RequestScoped
    public static class Slow {

        @GET
        public String answer(@QueryParam("ms") long millis) throws InterruptedException {
            Thread.sleep(millis);
            return "done";
        }
    }
}
