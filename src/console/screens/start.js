// The first run: from nothing to a week's teams. A campus, a cohort of a programme, and a list of names from a spreadsheet.
import { Problem, announce, begin, day, fieldText, fieldView, formView, get, go, h, is, link, me, name, problemBox, remember, report, rich, t, toast, write } from "../core.js";

/** @import { Child, Page, Schemas } from "../types.js" */
/** @typedef {{ name: string, email: string, experience: string }} Row */

/** Working weeks, the first day first. @type {Record<string, Schemas["WorkWeek"]>} */
const WEEKS = {
  mon: ["mon", "tue", "wed", "thu", "fri"],
  sun: ["sun", "mon", "tue", "wed", "thu"],
  sat: ["sat", "sun", "mon", "tue", "wed"],
  all: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
};

/** @param {Page} page */
async function start(page) {
  const { campus, cohort } = page.params;
  /** @param {string} step */
  const at = (step) => page.title(() => `${t(`start.step.${step}`)} · ${t("start.title")}`);
  at(cohort ? "people" : "campus");
  if (cohort) return roster(page, cohort);
  const own = me?.roles.find((role) => (role.role === "organiser" || role.role === "facilitator") && role.campus_id);
  if (campus || (own && !("new" in page.params))) at("cohort");
  if (campus) return newCohort(page, campus);
  if (own && !("new" in page.params)) return newCohort(page, /** @type {string} */ (own.campus_id));
  return newCampus(page);
}

/** The steps, and which of them one is at. @param {number} at @param {...Child} inside */
const step = (at, ...inside) => h("div", { class: "narrow stack" },
  h("h1", null, t("start.title")),
  h("ol", { class: "steps" }, ["campus", "cohort", "people"].map((one, number) =>
    h("li", { "aria-current": number === at ? "step" : null, class: number < at ? "done" : null }, number < at && h("span", { "aria-hidden": "true" }, "✓ "), t(`start.step.${one}`)))),
  h("section", { class: "card stack roomy" }, inside));

/** A short name for addresses, from a name in any script. @param {string} text @param {string} kind */
function slugOf(text, kind) {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40);
  return /^[a-z]/.test(plain) ? plain : `${kind}-${Date.now().toString(36)}`;
}

/**
 * Makes something whose short name may be taken: then another is tried, which nobody has to think about.
 * @param {string} path @param {Record<string, any> & { slug: string }} body
 */
async function make(path, body) {
  try {
    return (await write("POST", path, body)).data;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "slug_taken") throw error;
    return (await write("POST", path, { ...body, slug: `${body.slug.slice(0, 30)}-${Date.now().toString(36)}` })).data;
  }
}

/** @param {Page} page */
function newCampus(page) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const city = zone.split("/").at(-1)?.replaceAll("_", " ") ?? "";
  /** @type {{ problem?: unknown, busy?: boolean }} */
  const state = {};
  const send = async (/** @type {Record<string, string>} */ values) => {
    const { week, ...rest } = values;
    const made = await make("v1/campuses", { ...rest, slug: slugOf(values.name, "campus"), work_week: WEEKS[week] });
    // What somebody is has changed by it.
    await begin();
    go(`start?campus=${made.id}`);
  };
  const sunday = /^(Asia\/(Gaza|Hebron|Jerusalem|Amman|Riyadh|Baghdad|Kuwait)|Africa\/(Cairo|Tripoli|Khartoum|Algiers))$/.test(zone);
  page.show(() => step(0, h("p", { class: "lead" }, t("start.campus.lead")), formView({
    state, send, draw: page.draw, button: t("start.next"),
    fields: [
      { name: "name", label: t("start.campus.name"), hint: t("start.campus.name.hint"), required: true },
      { name: "city", label: t("start.campus.city"), value: zone.includes("/") ? city : "", required: true },
      { name: "country", label: t("start.campus.country"), autocomplete: "country-name", required: true },
      { name: "time_zone", label: t("start.campus.zone"), value: zone, options: Intl.supportedValuesOf("timeZone").concat(zone === "UTC" ? ["UTC"] : []).map((one) => [one, one.replaceAll("_", " ")]) },
      { name: "week", pointer: "/work_week", label: t("start.campus.week"), value: sunday ? "sun" : "mon", options: Object.keys(WEEKS).map((key) => [key, t(`start.week.${key}`)]) },
    ],
    beside: link("join", null, t("start.join")),
  })));
}

