import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Times and memory, as clock.rs takes them; figure.rs says what is printed. */
final class Clock {
    private static final int SAMPLES = 101;
    private static final int FEWEST = 15;
    private static final double SAMPLE = 2e6;

    /** A call that is measured; what it returns is kept from being optimised away. */
    interface Call {
        Object run() throws Exception;
    }

    private static volatile Object sink;

    private final double half;

    Clock(double seconds) {
        half = seconds / 2 * 1e9;
    }

    /** The library's own figure. */
    void ours(String row, Call call) throws Exception {
        tell(row, "", call);
    }

    /** That of something that it is compared with. */
    void peer(String row, String name, Call call) throws Exception {
        tell(row, ",\"peer\":\"" + name + "\"", call);
    }

    private static void run(Call call, int calls) throws Exception {
        for (int i = 0; i < calls; i++) {
            sink = call.run();
        }
    }

    private void tell(String row, String peer, Call call) throws Exception {
        long begun = System.nanoTime();
        int warm = 0;
        // The first half of the warming up is the compiler's.
        while (warm < 3 || System.nanoTime() - begun < half / 2) {
            run(call, 1);
            warm++;
        }
        long again = System.nanoTime();
        warm = 0;
        while (warm < 3 || System.nanoTime() - again < half / 2) {
            run(call, 1);
            warm++;
        }
        double once = Math.max(1, (double) (System.nanoTime() - again) / warm);
        int calls = (int) Math.max(1, Math.ceil(SAMPLE / once));
        int samples = (int) Math.max(FEWEST, Math.min(SAMPLES, half / (once * calls)));
        double[] taken = new double[samples];
        for (int i = 0; i < samples; i++) {
            long start = System.nanoTime();
            run(call, calls);
            taken[i] = (double) (System.nanoTime() - start) / calls;
        }
        Arrays.sort(taken);
        System.out.printf(Locale.ROOT,
                "{\"row\":\"%s\",\"who\":\"Java\"%s,\"ns\":%.1f,\"low\":%.1f,\"high\":%.1f,"
                        + "\"samples\":%d,\"calls\":%d}%n",
                row, peer, at(taken, 50), at(taken, 5), at(taken, 95), samples, calls);
    }

    private static double at(double[] sorted, int hundredths) {
        return sorted[(sorted.length - 1) * hundredths / 100];
    }

    /** By how much the process's memory rises while something runs. */
    static void memory(String row, String peer, Call call) throws Exception {
        System.gc();
        try {
            // The kernel's own way of setting the high-water mark back.
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        } catch (IOException notLinux) {
            return;
        }
        long before = highWater();
        run(call, 1);
        long bytes = Math.max(0, highWater() - before);
        String name = peer == null ? "" : ",\"peer\":\"" + peer + "\"";
        System.out.printf("{\"row\":\"%s\",\"who\":\"Java\"%s,\"bytes\":%d}%n", row, name, bytes);
    }

    private static long highWater() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("the system does not tell a process's memory");
    }
}
