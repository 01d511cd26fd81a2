/// The verbs of `oikos` that speak to the API, in the words of a home owner. It reaches the API as any client does.
/// A verb reads its arguments, asks the API through a [Home], and prints to a [Screen]; [Cli] finds the verb.
package home.oikos.cli;
