package guide;

import dk.skifteportal.Caller;
import dk.skifteportal.ClientIdentity;
import dk.skifteportal.SkifteportalClient;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

// snippet: customers
/** A system with many customers: one client, and a caller for each of them. */
final class Customers {
    private final SkifteportalClient client;
    private final Function<String, Settings> settings;
    private final ConcurrentHashMap<String, Caller> callers = new ConcurrentHashMap<>();

    Customers(SkifteportalClient client, Function<String, Settings> settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Adds the customer when it calls for the first time; its token is fetched with its first call. */
    Caller of(String customer) {
        return callers.computeIfAbsent(customer, name -> {
            var known = settings.apply(name);
            return client.addReporter(known.clientId, known.clientSecret, known.identity);
        });
    }

    /** What you store of a customer. It is no record: records print what they hold. */
    static final class Settings {
        final String clientId;
        final String clientSecret;
        final ClientIdentity identity;

        Settings(String clientId, String clientSecret, ClientIdentity identity) {
            this.clientId = clientId;
            this.clientSecret = clientSecret;
            this.identity = identity;
        }
    }
}
// end of snippet
