package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of the node that the tests started. */
final class NodeHeap {

    private NodeHeap() {
    }

    /** Bytes that are still referred to: garbage is collected first. */
    static long inUse() throws Exception {
        long node = ProcessHandle.current().descendants()
                .filter(process -> process.info().arguments().map(List::of).orElse(List.of()).stream().anyMatch(a -> a.endsWith("velador-instance.jar")))
                .findFirst().orElseThrow().pid();
        jcmd(node, "GC.run");
        Matcher used = Pattern.compile("used (\\d+)K").matcher(jcmd(node, "GC.heap_info"));
        long bytes = 0;
        for (int generation = 0; generation < 2 && used.find(); generation++) {
            bytes += Long.parseLong(used.group(1)) * 1024;
        }
        assertThat(bytes).isPositive();
        return bytes;
    }

    private static String jcmd(long process, String command) throws Exception {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/jcmd").toString(), Long.toString(process), command)
                .redirectErrorStream(true).start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
