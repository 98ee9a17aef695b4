package guide;

import dk.skifteportal.Errors;
import dk.skifteportal.model.SkifteportalException;
import java.util.function.Supplier;

/** What went wrong, and what now. */
final class Failures {
    private Failures() {}

    // snippet: failures
    /** Files something, and says to the user in Danish how it ended. */
    static String outcome(Supplier<?> filing) {
        try {
            filing.get();
            return "Indsendt.";
        } catch (SkifteportalException.Call broken) {
            return "Ikke sendt: " + broken.getText(); // a rule of the portal's, seen before anything was sent
        } catch (SkifteportalException.Portal refused) {
            var why = refused.getRefusal().getDanish();
            return switch (refused.getCertainty()) {
                case NOT_PROCESSED -> mayHelp(refused) ? "Prøv igen senere: " + why : "Afvist: " + why;
                case PROCESSED -> "Indsendt, men svaret kunne ikke læses: " + why;
                case UNKNOWN -> "Måske indsendt. Se efter på boet, før du sender igen: " + why;
            };
        }
    }

    private static boolean mayHelp(SkifteportalException.Portal refused) {
        try (var errors = new Errors()) {
            return errors.mayHelp(refused.getRefusal().getRetry());
        }
    }
    // end of snippet
}
