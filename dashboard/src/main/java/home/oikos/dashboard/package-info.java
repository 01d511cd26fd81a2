/// Login, session and the web page; it forwards to the API with the user's own token and has no other way in.
/// A one-time link becomes a [Session], a session becomes a short-lived token of a ServiceAccount, and only the token reaches the API.
/// [Dashboard] is a filter in front of an API handler: that of this process, or [Forward] to one elsewhere.
package home.oikos.dashboard;
