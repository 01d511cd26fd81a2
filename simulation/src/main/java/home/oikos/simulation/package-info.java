/// A simulated house that speaks the real protocols, and its physics under a seed.
/// Nothing here is used by a real home. A thing has state; time moves it; messages show it.
package home.oikos.simulation;
