/// The controllers of the home kinds: Reaction, Scaler and their kin decide, over the API only.
/// They speak to no device. Each is a reconciler over a key.
package home.oikos.home;
