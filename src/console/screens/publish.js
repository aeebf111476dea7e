// What students will see of a week, for whom it changes what, and the same to carry elsewhere: copied, printed, on a projector.
import { Problem, announce, day, dialog, get, go, h, link, name, names, problemBox, report, rich, roleName, t, toast, write } from "../core.js";

/** @import { Page, Schemas } from "../types.js" */
/** @typedef {Schemas["WeekBoard"]} Board */

/** @param {Page} page */
async function publish(page) {
  const { cohort } = page.params;
  const week = Number(page.params.week);
  const back = `cohorts/${cohort}/weeks/${week}`;
  const board = /** @type {Board} */ ((await get(`v1/cohorts/${cohort}/board?week=${week}`)).data);
  const { plan } = board;
  if (!plan) return go(back);
  page.title(() => t("publish.title", { week }));
  const publication = `v1/team-plans/${plan.id}/publication`;
  const asked = { weeks: [plan.first_week] };
  /** @type {Schemas["PublicationPreview"] | null | undefined} */
  let preview = null;
  /** @type {unknown} */
  let problem = null;
  let busy = false;
  if (!plan.published_at) {
    try {
      preview = /** @type {Schemas["PublishedPlan"]} */ ((await write("POST", publication, { ...asked, dry_run: true })).data).preview;
    } catch (error) {
      problem = error;
      report(error);
    }
  }
  const people = new Map(board.students.map((student) => [student.person.id, student.person.name]));
  const teams = board.teams.map((team) => ({ name: team.name, members: team.members.map((member) => ({ name: people.get(member.person_id) ?? "", role: member.role })) }));
  const heading = () => `${t("board.title", { week: board.week.number })}: ${board.week.topic}`;

  async function send() {
    busy = true;
    page.draw();
    try {
      await write("POST", publication, asked, { etag: `"${/** @type {NonNullable<Board["plan"]>} */ (plan).version}"` });
      // What has begun stays published: then there is no way back to offer.
      const isAhead = board.week.starts_on > new Date().toISOString().slice(0, 10);
      toast(t("publish.done", { week: board.week.number }), isAhead ? { label: t("undo"), run: takeBack } : undefined);
      return go(back);
    } catch (error) {
      problem = error;
      report(error);
    }
    busy = false;
    page.draw();
  }

  async function takeBack() {
    try {
      await write("DELETE", `v1/cohorts/${cohort}/weeks/${week}/publication`);
      announce(t("board.unpublished"));
      go(back);
    } catch (error) {
      report(error);
      toast(t("publish.kept"));
    }
  }

  /** @param {string} text */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast(t("publish.copied"));
    } catch {
      // A browser that lets no page copy still lets its user.
      await dialog(t("publish.copy"), () => h("textarea", { rows: 12, readonly: true, value: text, dir: "auto", "aria-label": t("publish.copy"), made: (/** @type {HTMLTextAreaElement} */ area) => queueMicrotask(() => area.select()) }));
    }
  }

  const tools = () => h("div", { class: "row tools unprinted" },
    !plan.published_at && h("button", { type: "button", class: "main", onclick: send, disabled: busy || !!problem, "aria-busy": busy ? "true" : null }, t("publish.now")),
    link(back, { class: "button" }, t("publish.back")),
    h("button", { type: "button", onclick: () => copy(asMarkdown(heading(), teams)) }, t("publish.markdown")),
    h("button", { type: "button", onclick: () => copy(asChat(heading(), teams)) }, t("publish.chat")),
    h("button", { type: "button", onclick: () => copy(asCsv(board.week.number, teams)) }, t("publish.csv")),
    h("button", { type: "button", onclick: () => window.print() }, t("publish.print")),
    h("button", { type: "button", onclick: () => project(heading(), teams) }, t("publish.project")));

  // Who has no account sees nothing of it.
  const unclaimed = board.students.filter((student) => student.status === "enrolled" && !student.person.claimed).length;
  page.show(() => h("div", { class: "board" },
    h("header", null, h("p", { class: "hint" }, name(board.cohort_name), " · ", day(board.week.starts_on), " – ", day(board.week.ends_on)),
      h("h1", null, t("board.title", { week: board.week.number }), " · ", name(board.week.topic))),
    problem ? h("div", { class: "stack" }, problemBox(problem), misfits(problem)) : null,
    tools(),
    unclaimed > 0 && h("p", { class: "row unprinted" }, h("span", { class: "tag warn wrap" }, h("span", { "aria-hidden": "true" }, "!"), t("publish.unclaimed", { count: unclaimed })), link(`cohorts/${page.params.cohort}/roster`, null, t("publish.links"))),
    h("section", { "aria-labelledby": "seen" }, h("h2", { id: "seen" }, t(plan.published_at ? "publish.seen" : "publish.will")),
      h("div", { class: "teams sheetlike" }, teams.map((team) => h("section", { class: "card team" }, h("h3", null, name(team.name)),
        h("ul", { class: "plain" }, team.members.map((member) => h("li", null, name(member.name), member.role && h("small", null, " – ", roleName(member.role))))))))),
    preview && h("section", { class: "unprinted" },
      h("h2", { id: "changes" }, t("publish.changes", { count: preview.students.length })),
      h("p", { class: "hint" }, t("publish.audience"), " ", preview.mentors.length > 0 && rich("publish.mentors", { who: h("span", null, names(preview.mentors.map((mentor) => mentor.name))) })),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "changes" }, h("table", null,
        h("thead", null, h("tr", null, ["student", "team", "role"].map((column) => h("th", { scope: "col" }, t(`publish.column.${column}`))))),
        h("tbody", null, preview.students.map((seen) => h("tr", null, h("th", { scope: "row" }, name(seen.person.name)),
          h("td", null, seen.teams.length ? seen.teams.map((team) => name(team.team_name)) : h("span", { class: "tag warn" }, h("span", { "aria-hidden": "true" }, "!"), t("publish.nothing"))),
          h("td", null, seen.teams.map((team) => team.role && roleName(team.role)))))))))));
}

