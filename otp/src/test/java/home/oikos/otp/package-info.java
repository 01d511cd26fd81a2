/// Checks of one-time passwords: the RFCs' vectors, an independent program, and every way a code can be wrong. Nothing here is used by the home.
/// Codes are made with the key of the RFCs.
package home.oikos.otp;
