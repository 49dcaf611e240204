package org.velador.cluster.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.multipart.AggregatedBodyPart;
import com.linecorp.armeria.common.multipart.Multipart;
import java.util.concurrent.CompletableFuture;

/** Finds the text of a kong.yml in a request to {@code /config}: the field {@code config} of JSON or of a form. */
final class ConfigUpload {

    private static final String FIELD = "config";

    private ConfigUpload() {}

    /** Fails with an {@link IllegalArgumentException} when there is none. */
    static CompletableFuture<String> text(HttpRequest request) {
        MediaType type = request.contentType();
        if (type != null && type.belongsTo(MediaType.MULTIPART_FORM_DATA)) {
            return Multipart.from(request).aggregate().thenApply(parts -> {
                AggregatedBodyPart part = parts.field(FIELD);
                return require(part == null ? null : part.contentUtf8());
            });
        }
        return request.aggregate().thenApply(whole -> require(type != null && type.belongsTo(MediaType.FORM_DATA)
                ? QueryParams.fromQueryString(whole.contentUtf8()).get(FIELD) : fromJson(whole)));
    }

    private static String fromJson(AggregatedHttpRequest request) {
        try {
            JsonNode body = new ObjectMapper().readTree(request.contentUtf8());
            return body.path(FIELD).textValue();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("got a body that is not JSON, " + e.getOriginalMessage(), e);
        }
    }

    private static String require(String text) {
        if (text == null) {
            throw new IllegalArgumentException("got no field config, expected the text of a kong.yml in it");
        }
        return text;
    }
}
