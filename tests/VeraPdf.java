import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Checks files against one flavour: `VeraPdf ua1 a.pdf b.pdf …`.
 *
 * <p>Prints `checked <TAB> number of the file <TAB> number of checks` a file and
 * `failed <TAB> number of the file <TAB> rule <TAB> place <TAB> message` a failed check.
 */
public final class VeraPdf {
    private static final int FAILURES_SHOWN_PER_RULE = 3;

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.fromString(arguments[0]);
        for (int number = 1; number < arguments.length; number++) {
            try {
                check(number - 1, new File(arguments[number]), flavour);
            } catch (Exception unreadable) {
                report(number - 1, "unreadable", "file", String.valueOf(unreadable));
            }
        }
    }

    private static void check(int number, File file, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(
                        flavour, FAILURES_SHOWN_PER_RULE, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.println("checked\t" + number + "\t" + result.getTotalAssertions());
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause()
                            + "-" + assertion.getRuleId().getTestNumber();
                    report(number, rule, assertion.getLocation().getContext(),
                            assertion.getMessage());
                }
            }
        }
    }

    private static void report(int number, String rule, String place, String message) {
        System.out.println(String.join("\t", "failed", String.valueOf(number), rule,
                plain(place), plain(message)));
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
