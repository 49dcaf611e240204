import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * Makes one jar of the 300 on the server's class path. Each look-up of a resource or a class that is nowhere asks every jar, a start
 * makes thousands of them, and each class knows by which jars it may be seen.
 *
 * <p>Runs at build time, from its source: {@code java MergeJars.java <folder of launch-micro.jar> <name of the jar to make>}.
 */
final class MergeJars {

    /** Each jar adds to these. All else is as on a class path: the first one counts. */
    private static final Pattern LISTS = Pattern.compile("META-INF/services/[^/]+|META-INF/hk2-locator/default");
    /** To be handed on with the code; each keeps its own. */
    private static final Pattern LEGAL = Pattern.compile("META-INF/(.*(?:LICEN[SC]E|NOTICE|COPYRIGHT|DEPENDENCIES).*)", Pattern.CASE_INSENSITIVE);
    /** Of each jar by itself: manifest, signatures, descriptor of the module, notes of its build. */
    private static final Pattern LEFT_OUT = Pattern.compile(
            "META-INF/MANIFEST\\.MF|META-INF/[^/]+\\.(?:SF|RSA|DSA|EC)|META-INF/INDEX\\.LIST|META-INF/maven/.*|META-INF/versions/.*|module-info\\.class");

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    public static void main(String[] arguments) throws IOException {
        Path micro = Path.of(arguments[0]);
        Path launcher = micro.resolve("launch-micro.jar");
        Path merged = micro.resolve("runtime").resolve(arguments[1]);
        List<String> classPath = classPath(launcher);
        List<String> jars = classPath.stream().filter(path -> path.endsWith(".jar")).toList();
        List<String> rest = classPath.stream().filter(path -> !path.endsWith(".jar")).toList();

        MergeJars merging = new MergeJars();
        for (String jar : jars) {
            merging.add(micro.resolve(jar));
        }
        Path half = micro.resolve(arguments[1] + ".new");
        merging.write(half);

        List<String> shorter = new ArrayList<>(List.of("runtime/" + arguments[1]));
        shorter.addAll(rest);
        replaceClassPath(launcher, shorter);
        for (String jar : jars) {
            Files.delete(micro.resolve(jar));
        }
        // Last: its presence says that all of this was done.
        Files.move(half, merged, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> classPath(Path launcher) throws IOException {
        try (JarFile jar = new JarFile(launcher.toFile())) {
            return List.of(jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH).split(" +"));
        }
    }

    /** Of a multi-release jar that which is for Java 17, the oldest that a node runs on. */
    private void add(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.Version.parse("17"))) {
            for (JarEntry entry : jar.versionedStream().toList()) {
                if (!entry.isDirectory() && !LEFT_OUT.matcher(entry.getName()).matches()) {
                    try (InputStream content = jar.getInputStream(entry)) {
                        add(path.getFileName().toString(), entry.getName(), content.readAllBytes());
                    }
                }
            }
        }
    }

    private void add(String jar, String name, byte[] content) {
        var legal = LEGAL.matcher(name);
        if (legal.matches() && !name.endsWith(".class")) {
            entries.put("META-INF/legal/" + jar + "/" + legal.group(1), content);
        } else if (LISTS.matcher(name).matches()) {
            entries.merge(name, content, MergeJars::lines);
        } else {
            entries.putIfAbsent(name, content);
        }
    }

    private static byte[] lines(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.write('\n');
        both.writeBytes(other);
        return both.toByteArray();
    }

    /** With entries for the folders: some look for those. */
    private void write(Path file) throws IOException {
        TreeSet<String> folders = new TreeSet<>();
        for (String name : entries.keySet()) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                folders.add(name.substring(0, slash + 1));
            }
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
                JarOutputStream jar = new JarOutputStream(out, plainManifest())) {
            for (String folder : folders) {
                store(jar, folder, new byte[0]);
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                store(jar, entry.getKey(), entry.getValue());
            }
        }
    }

    private static Manifest plainManifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        return manifest;
    }

    private static void store(JarOutputStream jar, String name, byte[] content) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        JarEntry entry = new JarEntry(name);
        entry.setMethod(JarEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }

    private static void replaceClassPath(Path launcher, List<String> classPath) throws IOException {
        Path replacement = launcher.resolveSibling("launch-micro.jar.new");
        try (JarFile jar = new JarFile(launcher.toFile())) {
            Manifest manifest = jar.getManifest();
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", classPath));
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(replacement), manifest)) {
                for (JarEntry entry : jar.stream().toList()) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        try (InputStream content = jar.getInputStream(entry)) {
                            content.transferTo(out);
                        }
                        out.closeEntry();
                    }
                }
            }
        }
        Files.move(replacement, launcher, StandardCopyOption.REPLACE_EXISTING);
    }
}
