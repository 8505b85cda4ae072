// The client of the Model Context Protocol's own SDK, which was told nothing but where the server is: finds who gives out tokens for it
// (RFC 9728, RFC 8414), registers (RFC 7591) or names itself by the address of a document, and logs in. Prints where the browser is to be sent,
// reads where it came back, calls a tool, and prints what it learned, each as one line of JSON.
import { createInterface } from "node:readline/promises";
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from "@modelcontextprotocol/client";

const [server, redirectUri, document] = process.argv.slice(2);
const known = {};
const provider = {
  redirectUrl: redirectUri,
  clientMetadata: {
    client_name: "Boat",
    redirect_uris: [redirectUri],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  },
  clientMetadataUrl: document,
  state: () => "state-of-mcp",
  clientInformation: () => known.client,
  saveClientInformation: (client) => (known.client = client),
  tokens: () => known.tokens,
  saveTokens: (tokens) => (known.tokens = tokens),
  codeVerifier: () => known.verifier,
  saveCodeVerifier: (verifier) => (known.verifier = verifier),
  redirectToAuthorization: (url) => console.log(JSON.stringify({ url: url.href })),
};
const transport = () => new StreamableHTTPClientTransport(new URL(server), { authProvider: provider });
const begun = transport();
try {
  await new Client({ name: "boat", version: "1" }).connect(begun);
  throw new Error("the server took no token at all");
} catch (error) {
  if (!(error instanceof UnauthorizedError)) {
    throw error;
  }
}
const input = createInterface({ input: process.stdin });
const callback = new URL(await new Promise((resolve) => input.once("line", resolve)));
input.close();
await begun.finishAuth(callback.searchParams);

async function call() {
  const client = new Client({ name: "boat", version: "1" });
  await client.connect(transport());
  const result = await client.callTool({ name: "whoami", arguments: {} });
  await client.close();
  return result.content[0].text;
}

const subject = await call();
const first = known.tokens.access_token;
known.tokens.access_token = "no longer any good";
console.log(
  JSON.stringify({
    clientId: known.client.client_id,
    subjects: [subject, await call()],
    refreshed: known.tokens.access_token !== first,
    scope: known.tokens.scope,
  }),
);
