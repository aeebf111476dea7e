// Logs in at a running server through a real OpenID provider, as a front end and its browser would.
// Usage: node flow.mjs SERVER PAGE
import assert from "node:assert/strict";

const [server, page] = process.argv.slice(2);

async function call(method, path, { body, token } = {}) {
  const headers = {};
  if (body) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  const answer = await fetch(server + path, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, json: text ? JSON.parse(text) : null };
}

// A browser: it keeps cookies by path, follows redirects up to the page of the front end, and fills in forms.
class Browser {
  cookies = new Map();

  async open(url, options = {}) {
    for (let hops = 0; hops < 20; hops++) {
      if (url.startsWith(page)) return { url };
      const { pathname } = new URL(url);
      const sent = [...this.cookies.values()].filter((cookie) => pathname.startsWith(cookie.path));
      const answer = await fetch(url, {
        ...options,
        redirect: "manual",
        headers: { ...options.headers, Cookie: sent.map((cookie) => cookie.pair).join("; ") },
      });
      for (const set of answer.headers.getSetCookie()) {
        const [pair, ...attributes] = set.split("; ");
        const path = attributes.find((one) => one.toLowerCase().startsWith("path="))?.slice(5) ?? "/";
        this.cookies.set(`${path} ${pair.split("=")[0]}`, { pair, path });
      }
      if (answer.status < 300 || answer.status >= 400) return { url, status: answer.status, html: await answer.text() };
      url = new URL(answer.headers.get("location"), url).href;
      options = {};
    }
    throw new Error("too many redirects");
  }

  async submit({ html, status }, fields) {
    const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1];
    assert.ok(action, `there should be a form: ${status} ${html}`);
    const hidden = /name="prompt" value="([^"]+)"/.exec(html);
    return this.open(action, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ prompt: hidden[1], ...fields }).toString(),
    });
  }

  // Logs in at the provider and agrees. What the front end finds in its address bar.
  async approve(authorizationUrl, login) {
    let at = await this.open(authorizationUrl);
    for (let forms = 0; at.html !== undefined && forms < 3; forms++) {
      at = await this.submit(at, at.html.includes('name="login"') ? { login, password: "any" } : {});
    }
    return Object.fromEntries(new URL(at.url).searchParams);
  }
}

async function signOn(login, { path = "/v1/auth/sign-ons", token, browser = new Browser() } = {}) {
  const begun = await call("POST", path, { body: { provider: "school", return_to: page }, token });
  assert.equal(begun.status, 201, JSON.stringify(begun));
  const { code, state, iss, error } = await browser.approve(begun.json.authorization_url, login);
  assert.equal(error, undefined);
  assert.equal(state, begun.json.state);
  const body = { code, state, iss, secret: begun.json.secret };
  return { body, answer: await call("POST", `${path}/redemptions`, { body, token }) };
}

const providers = await call("GET", "/v1/auth/providers");
assert.deepEqual(providers.json.data, [{ id: "school", name: "School" }]);

const { body, answer } = await signOn("amal");
assert.equal(answer.status, 200, JSON.stringify(answer));
const token = answer.json.access_token;
const me = await call("GET", "/v1/me", { token });
assert.deepEqual([me.json.email, me.json.name], ["amal@example.org", "Person amal"]);

const replayed = await call("POST", "/v1/auth/sign-ons/redemptions", { body });
assert.deepEqual([replayed.status, replayed.json.code], [401, "invalid_sign_on"]);

// The provider does not take a code twice either, nor with another verifier.
const next = await call("POST", "/v1/auth/sign-ons", { body: { provider: "school", return_to: page } });
const injected = { ...body, state: next.json.state, secret: next.json.secret };
const refused = await call("POST", "/v1/auth/sign-ons/redemptions", { body: injected });
assert.deepEqual([refused.status, refused.json.code], [401, "invalid_sign_on"]);

// The provider says who answers (RFC 9207), so an answer without that is from somebody else.
const begun = await call("POST", "/v1/auth/sign-ons", { body: { provider: "school", return_to: page } });
const back = await new Browser().approve(begun.json.authorization_url, "amal");
const mixedUp = { code: back.code, state: back.state, secret: begun.json.secret };
const unnamed = await call("POST", "/v1/auth/sign-ons/redemptions", { body: mixedUp });
assert.deepEqual([unnamed.status, unnamed.json.code], [401, "invalid_sign_on"]);

const again = await signOn("amal");
const stillMe = await call("GET", "/v1/me", { token: again.answer.json.access_token });
assert.equal(stillMe.json.id, me.json.id);

const unverified = await signOn("unverified");
assert.deepEqual([unverified.answer.status, unverified.answer.json.code], [403, "email_not_verified"]);

const path = "/v1/me/sign-ons";
const linked = await signOn("unverified", { path, token });
assert.equal(linked.answer.status, 201, JSON.stringify(linked.answer));
const listed = await call("GET", path, { token });
assert.equal(listed.json.data.length, 2);
const byLink = await signOn("unverified");
const stillMeToo = await call("GET", "/v1/me", { token: byLink.answer.json.access_token });
assert.equal(stillMeToo.json.id, me.json.id);
const removed = await call("DELETE", `${path}/${linked.answer.json.id}`, { token });
assert.equal(removed.status, 204);
const last = await call("DELETE", `${path}/${listed.json.data[0].id}`, { token });
assert.deepEqual([last.status, last.json.code], [409, "last_way_in"]);
console.log("signed on, linked, and refused what should be");
