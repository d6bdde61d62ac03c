// A real OpenID provider for the tests: one client, any login name is a person, code flow with PKCE required.
// Usage: node provider.mjs <port> <address to come back to>; prints "ready" when it answers.
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "anlauf", client_secret: "only-for-tests-0123456789abcdef", redirect_uris: [redirect], response_types: ["code"], grant_types: ["authorization_code"] }],
  cookies: { keys: ["only for tests"] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: "petra@verband.example", email_verified: true }) }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
process.stdin.resume();
// the test ends, the pipe closes, the provider ends: none is left behind
process.stdin.on("end", () => process.exit(0));
