package org.velador.platform.boundary;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** {@code /openapi}: the contract, {@code META-INF/openapi.yaml}, as it is written or, for {@code format=JSON} or whoever accepts that, in JSON. */
@WebServlet("/openapi")
public class Contract extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private transient volatile byte[] json;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String accept = request.getHeader("Accept");
        boolean asJson = "JSON".equalsIgnoreCase(request.getParameter("format")) || accept != null && accept.startsWith("application/json");
        response.setContentType(asJson ? "application/json" : "application/yaml;charset=UTF-8");
        response.getOutputStream().write(asJson ? json() : yaml());
    }

    private byte[] json() throws IOException {
        if (json == null) {
            json = new ObjectMapper().writeValueAsBytes(new YAMLMapper().readTree(yaml()));
        }
        return json;
    }

    private static byte[] yaml() throws IOException {
        try (InputStream in = Contract.class.getResourceAsStream("/META-INF/openapi.yaml")) {
            return in.readAllBytes();
        }
    }
}
