package org.velador.cluster.gateway;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;

/** What the gateway answers on its own account: Kong's JSON body. */
final class Refusal {

    private Refusal() {}

    static HttpResponse of(HttpStatus status, String message) {
        return HttpResponse.of(headers(status, message), body(message));
    }

    static ResponseHeaders headers(HttpStatus status, String message) {
        return ResponseHeaders.builder(status)
                .contentType(MediaType.JSON_UTF_8)
                .contentLength(body(message).length())
                .set(HttpHeaderNames.SERVER, "velador-gateway")
                .build();
    }

    /** @param message without characters that JSON would escape */
    static HttpData body(String message) {
        return HttpData.ofUtf8("{\"message\":\"" + message + "\"}");
    }
}
