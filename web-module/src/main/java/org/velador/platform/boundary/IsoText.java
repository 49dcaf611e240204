package org.velador.platform.boundary;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.velador.platform.control.Time;

/**
 * Reads times and dates as ISO 8601 text and as nothing else. Jackson's own would also take 5 for 1970-01-01T00:00:05Z and
 * an empty text for none.
 */
final class IsoText<T> extends StdScalarDeserializer<T> {

    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> parse;

    private IsoText(Class<T> type, Function<String, T> parse) {
        super(type);
        this.parse = parse;
    }

    static Module module() {
        return new SimpleModule("iso-text")
                .addDeserializer(OffsetDateTime.class, new IsoText<>(OffsetDateTime.class, Time::parse))
                .addDeserializer(LocalDate.class, new IsoText<>(LocalDate.class, LocalDate::parse));
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return handledType().cast(context.handleUnexpectedToken(handledType(), parser));
        }
        String text = parser.getText();
        try {
            return parse.apply(text);
        } catch (DateTimeException e) {
            return handledType().cast(context.handleWeirdStringValue(handledType(), text, "not ISO 8601"));
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public Class<T> handledType() {
        return (Class<T>) super.handledType();
    }
}
