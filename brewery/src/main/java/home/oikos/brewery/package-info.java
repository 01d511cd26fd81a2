/// The kind Fermentation: what the readings of a batch say, how warm it should be, what to do when it stalls. Decides over the API only. It
/// speaks to no device and drives no actuator: what it wants stands in the spec of other objects, where the interlocks judge it. [Trace]
/// keeps a batch's readings, [Evidence] is what can be said of them, [Verdict] the phase that follows, [Profile] and [Ladder] what is to be
/// done; [FermentationReconciler] does it through the hands of `home`; [Brewery] adds it to a group of controllers.
package home.oikos.brewery;
