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

    /** Reads the customer's settings anew: a renewed certificate, a new secret. Calls under way go on. */
    void renew(String customer) {
        callers.computeIfPresent(customer, (name, caller) -> {
            var known = settings.apply(name);
            client.replaceCredentials(caller, known.clientId, known.clientSecret, known.identity);
            return caller;
        });
    }

    /** Forgets the customer with its tokens. Its calls that wait end, and say that nothing was processed. */
    void remove(String customer) {
        var caller = callers.remove(customer);
        if (caller != null) {
            client.removeReporter(caller);
        }
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
