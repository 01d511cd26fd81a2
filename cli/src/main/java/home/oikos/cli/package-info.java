/// The verbs of `oikos` that speak to the API, in the words of a home owner.
/// It reaches the API as any client does. A verb reads its arguments, asks the API, and prints.
package home.oikos.cli;
