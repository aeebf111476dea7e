// The reference page: draws /openapi.json, one operation at a time. Text from the document and
// from answers only ever becomes text nodes, never markup, so nothing in them can run.
"use strict";

const METHODS = ["get", "post", "put", "patch", "delete"];
const PROBLEM = "application/problem+json";
const $ = (id) => document.getElementById(id);
let doc, operations, base;

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return node;
}

// A small part of Markdown: paragraphs, lists, `code`, **strong** and links.
function prose(text = "") {
  const inline = (line) => line.split(/(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\((?:https?:\/\/|#|\/)[^)\s]*\))/).map((part) => {
    const link = /^\[([^\]]+)\]\((.+)\)$/.exec(part);
    if (link) return el("a", { href: link[2] }, link[1]);
    if (/^`.+`$/.test(part)) return el("code", {}, part.slice(1, -1));
    return /^\*\*.+\*\*$/.test(part) ? el("strong", {}, part.slice(2, -2)) : part;
  });
  return text.trim().split(/\n\s*\n/).filter(Boolean).map((block) =>
    /^[-*] /.test(block)
      ? el("ul", {}, block.split(/\n(?=[-*] )/).map((item) => el("li", {}, inline(item.slice(2)))))
      : el("p", {}, inline(block.replace(/^#+ /, ""))));
}

const badge = (method) => el("span", { class: `method ${method}` }, method.toUpperCase());
const path = (text) => el("span", { class: "path" },
  text.split(/(\{[^}]+\})/).map((part) => (part.startsWith("{") ? el("b", {}, part) : part)));

// Builds its content when first opened: schemas may be recursive.
function fold(attributes, summary, build) {
  const node = el("details", attributes, el("summary", {}, summary));
  const fill = () => node.open && node.childElementCount === 1 && node.append(build());
  node.addEventListener("toggle", fill);
  fill();
  return node;
}

// ---- schemas

function resolve(thing) {
  let found = thing || {};
  for (let hops = 0; found.$ref && hops < 16; hops++) {
    const { $ref, ...beside } = found;
    const steps = $ref.replace(/^#\//, "").split("/").map((s) => decodeURIComponent(s).replace(/~1/g, "/").replace(/~0/g, "~"));
    found = { ...steps.reduce((at, step) => at?.[step], doc), ...beside };
  }
  for (const part of (found.allOf || []).map(resolve)) {
    found = { ...part, ...found, properties: { ...part.properties, ...found.properties },
      required: [...(part.required || []), ...(found.required || [])] };
  }
  return found;
}

const isNull = (schema) => schema.type === "null" || schema.const === null;
const optionsOf = (s) => (s.oneOf || s.anyOf || []).filter((option) => !isNull(option));
const variants = (s) => (enumOf(s) ? [] : optionsOf(s));
const isList = (s) => [s.type].flat().includes("array");
const nameOf = (schema) => (schema?.$ref || "").split("/").pop();

function enumOf(s) {
  if (s.enum || s.const !== undefined) return s.enum || [s.const];
  const lists = optionsOf(s).map((option) => option.enum || (option.const !== undefined && [option.const]));
  return lists.length > 0 && lists.every(Boolean) ? lists.flat() : undefined;
}

function typeOf(schema, depth = 0) {
  const s = resolve(schema), options = variants(s);
  if (depth > 6) return nameOf(schema) || "…";
  const nullable = [s.type].flat().includes("null") || (s.oneOf || s.anyOf || []).some(isNull) ? " or null" : "";
  if (options.length) return [...new Set(options.map((option) => typeOf(option, depth + 1)))].join(" or ") + nullable;
  const types = [s.type || (s.properties ? "object" : enumOf(s) ? "string" : "any")].flat().filter((type) => type !== "null");
  return types.map((type) => {
    if (type === "array") return `list of ${typeOf(s.items, depth + 1)}`;
    if (type === "object") {
      const map = !s.properties && typeof s.additionalProperties === "object";
      return map ? `map to ${typeOf(s.additionalProperties, depth + 1)}` : nameOf(schema) || "object";
    }
    return s.format && type === "string" ? `string, ${s.format}` : type;
  }).join(" or ") + nullable;
}

function constraints(s) {
  const range = (low, high, unit = "") => {
    if (low === undefined) return high !== undefined && `at most ${high}${unit}`;
    if (high === undefined) return `at least ${low}${unit}`;
    return (low === high ? `exactly ${low}` : `${low} to ${high}`) + unit;
  };
  const values = enumOf(s) || (isList(s) && enumOf(resolve(s.items)));
  return [
    range(s.minLength, s.maxLength, " characters"), range(s.minItems, s.maxItems, " items"), range(s.minimum, s.maximum),
    s.exclusiveMinimum !== undefined && `more than ${s.exclusiveMinimum}`,
    s.exclusiveMaximum !== undefined && `less than ${s.exclusiveMaximum}`,
    s.multipleOf && `a multiple of ${s.multipleOf}`, s.uniqueItems && "no duplicates",
    s.readOnly && "read-only", s.writeOnly && "write-only",
    s.pattern && ["matches ", el("code", {}, s.pattern)],
    values && [values.length === 1 ? "always " : "one of ",
      values.map((value, i) => [i > 0 && ", ", el("code", {}, String(value))])],
    s.default !== undefined && s.default !== null && ["default ", el("code", {}, JSON.stringify(s.default))],
  ].filter(Boolean).map((part, i) => [i > 0 && " · ", part]);
}

function field(name, schema, required, depth, given) {
  const s = resolve(schema), example = given ?? s.examples?.[0] ?? s.example, limits = constraints(s);
  const inner = hasFields(schema) &&
    fold({ class: "more" }, `Fields of ${name}`, () => fields(schema, depth + 1));
  return el("li", {},
    el("span", { class: s.deprecated ? "name gone" : "name" }, name), el("span", { class: "type" }, typeOf(schema)),
    required && el("span", { class: "must" }, "required"), s.deprecated && el("span", { class: "must" }, "deprecated"),
    prose(s.description), limits.length > 0 && el("span", { class: "fine" }, limits),
    example !== undefined && !inner &&
      el("span", { class: "fine" }, "for example ", el("code", {}, JSON.stringify(example))),
    inner);
}

function hasFields(schema, depth = 0) {
  const s = resolve(schema);
  if (depth > 6 || Object.keys(s.properties || {}).length > 0) return true;
  const inside = [isList(s) && s.items, s.additionalProperties, ...variants(s)].filter(Boolean);
  return inside.some((part) => hasFields(part, depth + 1));
}

function fields(schema, depth = 0) {
  const s = resolve(schema), options = variants(s);
  if (isList(s)) return fields(s.items, depth);
  if (options.length === 1) return fields(options[0], depth);
  const rows = Object.entries(s.properties || {}).map(([name, inner]) => field(name, inner, s.required?.includes(name), depth));
  if (typeof s.additionalProperties === "object") rows.push(field("(any name)", s.additionalProperties, false, depth));
  return el("div", {}, rows.length > 0 && el("ul", { class: "fields" }, rows),
    options.length > 0 && el("p", { class: "quiet" }, "One of these:"),
    options.map((option, i) => fold({ class: "more", open: depth === 0 && i === 0 },
      nameOf(option) || resolve(option).title || typeOf(option), () => fields(option, depth + 1))));
}

const FORMATS = {
  date: "2025-09-01", "date-time": "2025-09-01T09:00:00Z", email: "amal@example.org", uri: "https://example.org",
};

// An example made from the schema, for documents that give none.
function sample(schema, depth = 0) {
  const s = resolve(schema), told = s.examples?.[0] ?? s.example ?? s.default ?? enumOf(s)?.[0];
  if (told !== undefined || depth > 5) return told ?? null;
  if (variants(s).length) return sample(variants(s)[0], depth + 1);
  if (isList(s)) return [sample(s.items, depth + 1)];
  if (s.properties) return Object.fromEntries(Object.entries(s.properties).filter(([, p]) => !resolve(p).readOnly)
    .map(([name, inner]) => [name, sample(inner, depth + 1)]));
  const number = s.minimum ?? 1, text = FORMATS[s.format] || "text";
  return { string: text, integer: number, number, boolean: true, object: {} }[[s.type].flat()[0]] ?? null;
}

const exampleOf = (media) =>
  media.example ?? resolve(Object.values(media.examples || {})[0]).value ?? (media.schema && sample(media.schema));
const show = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

// JSON in colour; anything else, and what is very long, as it is.
const TOKEN = /("(?:\\.|[^"\\])*"(?:\s*:)?|-?\b\d[\d.eE+-]*\b|\b(?:true|false|null)\b)/;

function code(text) {
  const parts = text.length < 200000 && /^\s*[[{]/.test(text) ? text.split(TOKEN) : [text];
  return el("pre", { tabindex: 0 }, parts.map((part, i) => i % 2 === 0 ? part :
    el("span", { class: part.endsWith(":") ? "key" : part.startsWith('"') ? "str" : "num" }, part)));
}

// ---- one operation

function copyButton(text) {
  const copy = async ({ target }) => {
    try {
      await navigator.clipboard.writeText(text());
      target.textContent = "Copied";
    } catch {
      target.textContent = "Not allowed"; // outside https and localhost
    }
    setTimeout(() => { target.textContent = "Copy"; }, 1500);
  };
  return el("button", { type: "button", click: copy }, "Copy");
}

function problems(response) {
  const listed = response["x-codes"];
  if (listed) return listed.map((one) => (typeof one === "string" ? [one] : [one.code, one.detail || one.title]));
  const media = response.content?.[PROBLEM] || {};
  return Object.entries(media.examples || (media.example ? { "": { value: media.example } } : {})).map(([name, example]) => {
    const { value = {}, summary } = resolve(example);
    return [value.code || name, summary || value.detail || value.title];
  });
}

function answer(status, found) {
  const response = resolve(found), codes = problems(response);
  const words = codes.length > 0 ? codes.map(([name]) => el("code", {}, name)) : response.description;
  return fold({ class: "answer", open: status.startsWith("2") },
    [el("span", { class: `status s${status[0]}` }, status), words],
    () => el("div", {},
      codes.length > 0 && el("dl", { class: "codes" },
        codes.map(([name, meaning]) => [
          el("dt", {}, el("a", { href: `docs/errors#${encodeURIComponent(name)}` }, el("code", {}, name))),
          el("dd", {}, meaning)])),
      Object.entries(response.headers || {}).map(([name, header]) =>
        el("p", { class: "fine" }, el("code", {}, name), " ", resolve(header).description)),
      Object.entries(response.content || {}).map(([type, media]) => [
        el("p", { class: "fine" }, el("code", {}, type), media.schema && ` ${typeOf(media.schema)}`),
        media.schema && type !== PROBLEM && fields(media.schema),
        media.schema && type === PROBLEM && fold({ class: "more" }, "Fields of a problem", () => fields(media.schema)),
        exampleOf(media) !== undefined && fold({ class: "more" }, "Example", () => code(show(exampleOf(media)))),
      ])));
}

function access(entry) {
  const told = entry.op["x-access"];
  if (told) return [told].flat().join(", ");
  return entry.token === "required" ? "anyone who is logged in" : "anyone";
}

function parameterField(parameter) {
  const s = resolve(parameter.schema);
  const described = { ...s, description: parameter.description ?? s.description };
  return field(parameter.name, described, parameter.required, 0, parameter.example);
}

function operationPage(entry) {
  const { op, method, parameters, body } = entry;
  return el("article", { class: "op" },
    el("div", {},
      el("h1", { class: op.deprecated ? "gone" : false, tabindex: -1 }, op.summary || op.operationId),
      el("p", { class: "line" }, badge(method), path(entry.path)),
      prose(op.description),
      el("p", { class: "who" }, el("strong", {}, "Who may call:"), access(entry)),
      parameters.length > 0 && [el("h2", {}, "Parameters"), ["path", "query", "header", "cookie"].map((place) => {
        const here = parameters.filter((parameter) => parameter.in === place);
        return here.length > 0 && [el("h3", {}, `In the ${place}`), el("ul", { class: "fields" }, here.map(parameterField))];
      })],
      body && [el("h2", {}, "Request body"), prose(body.description), Object.entries(body.content).map(([type, media]) =>
        [el("p", { class: "fine" }, el("code", {}, type), ` ${typeOf(media.schema)}`), media.schema && fields(media.schema)])],
      el("h2", {}, "Answers"), Object.entries(op.responses || {}).map(([status, response]) => answer(status, response)),
      el("p", { class: "fine" }, "Operation ", el("code", {}, op.operationId || ""))),
    consoleFor(entry));
}

function consoleFor(entry) {
  const { method, parameters, body } = entry;
  const media = Object.entries(body?.content || {});
  // Where a token is optional it is left out unless asked for: an expired one would be refused.
  const signed = el("input", { type: "checkbox", id: "in-token" });
  const withToken = () => entry.token === "required" || (entry.token === "optional" && signed.checked);
  const inputs = parameters.filter((p) => p.in !== "cookie").map((p) => {
    const s = resolve(p.schema), id = `in-${p.in}-${p.name}`, placeholder = p.example ?? s.examples?.[0] ?? "";
    const options = enumOf(s)?.map((value) => el("option", {}, String(value)));
    const input = options ? el("select", { id }, el("option", { value: "" }, "–"), options) :
      el("input", { id, placeholder, required: p.in === "path", autocomplete: "off", spellcheck: "false" });
    return { ...p, input, row: el("div", { class: "input" }, el("label", { for: id }, p.name), input) };
  });
  const type = el("select", { id: "in-type" }, media.map(([name]) => el("option", {}, name)));
  const text = el("textarea", { id: "in-body", rows: 9, spellcheck: "false" });
  const fillBody = () => {
    const chosen = media.find(([name]) => name === type.value);
    text.value = chosen ? show(exampleOf(chosen[1]) ?? "") : "";
    text.rows = Math.min(16, text.value.split("\n").length + 1);
  };
  const outcome = el("p", { class: "head", role: "status" }), output = el("div");

  function request(blank) {
    const query = new URLSearchParams(), headers = {};
    let target = entry.path;
    for (const { in: place, name, input } of inputs) {
      const value = input.value.trim();
      if (place === "path") target = target.replace(`{${name}}`, value ? encodeURIComponent(value) : blank(name));
      else if (value && place === "query") query.append(name, value);
      else if (value) headers[name] = value;
    }
    const payload = body && text.value.trim() ? text.value : undefined;
    if (payload) headers["Content-Type"] = type.value;
    return { url: base + target + `?${query}`.replace(/\?$/, ""), headers, body: payload };
  }

  const quote = (value) => `'${value.replace(/'/g, "'\\''")}'`;
  function curlLine() {
    const made = request((name) => name.toUpperCase());
    let sent = made.body;
    try { sent = JSON.stringify(JSON.parse(sent)); } catch { /* not JSON: sent as written */ }
    return [`curl ${method === "get" ? "" : `-X ${method.toUpperCase()} `}${quote(made.url)}`,
      withToken() && '-H "Authorization: Bearer $token"',
      ...Object.entries(made.headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
      sent !== undefined && `--data-raw ${quote(sent)}`].filter(Boolean).join(" \\\n  ");
  }

  async function send(event) {
    event.preventDefault();
    const { url, ...sent } = request(() => "");
    const token = withToken() && sessionStorage.getItem("token");
    if (token) sent.headers.Authorization = `Bearer ${token}`;
    const button = event.submitter, began = performance.now();
    if (button) button.disabled = true;
    try {
      const response = await fetch(url, { method: method.toUpperCase(), ...sent, credentials: "omit", cache: "no-store" });
      if (method !== "get") examples.forget();
      const raw = await response.text(), took = Math.round(performance.now() - began);
      let parsed, pretty = raw;
      try { parsed = JSON.parse(raw); pretty = show(parsed); } catch { /* shown as it came */ }
      const offered = parsed?.access_token;
      if (parsed?.refresh_token) sessionStorage.setItem("refresh_token", parsed.refresh_token);
      outcome.replaceChildren(
        el("span", { class: `status s${String(response.status)[0]}` }, `${response.status} ${response.statusText}`),
        el("span", { class: "type" }, `${took} ms, ${new Blob([raw]).size} bytes`));
      output.replaceChildren(el("p", {}, offered && el("button", { type: "button",
        click: ({ target }) => { useToken(offered); target.textContent = "Token in use"; } }, "Use this token")),
        raw ? code(pretty) : el("p", { class: "quiet" }, "The answer has no body."),
        fold({ class: "more" }, "Headers of the answer", () =>
          code([...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n"))));
    } catch (error) {
      outcome.replaceChildren(el("span", { class: "must" }, `No answer: ${error.message}`));
      output.replaceChildren();
    }
    if (button) button.disabled = false;
  }

  const curl = el("pre", { class: "wrap", tabindex: 0, "aria-label": "curl command" });
  const refresh = () => { curl.textContent = curlLine(); };
  const form = el("form", { submit: send, input: refresh },
    inputs.map(({ row }) => row),
    media.length > 0 && [
      media.length > 1 && el("div", { class: "input" }, el("label", { for: "in-type" }, "Content-Type"), type),
      el("div", { class: "head" }, el("label", { for: "in-body" }, el("h3", {}, "Body"))), text],
    entry.token === "optional" && el("p", { class: "fine" }, el("label", {}, signed, " with my access token")),
    el("button", { class: "send" }, `Send ${method.toUpperCase()}`), outcome, output);
  // Values of this server come a moment later, and never over what somebody has typed.
  async function fillIn() {
    const typed = new Set();
    form.addEventListener("input", ({ target }) => typed.add(target));
    await Promise.all(inputs.map(async (one) => {
      const value = await examples.parameter(entry, one);
      if (value !== undefined && !one.input.value && !typed.has(one.input)) one.input.value = value;
    }));
    const media = body?.content["application/json"], before = text.value;
    const claim = entry.id === "claim_place" && sessionStorage.getItem("claim");
    const filled = claim ? { code: claim } : media && await examples.body(exampleOf(media));
    if (filled && text.value === before && !typed.has(text)) text.value = show(filled);
    refresh();
  }
  type.addEventListener("change", () => { fillBody(); refresh(); });
  fillBody();
  refresh();
  fillIn();
  return el("section", { class: "console", "aria-label": "Try it" }, el("h2", {}, "Try it"), form,
    el("div", { class: "head" }, el("h3", {}, "As a command"), copyButton(curlLine)), curl);
}

// ---- the page around it

const link = (entry) => `#/${encodeURIComponent(entry.id)}`;

function groups(entries) {
  const known = new Map((doc.tags || []).map((tag) => [tag.name, { ...tag, entries: [] }]));
  for (const entry of entries) {
    if (!known.has(entry.tag)) known.set(entry.tag, { name: entry.tag, entries: [] });
    known.get(entry.tag).entries.push(entry);
  }
  return [...known.values()].filter((group) => group.entries.length > 0);
}

function overview() {
  return el("div", {},
    el("h1", { tabindex: -1 }, doc.info.title),
    el("p", { class: "quiet" }, `Version ${doc.info.version} at `, el("code", {}, base)),
    prose(doc.info.description),
    groups(operations).map((group) => el("section", { class: "index" }, el("h2", {}, group.name), prose(group.description),
      el("ul", {}, group.entries.map((entry) => el("li", {}, el("a", { href: link(entry) },
        badge(entry.method), path(entry.path), el("span", { class: "quiet" }, entry.op.summary || ""))))))));
}

function drawTree() {
  const words = $("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = operations.filter((entry) => words.every((word) => entry.text.includes(word)));
  $("found").textContent = words.length ? `${hits.length} operations found` : "";
  $("tree").replaceChildren(...groups(hits).map((group) => el("section", {}, el("h2", {}, group.name),
    el("ul", {}, group.entries.map((entry) => el("li", {},
      el("a", { href: link(entry), title: entry.path, "aria-current": location.hash === link(entry) && "page" },
        badge(entry.method), el("span", {}, entry.op.summary || entry.path))))))));
  if (!hits.length) $("tree").append(el("p", { class: "quiet" }, "Nothing matches. Try a part of a path, such as “cohorts”."));
}

function route(event) {
  if (location.hash && !location.hash.startsWith("#/")) return; // a link within the page
  const entry = operations.find((one) => link(one) === location.hash);
  $("main").replaceChildren(entry ? operationPage(entry) : overview());
  document.title = entry ? `${entry.op.summary || entry.id} – ${doc.info.title}` : doc.info.title;
  openMenu(false);
  drawTree();
  $("tree").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  window.scrollTo(0, 0);
  if (event) $("main").querySelector("h1").focus({ preventScroll: true });
}

function openMenu(open) {
  $("side").classList.toggle("open", open);
  $("menu").setAttribute("aria-expanded", String(open));
}

// The token lives in this tab only and is gone when the tab closes.
function useToken(token) {
  $("token").value = token;
  sessionStorage.setItem("token", token);
}

function operation(route, item, method) {
  const op = item[method], tag = op.tags?.[0] || "Other", id = op.operationId || `${method} ${route}`;
  const schemes = op.security || doc.security || [];
  const own = (op.parameters || []).map(resolve);
  const shared = (item.parameters || []).map(resolve).filter((p) => !own.some((o) => o.name === p.name && o.in === p.in));
  const open = schemes.some((scheme) => Object.keys(scheme).length === 0);
  return { id, op, tag, method, path: route, parameters: [...shared, ...own],
    body: op.requestBody && resolve(op.requestBody), token: open ? "optional" : schemes.length > 0 ? "required" : "none",
    text: `${method} ${route} ${id} ${tag} ${op.summary || ""}`.toLowerCase() };
}

async function start() {
  // A link such as the demonstration prints brings a token along; it does not stay in the address.
  const brought = new URLSearchParams(location.hash.slice(1)).get("token");
  if (brought) {
    useToken(brought);
    history.replaceState(null, "", location.pathname);
  }
  // So does a claim link: its code stays in this tab until whoever claims has logged in.
  const claim = new URLSearchParams(location.hash.slice(1)).get("claim");
  if (claim) {
    sessionStorage.setItem("claim", claim);
    history.replaceState(null, "", `${location.pathname}#/claim_place`);
  }
  $("token").value = sessionStorage.getItem("token") || "";
  $("token").addEventListener("input", () => useToken($("token").value.trim()));
  $("token-form").addEventListener("submit", (event) => event.preventDefault());
  $("menu").addEventListener("click", () => openMenu(!$("side").classList.contains("open")));
  try {
    const response = await fetch("openapi.json");
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    doc = await response.json();
  } catch (error) {
    $("main").replaceChildren(el("h1", {}, "The document could not be read"),
      el("p", {}, `/openapi.json: ${error.message}. Reload the page to try again.`));
    return;
  }
  // Requests go to the server of this page: the only one its content security policy allows.
  base = location.origin + new URL(doc.servers?.[0]?.url || "/", location.href).pathname.replace(/\/$/, "");
  operations = Object.entries(doc.paths).flatMap(([route, item]) =>
    METHODS.filter((method) => item[method]).map((method) => operation(route, item, method)));
  $("filter").addEventListener("input", drawTree);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    openMenu(true);
    $("filter").focus();
  });
  window.addEventListener("hashchange", route);
  route();
}

start();
