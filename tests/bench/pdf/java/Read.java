import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** PDFBox: a reader for `cargo xtask bench pdf`; src/reader.rs says what it prints. */
public final class Read {
    private static final Set<String> VERBS = Set.of("JavaScript", "URI", "GoToR", "GoToE", "Launch",
            "SubmitForm", "ImportData", "ResetForm", "Rendition", "Movie", "Sound", "GoTo3DView",
            "RichMediaExecute");
    private static final Set<String> SUBTYPES =
            Set.of("FileAttachment", "Movie", "Sound", "3D", "RichMedia");
    private static final List<COSName> KEYS = List.of(COSName.getPDFName("JS"), COSName.EF,
            COSName.AA, COSName.OPEN_ACTION, COSName.XFA);

    /** What was found, so that nothing of the work is left out. */
    private static volatile int found;

    private Read() {
    }

    private static int hits(COSDictionary dictionary) {
        int count = 0;
        if (dictionary.getDictionaryObject(COSName.S) instanceof COSName verb
                && VERBS.contains(verb.getName())) {
            count++;
        }
        if (dictionary.getDictionaryObject(COSName.SUBTYPE) instanceof COSName subtype
                && SUBTYPES.contains(subtype.getName())) {
            count++;
        }
        for (COSName key : KEYS) {
            if (dictionary.containsKey(key)) {
                count++;
            }
        }
        return count;
    }

    private static void walk(byte[] bytes) throws IOException {
        try (PDDocument document = Loader.loadPDF(bytes)) {
            COSDocument inner = document.getDocument();
            int count = document.getNumberOfPages();
            // A copy: what is read may add to it.
            for (COSObjectKey key : new ArrayList<>(inner.getXrefTable().keySet())) {
                Deque<COSBase> waiting = new ArrayDeque<>();
                COSBase object = inner.getObjectFromPool(key).getObject();
                if (object != null) {
                    waiting.push(object);
                }
                while (!waiting.isEmpty()) {
                    COSBase one = waiting.pop();
                    if (one instanceof COSDictionary dictionary) {
                        count += hits(dictionary);
                        for (COSBase value : dictionary.getValues()) {
                            if (value != null && !(value instanceof COSObject)) {
                                waiting.push(value);
                            }
                        }
                    } else if (one instanceof COSArray array) {
                        for (int i = 0; i < array.size(); i++) {
                            COSBase value = array.get(i);
                            if (value != null && !(value instanceof COSObject)) {
                                waiting.push(value);
                            }
                        }
                    }
                }
            }
            found = count;
        }
    }

    static boolean read(byte[] bytes) {
        try {
            walk(bytes);
            return true;
        } catch (InvalidPasswordException answer) {
            return true;
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            return false;
        }
    }

    private static long highWater() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        }
        return 0;
    }

    public static void main(String[] words) throws IOException {
        Logger.getLogger("org.apache.pdfbox").setLevel(Level.OFF);
        Logger.getLogger("org.apache.fontbox").setLevel(Level.OFF);
        List<String> files = Files.readAllLines(Path.of(words[0]));
        int passes = Integer.parseInt(words[1]);
        long budget = Long.parseLong(words[2]) * 1_000_000_000L;
        int from = Integer.parseInt(words[3]);
        long base = highWater();
        long begun = System.nanoTime();
        long worst = 0;
        for (int pass = 0; pass < passes; pass++) {
            long start = System.nanoTime();
            for (int index = from; index < files.size(); index++) {
                byte[] bytes = Files.readAllBytes(Path.of(files.get(index)));
                long clock = System.nanoTime();
                boolean ok = read(bytes);
                long nanos = System.nanoTime() - clock;
                System.out.printf("file\t%d\t%d\t%d\t%s%n", pass, index, nanos, ok ? "ok" : "not read");
            }
            from = 0;
            long now = System.nanoTime();
            worst = Math.max(worst, now - start);
            if (now - begun + worst > budget) {
                break;
            }
        }
        System.out.printf("memory\t%d\t%d%n", base, highWater());
        System.out.println("note\tits memory is what the virtual machine takes, up to 4 GB");
    }
}