/** The first working day that is not over. @param {Schemas["WorkWeek"]} week */
function nextFirstDay(week) {
  const names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
  const date = new Date();
  do date.setDate(date.getDate() + 1); while (names[date.getDay()] !== week[0]);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
}

/** @param {Page} page @param {string} id */
async function newCohort(page, id) {
  const [campus, programmes] = await Promise.all([
    get(`v1/campuses/${id}`).then((answer) => /** @type {Schemas["Campus"]} */ (answer.data)),
    get("v1/programmes?limit=100").then((answer) => /** @type {Schemas["ProgrammeSummary"][]} */ (answer.data.data)),
  ]);
  const offered = programmes.filter((one) => !one.campus_id || one.campus_id === id).reverse();
  /** @type {{ problem?: unknown, busy?: boolean }} */
  const state = {};
  const send = async (/** @type {Record<string, string>} */ values) => {
    const made = await make(`v1/campuses/${id}/cohorts`, { ...values, slug: slugOf(values.name, "cohort") });
    remember("cohort", made.id);
    go(`start?cohort=${made.id}`);
  };
  page.show(() => step(1, h("p", { class: "lead" }, rich("start.cohort.lead", { campus: name(campus.name) })), formView({
    state, send, draw: page.draw, button: t("start.next"),
    fields: [
      { name: "name", label: t("start.cohort.name"), hint: t("start.cohort.name.hint"), required: true },
      { name: "programme_id", label: t("start.cohort.programme"), options: offered.map((one) => [one.id, t("start.cohort.weeks", { name: one.name, count: one.week_count })]) },
      { name: "starts_on", label: t("start.cohort.starts"), type: "date", value: nextFirstDay(campus.work_week), hint: t("start.cohort.starts.hint"), required: true },
    ],
    beside: is("organiser", "facilitator") && link("start?new", null, t("start.campus.another")),
  })));
}

