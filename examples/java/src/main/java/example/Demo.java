package example;

import dk.skifteportal.Caller;
import dk.skifteportal.Checks;
import dk.skifteportal.Doedsbo;
import dk.skifteportal.Pdf;
import dk.skifteportal.Profile;
import dk.skifteportal.SanitizeOptions;
import dk.skifteportal.SkifteportalClient;
import dk.skifteportal.model.AdgangsprofilId;
import dk.skifteportal.model.CprNummer;
import dk.skifteportal.model.DoedsbojournalId;
import dk.skifteportal.model.DoedsbojournalQuery;
import dk.skifteportal.model.Fritekst;
import dk.skifteportal.model.Henvendelse;
import dk.skifteportal.model.HenvendelseDokument;
import dk.skifteportal.model.Henvendelsestraad;
import dk.skifteportal.model.Krav;
import dk.skifteportal.model.Language;
import dk.skifteportal.model.Page;
import dk.skifteportal.model.SagId;
import dk.skifteportal.model.SkifteportalException;
import dk.skifteportal.model.Timestamp;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The story: two tokens, a claim from its filing to its deletion, a likvidator's letter, four refusals. */
public final class Demo {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/Copenhagen"));

    private final Config config;
    private final SkifteportalClient client;
    private final Caller reporter;
    private final byte[] faktura = example("faktura.pdf");

