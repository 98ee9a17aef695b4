package guide;

import dk.skifteportal.Caller;
import dk.skifteportal.model.AdgangsprofilId;
import dk.skifteportal.model.Sag;
import java.util.List;

/** Calls for likvidatorer. */
final class Likvidatorer {
    private Likvidatorer() {}

    // snippet: likvidator
    /** The sager of a likvidator on whose adgangsprofil the caller's certificate is registered. */
    static List<Sag> sager(Caller system, AdgangsprofilId profil) {
        return system.actingFor(profil).sagslager().hentSager().getItems();
    }
    // end of snippet
}
