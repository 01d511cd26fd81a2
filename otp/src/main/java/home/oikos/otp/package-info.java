/// One-time passwords: RFC 4226 and 6238, their secrets, and whether a code is accepted. It knows no door and no page: whoever wants a code asks it.
/// [Judgement] is the whole decision, pure; [Verifier] keeps it across crashes by writing the status before it answers; [DoorGuard] refuses writes
/// that need a code.
package home.oikos.otp;
