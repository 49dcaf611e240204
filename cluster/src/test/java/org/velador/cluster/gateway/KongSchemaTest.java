package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** The shipped kong.yml against what Kong itself takes: every key known, every value of the right kind and in range. */
class KongSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shippedFileIsOneThatKong3Takes() throws Exception {
        assertThat(complaints(Files.readString(GatewaySite.KONG_YML))).isEmpty();
    }

    @Test
    void shippedFileWithoutItsPluginsIsOneThatKong28Takes() throws Exception {
        String cut = Files.readString(GatewaySite.KONG_YML).replaceFirst("(?ms)^plugins:.*", "");
        assertThat(cut).doesNotContain("correlation-id");
        assertThat(complaints(cut)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            tcp_failures: 1 ~ tcp_failure: 1 ~ tcp_failure
            timeout: 2 ~ timeout: 65536 ~ timeout
            read_timeout: 5000 ~ read_timeout: 0.5 ~ read_timeout
            echo_downstream: true ~ echo: true ~ echo
            limit_by: ip ~ limit_by: address ~ limit_by
            latency_metrics: true ~ latencies: true ~ latencies
            size_unit: bytes ~ size_unit: mebibytes ~ size_unit
            """)
    void mistakeIsFound(String right, String wrong, String key) throws Exception {
        String yaml = Files.readString(GatewaySite.KONG_YML);
        assertThat(yaml).contains(right);
        assertThat(complaints(yaml.replace(right, wrong))).isNotEmpty()
                .allSatisfy(complaint -> assertThat(complaint.toString()).contains(key));
    }

    private static List<Error> complaints(String yaml) throws Exception {
        try (InputStream file = KongSchemaTest.class.getResourceAsStream("kong.schema.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(file.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
            return schema.validate(JSON.writeValueAsString(new Yaml().<Object>load(yaml)), InputFormat.JSON);
        }
    }
}
