package org.velador.platform.boundary;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads text that can be stored as it is. JSON can escape half a character (a lone surrogate), of which the database would keep
 * a question mark and say nothing.
 */
final class WholeText extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;

    private WholeText() {
        super(String.class);
    }

    static Module module() {
        return new SimpleModule("whole-text").addDeserializer(String.class, new WholeText());
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = StringDeserializer.instance.deserialize(parser, context);
        if (text != null && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return (String) context.handleWeirdStringValue(String.class, text, "half a character");
        }
        return text;
    }
}
