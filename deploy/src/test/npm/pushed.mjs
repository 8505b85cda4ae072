// openid-client with requests that are pushed (RFC 9126), signed (RFC 9101) or both, and answers that are signed (JARM). Prints where the
// browser is to be sent, reads where it came back, and prints what it learned, each as one line of JSON.
import { createInterface } from "node:readline/promises";
import * as client from "openid-client";

const [issuer, clientId, pkcs8, redirectUri, way] = process.argv.slice(2);
const key = await crypto.subtle.importKey(
  "pkcs8",
  Buffer.from(pkcs8, "base64"),
  { name: "ECDSA", namedCurve: "P-256" },
  false,
  ["sign"],
);
const config = await client.discovery(new URL(issuer), clientId, undefined, client.PrivateKeyJwt(key), {
  execute: [client.allowInsecureRequests],
});
if (way === "answer") {
  client.useJwtResponseMode(config);
}
const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const wishes = {
  redirect_uri: redirectUri,
  scope: "openid email",
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
  state,
};
const signed = (parameters) => client.buildAuthorizationUrlWithJAR(config, parameters, key);
const pushed = (parameters) => client.buildAuthorizationUrlWithPAR(config, parameters);
const ways = {
  pushed: () => pushed(wishes),
  signed: () => signed(wishes),
  both: async () => pushed((await signed(wishes)).searchParams),
  answer: () => pushed(wishes),
};
console.log(JSON.stringify({ url: (await ways[way]()).href }));

const input = createInterface({ input: process.stdin });
const callback = await new Promise((resolve) => input.once("line", resolve));
input.close();
const tokens = await client.authorizationCodeGrant(config, new URL(callback), {
  pkceCodeVerifier: verifier,
  expectedState: state,
  idTokenExpected: true,
});
const userinfo = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
console.log(JSON.stringify({ email: userinfo.email }));
