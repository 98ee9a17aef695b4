package guide;

import dk.skifteportal.Pdf;
import dk.skifteportal.Profile;
import dk.skifteportal.SanitizeOptions;
import dk.skifteportal.model.Language;
import dk.skifteportal.model.Verdict;
import java.util.function.Consumer;

/** Bilag that the portal takes. */
final class Pdfs {
    private Pdfs() {}

    // snippet: safe_bilag
    /** The file as it is, or without what the portal would refuse; the user is told of what was found. */
    static byte[] safe(byte[] file, Consumer<String> tell) {
        try (var pdf = new Pdf(); var profile = Profile.portal(); var options = new SanitizeOptions()) {
            var report = pdf.check(file, profile);
            report.getFindings().forEach(finding -> tell.accept(pdf.explain(finding, Language.DANISH)));
            return report.getVerdict() == Verdict.REFUSED
                    ? pdf.sanitize(file, profile, options).getBytes()
                    : file;
        }
    }
    // end of snippet
}