/** @param {Page} page @param {string} id */
async function roster(page, id) {
  const cohort = /** @type {Schemas["Cohort"]} */ ((await get(`v1/cohorts/${id}`)).data);
  /** @type {Row[]} */
  let rows = [];
  /** @type {Map<number, Schemas["CellError"][]>} by the place of the row */
  let wrong = new Map();
  /** @type {unknown} */
  let problem = null;
  let busy = "";

  const paste = (/** @type {Event} */ event) => {
    rows = parseTable(/** @type {HTMLTextAreaElement} */ (event.currentTarget).value);
    wrong = new Map();
    problem = null;
    page.draw();
    announce(t("start.people.read", { count: rows.length }));
  };
  const change = (/** @type {number} */ at, /** @type {keyof Row} */ column) => (/** @type {Event} */ event) => {
    rows[at] = { ...rows[at], [column]: /** @type {HTMLInputElement} */ (event.currentTarget).value };
    // What was wrong in it may be right now: the API says so at the next try.
    wrong.delete(at);
    page.draw();
  };
  const remove = (/** @type {number} */ at) => () => {
    const taken = rows[at];
    const restore = () => { rows = rows.toSpliced(at, 0, taken); page.draw(); };
    rows = rows.toSpliced(at, 1);
    wrong = new Map();
    page.draw();
    toast(t("start.people.removed", { name: taken.name || taken.email }), { label: t("undo"), run: restore });
  };
  const enrol = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy) return;
    rows = rows.filter((row) => row.name.trim() || row.email.trim());
    busy = t("start.people.busy");
    problem = null;
    page.draw();
    try {
      await write("POST", `v1/cohorts/${id}/enrolments/import`, tableOf(rows), { type: "text/csv" });
      return go(`cohorts/${id}/weeks/1?form=yes`);
    } catch (error) {
      problem = error;
      report(error);
      const told = error instanceof Problem && error.code === "invalid_rows" ? /** @type {Schemas["RowOutcome"][]} */ (error.data.rows ?? []) : [];
      // The table that was sent has a heading in line 1, and one line for each row.
      wrong = new Map(told.filter((row) => row.errors.length).map((row) => [row.line - 2, row.errors]));
    }
    busy = "";
    page.draw();
    queueMicrotask(() => /** @type {HTMLElement | null} */ (document.querySelector("[aria-invalid]"))?.focus());
  };

  const cell = (/** @type {Row} */ row, /** @type {number} */ at, /** @type {keyof Row} */ column, /** @type {Record<string, string>} */ more = {}) => {
    const errors = (wrong.get(at) ?? []).filter((error) => (error.column ?? "name") === column);
    const id = `row-${at}-${column}`;
    return h("td", { "data-label": t(`start.people.${column}`) },
      h("input", { ...more, id, value: row[column], "aria-label": t("start.people.cell", { column: t(`start.people.${column}`), count: at + 1 }), oninput: change(at, column), "aria-invalid": errors.length ? "true" : null, "aria-describedby": errors.length ? `${id}-wrong` : null }),
      errors.length > 0 && h("p", { class: "wrong", id: `${id}-wrong` }, errors.map((error) => fieldText({ pointer: "", ...error })).join(" ")));
  };
  const invited = () => rows.filter((row) => row.email.trim()).length;
  page.show(() => step(2,
    h("p", { class: "lead" }, rich("start.people.lead", { cohort: name(cohort.name), date: day(cohort.starts_on) })),
    h("form", { class: "form", onsubmit: enrol, novalidate: true },
      fieldView({ name: "table", label: t("start.people.paste"), hint: t("start.people.paste.hint"), rows: rows.length ? 3 : 8, dir: "auto", oninput: paste }),
      problemBox(problem),
      h("div", { class: "row" }, h("button", { type: "button", onclick: () => { rows = [...rows, { name: "", email: "", experience: "" }]; page.draw(); } }, t("start.people.add"))),
      rows.length > 0 && h("table", { class: "cells" },
        h("caption", { class: "unseen" }, t("start.people.caption")),
        h("thead", null, h("tr", null, ["name", "email", "experience"].map((column) => h("th", { scope: "col" }, t(`start.people.${column}`))), h("th", null, h("span", { class: "unseen" }, t("start.people.remove"))))),
        h("tbody", null, rows.map((row, at) => h("tr", { key: at },
          cell(row, at, "name", { dir: "auto" }), cell(row, at, "email", { type: "email", dir: "ltr" }), cell(row, at, "experience", { inputmode: "numeric", size: "2" }),
          h("td", null, h("button", { type: "button", class: "icon", "aria-label": t("start.people.drop", { name: row.name || row.email || String(at + 1) }), onclick: remove(at) }, "×")))))),
      rows.length > 0 && invited() > 0 && h("p", { class: "hint" }, t("start.people.invited", { count: invited() })),
      h("div", { class: "row" },
        rows.length > 0 && h("button", { class: "main", "aria-busy": busy ? "true" : null }, busy || t("start.people.go", { count: rows.length })),
        link(`cohorts/${id}/weeks/1`, null, t("start.people.later"))))));
}

// ---- Lists as people have them ----------------------------------------------------------------------------------------

