/// Login, session and the web page; it forwards to the API with the user's own token.
/// It has no rights of its own. A one-time link becomes a session, a session becomes a token.
package home.oikos.dashboard;