    private Demo(Config config, SkifteportalClient client) throws IOException {
        this.config = config;
        this.client = client;
        var party = config.reporter();
        reporter = client.addReporter(
                party.get("clientId").textValue(), config.clientSecret(party), config.identity(party));
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2 || !arguments[0].equals("demo")) {
            throw new IllegalArgumentException("demo CONFIGURATION");
        }
        var config = new Config(Path.of(arguments[1]));
        try (var client = SkifteportalClient.builder(config.environment())
                .authorities(config.authorities())
                .build()) {
            new Demo(config, client).tell();
        }
    }

    private static byte[] example(String name) throws IOException {
        return Files.readAllBytes(Path.of("examples/rust/data").resolve(name));
    }

    private static void step(int number, String title) {
        System.out.printf("%n%2d. %s%n", number, title);
    }

    private static void say(String line) {
        System.out.println("    " + line);
    }

    private void tell() throws IOException {
        step(1, "The reporter's certificate");
        try (var store = config.store(config.reporter());
                var leaf = store.chain().leaf()) {
            var summary = leaf.summary(Timestamp.now(), 30);
            say(summary.getCommonName() + ": " + summary.getKind() + ", CVR " + summary.getCvr());
            say("valid until " + summary.getNotAfter());
            say("SERIALNUMBER for Samarbejdsportalen: " + summary.getSubjectSerialNumber());
        }
        step(2, "A token by variant A: Client ID and secret over the reporter's certificate");
        tellToken(reporter);
        step(3, "A token by variant B: an assertion signed with the reporter's key");
        tellToken(client.addReporter(
                "https://practice-system.example",
                config.identity(config.reporter()),
                config.identity(config.apiUser())));
        var bo = theClaim();
        theLetter();
        theRefusals(bo);
    }

    private void tellToken(Caller caller) {
        try (var token = caller.token()) {
            say("a " + token.kind().name().toLowerCase() + " token, good until " + token.expiresAt());
        }
    }

    private DoedsbojournalId theClaim() {
        step(4, "A dødsbo is found by CPR number, a claim is filed, a PDF is attached");
        var doedsbo = reporter.doedsbo();
        var query = new DoedsbojournalQuery();
        query.setCprNummer(CprNummer.of(config.testData().get("cprNummer").textValue()));
        var bo = doedsbo.searchBo(query, new Page()).getItems().get(0).getId();
        var krav = new Krav();
        krav.setBeloeb(new BigDecimal("12345.67"));
        krav.setEndeligt(false);
        krav.setOpgjortdato(TODAY);
        var filed = doedsbo.addKrav(bo, krav);
        var id = filed.getId();
        try (var profile = Profile.portal()) {
            doedsbo.uploadKravBilag(bo, id, "faktura.pdf", faktura, profile);
        }
        say("krav " + id);
        var kvittering = filed.getKvittering();
        say(kvittering.getKode() + ": " + kvittering.getOverskrift().raw());

        step(5, "The claim is made final, read back with its bilag, and deleted");
        var changed = doedsbo.getKrav(bo, id);
        changed.setEndeligt(true);
        doedsbo.updateKrav(bo, id, changed);
        var read = doedsbo.getKrav(bo, id);
        say(read.getBeloeb().toPlainString() + " kr., " + (read.getEndeligt() ? "final" : "preliminary"));
        for (var bilag : doedsbo.listKravBilag(bo, id)) {
            var file = doedsbo.downloadKravBilag(bo, id, bilag.getId());
            var same = Arrays.equals(file.getBytes(), faktura) ? "the same bytes" : "other bytes";
            say("bilag " + file.getFilnavn() + ": " + same);
        }
        doedsbo.deleteKrav(bo, id);
        say("deleted");
        return bo;
    }

    private void theLetter() throws IOException {
        step(6, "The token is exchanged for a likvidator's delegated token");
        var system = config.likvidator().get("system");
        var likvidator = client.addReporter(
                        system.get("clientId").textValue(), config.clientSecret(system), config.identity(system))
                .actingFor(AdgangsprofilId.of(config.likvidator().get("adgangsprofilId").textValue()));
        tellToken(likvidator);

        step(7, "A document is uploaded, and a henvendelse sent with it");
        var uploaded = likvidator.dokumentlager().addV2("redegørelse.pdf", faktura).getId();
        say("dokument " + uploaded);
        var dokument = new HenvendelseDokument();
        dokument.setDokumentId(uploaded);
        dokument.setFilnavn(Fritekst.of("redegørelse.pdf"));
        dokument.setNavn(Fritekst.of("Redegørelse"));
        var henvendelse = new Henvendelse();
        henvendelse.setTekst(Fritekst.of("Vedlagt er redegørelsen.\n\nMed venlig hilsen\nLikvidator"));
        henvendelse.setDokumenter(List.of(dokument));
        var traad = new Henvendelsestraad();
        var sag = config.testData().get("sager").get("aaben").get("sagId").textValue();
        traad.setSagId(SagId.of(sag));
        traad.setEmneord(Fritekst.of("Redegørelse"));
        traad.setHenvendelser(List.of(henvendelse));
        say("henvendelsestråd " + likvidator.henvendelser().addTraad(traad).getId());
    }

    private void theRefusals(DoedsbojournalId bo) throws IOException {
        System.out.println("\nFour refusals, in plain words");
        var doedsbo = reporter.doedsbo();

        System.out.println("\n a. A client secret with a typing error");
        var party = config.reporter();
        var stranger = client.addReporter(party.get("clientId").textValue(), "wrong", config.identity(party));
        refused(() -> stranger.doedsbo().getAllKrav(bo));

        System.out.println("\n b. A search by CPR number and by name at once");
        var query = new DoedsbojournalQuery();
        query.setCprNummer(CprNummer.of(config.testData().get("cprNummer").textValue()));
        query.setNavn(Fritekst.of("Erlinda Hills"));
        refused(() -> doedsbo.searchBo(query, new Page()));
        refused(() -> doedsbo.searchBo(query, new Page(), null, Checks.none()));

        System.out.println("\n c. A claim that is made up tomorrow");
        var krav = new Krav();
        krav.setBeloeb(new BigDecimal("1.00"));
        krav.setOpgjortdato(TODAY.plusDays(2));
        refused(() -> doedsbo.addKrav(bo, krav));
        refused(() -> reporter.send(new Doedsbo().addKrav(bo, krav, Checks.none())));

        System.out.println("\n d. A PDF that runs JavaScript when it is opened");
        krav.setOpgjortdato(TODAY);
        var id = doedsbo.addKrav(bo, krav).getId();
        var scripted = example("faktura-med-javascript.pdf");
        try (var pdf = new Pdf();
                var profile = Profile.portal();
                var options = new SanitizeOptions()) {
            for (var finding : pdf.check(scripted, profile).getFindings()) {
                say("before sending: " + pdf.explain(finding, Language.ENGLISH));
            }
            refused(() -> doedsbo.uploadKravBilag(bo, id, "faktura.pdf", scripted));
            doedsbo.uploadKravBilag(bo, id, "faktura.pdf", pdf.sanitize(scripted, profile, options).getBytes());
        }
        say("sanitised, the same invoice is accepted");
        doedsbo.deleteKrav(bo, id);
    }

    private static <T> void refused(Supplier<T> call) {
        try {
            call.get();
            throw new IllegalStateException("this should have been refused");
        } catch (SkifteportalException.Call error) {
            error.getViolations().forEach(violation ->
                    say("before sending: " + violation.getCode() + " at " + violation.getPointer()));
        } catch (SkifteportalException.Portal error) {
            say(error.getCode() + ", " + error.getCertainty());
            say("da: " + error.getRefusal().getDanish());
            say("en: " + error.getRefusal().getEnglish());
        }
    }
}
