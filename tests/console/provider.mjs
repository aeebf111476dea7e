// An identity provider (OpenID Connect) on this machine: whoever comes to it is asked nothing and sent back as `email`.
import { createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";

/** @typedef {{ issuer: string, person: { sub: string, email: string }, close: () => void }} Provider */

/** @returns {Promise<Provider>} */
export async function provider() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  /** @type {Map<string, { nonce: string, client: string, email: string, sub: string }>} */
  const codes = new Map();
  const self = { issuer: "", person: { sub: "1", email: "somebody@example.org" }, close: () => { server.close(); server.closeAllConnections(); } };
  const encode = (/** @type {unknown} */ value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", self.issuer);
    const json = (/** @type {unknown} */ value) => response.setHeader("Content-Type", "application/json").end(JSON.stringify(value));
    if (url.pathname === "/.well-known/openid-configuration") {
      return json({ issuer: self.issuer, authorization_endpoint: `${self.issuer}/authorize`, token_endpoint: `${self.issuer}/token`, jwks_uri: `${self.issuer}/keys`, response_types_supported: ["code"], subject_types_supported: ["public"], id_token_signing_alg_values_supported: ["RS256"] });
    }
    if (url.pathname === "/keys") return json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" }] });
    if (url.pathname === "/authorize") {
      const code = randomUUID();
      const asked = url.searchParams;
      codes.set(code, { nonce: asked.get("nonce") ?? "", client: asked.get("client_id") ?? "", ...self.person });
      return response.writeHead(302, { Location: `${asked.get("redirect_uri")}?${new URLSearchParams({ code, state: asked.get("state") ?? "" })}` }).end();
    }
    let body = "";
    request.on("data", (text) => { body += text; });
    request.on("end", () => {
      const known = codes.get(new URLSearchParams(body).get("code") ?? "");
      if (!known) return response.writeHead(400).end();
      const now = Math.floor(Date.now() / 1000);
      const said = `${encode({ alg: "RS256", kid: "one" })}.${encode({ iss: self.issuer, aud: known.client, sub: known.sub, email: known.email, email_verified: true, name: "Amal at work", nonce: known.nonce, iat: now, exp: now + 300 })}`;
      json({ access_token: "none", token_type: "Bearer", id_token: `${said}.${createSign("RSA-SHA256").update(said).sign(privateKey).toString("base64url")}` });
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  self.issuer = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  return self;
}
