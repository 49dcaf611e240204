package org.velador.accounts.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true", "127.255.0.9, true", "128.0.0.1, false", "::1, true", "::2, false",
        "10.128.0.0, true", "10.128.0.255, true", "10.128.1.0, false", "10.129.0.1, false",
        "192.0.2.7, true", "192.0.2.8, false", "fd12::7, true", "fe80::7, false"})
    void addressesOfTheNetworksAreInside(String address, boolean inside) {
        assertThat(Networks.parse("127.0.0.0/8, ::1,10.128.0.0/24,192.0.2.7,fd00::/8").contain(address)).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0/0, 198.51.100.1, true", "0.0.0.0/0, ::1, false", "10.0.0.0/9, 10.127.255.255, true", "10.0.0.0/9, 10.128.0.0, false"})
    void prefixMayHaveAnyLength(String networks, String address, boolean inside) {
        assertThat(Networks.parse(networks).contain(address)).isEqualTo(inside);
    }
}
