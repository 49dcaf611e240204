package org.velador.cluster.site;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log file of a child process, and what it says about the child's end. */
final class Log {

    private static final int TAIL = 16_384;
    private static final Pattern TRACE = Pattern.compile("^(\\s+at |\\s*\\.\\.\\. \\d+ more|\\s*$)");
    /** In the words of PostgreSQL, of its tools, and of anyone else; the first that is found counts. */
    private static final List<Pattern> COMPLAINTS =
            List.of(
                    Pattern.compile("(?:FATAL|PANIC): +(.*)"),
                    Pattern.compile("^initdb: error: (.*)"),
                    Pattern.compile("^velador: (.*)"),
                    Pattern.compile("(.*(?:ERROR|SEVERE|error|could not|No space left).*)"));

    private final Path file;

    private Log(Path file) {
        this.file = file;
    }

    /** A fresh log; the one of the run before is kept beside it. */
    static Log fresh(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        if (Files.exists(file)) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".previous"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createFile(file);
        return new Log(file);
    }

    Path file() {
        return file;
    }

    ProcessBuilder.Redirect redirect() {
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    boolean isEmpty() {
        return tail().isBlank();
    }

    boolean says(String words) {
        return tail().contains(words);
    }

    /** The last complaint, or else the last line that is not part of a stack trace. */
    String reason() {
        List<String> lines = tail().lines().filter(Predicate.not(TRACE.asPredicate())).map(String::trim).toList();
        if (lines.isEmpty()) {
            return "its log is empty";
        }
        return COMPLAINTS.stream()
                .flatMap(complaint -> last(complaint, lines).stream())
                .findFirst()
                .orElse(lines.get(lines.size() - 1));
    }

    private static Optional<String> last(Pattern pattern, List<String> lines) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .reduce((earlier, later) -> later);
    }

    private String tail() {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            long length = bytes.length();
            bytes.seek(Math.max(0, length - TAIL));
            byte[] tail = new byte[(int) Math.min(length, TAIL)];
            bytes.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
