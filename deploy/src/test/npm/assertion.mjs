// openid-client without a user: authenticates by what it signs, by a private key (PKCS#8, base64) or by a secret, and prints what it
// was given as one line of JSON.
import * as client from "openid-client";

const [issuer, clientId, method, algorithm, secret] = process.argv.slice(2);
const imports = {
  ES256: { name: "ECDSA", namedCurve: "P-256" },
  PS256: { name: "RSA-PSS", hash: "SHA-256" },
  EdDSA: { name: "Ed25519" },
};
const authentication =
  method === "client_secret_jwt"
    ? client.ClientSecretJwt(secret)
    : client.PrivateKeyJwt(
        await crypto.subtle.importKey("pkcs8", Buffer.from(secret, "base64"), imports[algorithm], false, ["sign"]),
      );
const config = await client.discovery(new URL(issuer), clientId, undefined, authentication, {
  execute: [client.allowInsecureRequests],
});
const tokens = await client.clientCredentialsGrant(config, { scope: "api" });
const known = await client.tokenIntrospection(config, tokens.access_token);
console.log(JSON.stringify({ scope: tokens.scope, active: known.active, clientId: known.client_id }));
