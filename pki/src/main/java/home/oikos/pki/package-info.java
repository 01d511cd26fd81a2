/// The certificate authority of a home, its certificates and keys, token signing, and sealing at rest.
/// It decides nothing about who may do what. Keys are files; everything else is made from them.
package home.oikos.pki;