/** What columns are called, in the console's languages. @type {Record<keyof Row | "first" | "last", RegExp>} */
const HEADINGS = {
  first: /^(first|given)[ _-]?names?$|^prénom$|^الاسم الأول$|^שם פרטי$/i,
  last: /^(last|family)[ _-]?names?$|^surname$|^nom( de famille)?$|^(اسم العائلة|الكنية)$|^שם משפחה$/i,
  name: /^(full |student )?names?$|^students?$|^nom complet$|^étudiants?$|^الاسم( الكامل)?$|^שם( מלא)?$/i,
  email: /^e-?mail( address)?$|^mail$|^courriel$|^(adresse )?e-?mail$|^البريد( الإلكتروني)?$|^(דוא"?ל|אימייל|דואר אלקטרוני)$/i,
  experience: /^experience$|^level$|^expérience$|^niveau$|^الخبرة$|^ניסיון$/i,
};

/** Cells of a table as spreadsheets copy it: by tabs, or by commas or semicolons where every line has some. @param {string} text @returns {string[][]} */
function cellsOf(text) {
  const lines = text.split(/\r?\n/).filter((line) => line.trim());
  // A single comma in a line may be part of a name: a table has an address or a heading.
  const isTable = (/** @type {string} */ by) => lines.every((line) => line.includes(by)) && (lines.some((line) => line.includes("@")) || isHeading(lines[0].split(by)));
  const by = ["\t", ";", ","].find((one) => (one === "\t" ? lines.some((line) => line.includes(one)) : isTable(one)));
  // Cells in quotation marks may hold what stands between cells.
  const cells = (/** @type {string} */ line) => (by === undefined ? [line] : [...line.matchAll(new RegExp(`(?:^|${by})(?:"((?:[^"]|"")*)"|([^${by}]*))`, "g"))].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));
  return lines.map((line) => cells(line).map((cell) => cell.trim()));
}

/** @param {string[]} cells */
const isHeading = (cells) => cells.some((cell) => Object.values(HEADINGS).some((heading) => heading.test(cell.trim().replace(/^"|"$/g, ""))));

/** People from a pasted list: with a heading or without, one name a line or a table, numbered or not. @param {string} text @returns {Row[]} */
export function parseTable(text) {
  const cells = cellsOf(text);
  const headings = cells.length && isHeading(cells[0]) ? /** @type {string[]} */ (cells.shift()) : null;
  const column = (/** @type {keyof typeof HEADINGS} */ wanted) => headings?.findIndex((heading) => HEADINGS[wanted].test(heading)) ?? -1;
  const at = { name: column("name"), first: column("first"), last: column("last"), email: column("email"), experience: column("experience") };
  return cells.map((row) => {
    if (headings) {
      const full = at.name >= 0 ? row[at.name] : [row[at.first], row[at.last]].filter(Boolean).join(" ");
      return { name: full ?? "", email: row[at.email] ?? "", experience: row[at.experience] ?? "" };
    }
    const email = row.find((cell) => /^<?\S+@\S+>?$/.test(cell))?.replace(/^<|>$/g, "") ?? "";
    const experience = row.find((cell) => /^[0-5]$/.test(cell)) ?? "";
    const words = row.filter((cell) => cell && !cell.includes("@") && !/^\d+[.)]?$/.test(cell));
    // `Amal Haddad <amal@example.org>`, as mail programs copy it.
    const inside = row.length === 1 ? /^(.*?)\s*<(\S+@\S+)>$/.exec(row[0]) : null;
    if (inside) return { name: inside[1], email: inside[2], experience: "" };
    return { name: words.slice(0, 2).join(" ").replace(/^(\d+[.)]|[-*•])\s*/, ""), email, experience };
  }).filter((row) => row.name || row.email);
}

/** The table that the API imports. @param {Row[]} rows */
function tableOf(rows) {
  const cell = (/** @type {string} */ text) => `"${text.replaceAll(/\s+/g, " ").trim().replaceAll('"', '""')}"`;
  return ["name,email,experience", ...rows.map((row) => [row.name, row.email, row.experience].map(cell).join(","))].join("\n");
}

export default { start };
