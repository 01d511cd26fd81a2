/// One-time passwords: RFC 4226 and 6238, their secrets, and whether a code is accepted. It knows no door and no page: whoever wants a code asks it.
/// [Judgement] is the whole decision, pure, over what a [Ledger] remembers; [Verifier] keeps it across crashes by writing it before it answers;
/// [Enrolment] makes a secret and shows it once; [OneTimePasswordApi] is both over HTTP.
package home.oikos.otp;