/** Whom a draft does not fit any more. @param {unknown} problem */
function misfits(problem) {
  if (!(problem instanceof Problem)) return null;
  const listed = /** @type {["without_team" | "gone", Schemas["PersonName"][]][]} */ (["without_team", "gone"].map((key) => [key, problem.data[key] ?? []]));
  return listed.map(([key, people]) => people.length > 0 && h("p", null, rich(`publish.${key}`, { who: h("span", null, names(people.map((person) => person.name))) })));
}

/** @typedef {{ name: string, members: { name: string, role: string | null }[] }[]} Teams */

/** @param {string} heading @param {Teams} teams */
const asMarkdown = (heading, teams) => [`## ${heading}`, ...teams.map((team) => [`### ${team.name}`, "", ...team.members.map((member) => `- ${escaped(member.name)}${member.role ? ` – ${roleName(member.role)}` : ""}`)].join("\n"))].join("\n\n");

/** @param {string} text */
const escaped = (text) => text.replace(/[\\`*_[\]<>#]/g, "\\$&");

/** @param {string} heading @param {Teams} teams */
const asChat = (heading, teams) => [heading, ...teams.map((team) => `${team.name}: ${team.members.map((member) => member.name + (member.role ? ` (${roleName(member.role)})` : "")).join(", ")}`)].join("\n");

/** As the API writes tables: a cell that a spreadsheet would run as a formula begins with an apostrophe. @param {number} week @param {Teams} teams */
function asCsv(week, teams) {
  const cell = (/** @type {string} */ text) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return ["week,team,name,role", ...teams.flatMap((team) => team.members.map((member) => [String(week), cell(team.name), cell(member.name), cell(member.role ?? "")].join(",")))].join("\r\n");
}

/** For a room: nothing but the teams, as large as they fit. @param {string} heading @param {Teams} teams */
async function project(heading, teams) {
  const shown = dialog(heading, () => h("div", { class: "teams" }, teams.map((team) => h("section", null, h("h3", null, name(team.name)), h("ul", { class: "plain" }, team.members.map((member) => h("li", null, name(member.name))))))), { kind: "projector" });
  await document.documentElement.requestFullscreen?.().catch(() => {});
  await shown;
  if (document.fullscreenElement) await document.exitFullscreen();
}

export default { "cohorts/:cohort/weeks/:week/publish": publish };
