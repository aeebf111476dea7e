// Paid work that clients give to graduates: written by product owners or staff, approved and staffed by the staff, answered by whoever may do it.
import { button, day, dialog, every, follow, formView, get, h, is, isStaffOf, lines, link, major, me, minor, money, name, names, part, partsScreen, rich, t, time, toast, today, write } from "../core.js";

/** @import { Act, Child, Field, FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["Brief"]} Brief */
/** @typedef {Schemas["BriefSummary"]} Summary */
/** @typedef {Schemas["BriefStatus"]} Status */

/** @type {Record<Status, [kind: string, sign: string]>} */
const STATUS = { submitted: ["warn", "◷ "], open: ["good", "● "], staffed: ["good", "⚒ "], done: ["good", "✓ "], withdrawn: ["", "– "] };

/** @param {{ status: Status }} one */
const statusTag = ({ status }) => h("span", { class: `tag ${STATUS[status][0]}` }, STATUS[status][1], t(`briefs.status.${status}`));

/** What is paid, from when, and for how many. @param {Summary} one */
const offer = ({ rate, starts_on, people }) => [money(rate.amount, rate.currency), " ", t(`briefs.per.${rate.per}`), " · ", t("briefs.from", { day: day(starts_on, { dateStyle: "medium" }) }), " · ", t("briefs.people", { count: people })];

/** @param {Summary} one */
const line = (one) => h("li", { class: "stack", key: one.id }, h("div", { class: "row apart" }, link(`briefs/${one.id}`, { class: "out" }, name(one.title)), statusTag(one)), h("p", null, name(one.client_name), h("br"), h("small", null, offer(one))));

/** @param {Brief} [one] @returns {Field[]} */
const fields = (one) => [
  { name: "title", label: t("briefs.title"), dir: "auto", value: one?.title ?? "" }, { name: "text", label: t("briefs.text"), hint: t("briefs.text.hint"), rows: 5, dir: "auto", value: one?.text ?? "" },
  { name: "amount", pointer: "/rate/amount", label: t("briefs.amount"), type: "number", inputmode: "decimal", value: major(one?.rate.amount, one?.rate.currency ?? "") }, { name: "currency", pointer: "/rate/currency", label: t("briefs.currency"), hint: t("briefs.currency.hint"), dir: "ltr", maxlength: 3, value: one?.rate.currency ?? "" },
  { name: "per", pointer: "/rate/per", label: t("briefs.per"), value: one?.rate.per ?? "day", options: ["hour", "day", "fixed"].map((per) => [per, t(`briefs.per.${per}`)]) },
  { name: "starts_on", label: t("briefs.starts"), type: "date", value: one?.starts_on ?? today(null, 14) }, { name: "people", label: t("briefs.wanted"), type: "number", inputmode: "numeric", value: String(one?.people ?? 1) },
  { name: "may_be_passed_on", label: t("briefs.passing"), hint: t("briefs.passing.hint"), type: "checkbox", value: String(one?.may_be_passed_on ?? false) },
];

/** @param {Record<string, string>} values */
const said = ({ title, text, amount, currency, per, starts_on, people, may_be_passed_on }) => {
  const code = currency.trim().toUpperCase();
  return { title, text, rate: { amount: minor(amount, code), currency: code, per }, starts_on, people: Number(people), may_be_passed_on: may_be_passed_on === "true" };
};

// ---- Lists ---------------------------------------------------------------------------------------------------------------

/** Those of a client, for its product owners and for staff. @param {Page} page */
function client(page) {
  const at = `v1/clients/${page.params.client}/briefs`;
  /** @type {Summary[]} */ let all = [];
  return partsScreen(page, "nav.briefs", (act) => {
    const load = async () => { all = await every(`${at}?limit=50`); };
    follow(page, (change) => change.kind.startsWith("brief"), load);
    const add = () => {
      /** @type {FormState} */ const state = {};
      void dialog(t("briefs.add"), (close, draw) => formView({
        state, draw, button: t("briefs.add"), fields: fields(),
        send: async (values) => { await write("POST", at, said(values)); close(); await act(async () => toast(t("briefs.added"))); },
      }));
    };
    return {
      load,
      view: () => part(t("briefs.of"), h("p", { class: "lead" }, t("briefs.of.lead")), h("div", { class: "row" }, button(t("briefs.add"), add, "main")), lines("briefs.none", all.map(line))),
    };
  }, () => h("p", { class: "links" }, link(`clients/${page.params.client}`, null, t("briefs.client"))));
}

/** Which the staff of a campus look at. @type {Record<string, Status[]>} */
const GROUPS = { now: ["submitted", "open", "staffed"], over: ["done", "withdrawn"] };

/** Those of a campus: for its staff all, for others what is open to them and what they do. @param {Page} page */
function campus(page) {
  const { campus } = page.params, isStaff = isStaffOf(campus);
  /** @type {Summary[]} */ let all = [];
  /** @type {string | null} */ let more = null;
  let group = "now";
  const path = () => `v1/campuses/${campus}/briefs?limit=30${isStaff ? `&status=${GROUPS[group]}` : ""}`;
  return partsScreen(page, "nav.briefs", (act) => {
    const load = async () => {
      const { data } = await get(path());
      [all, more] = [data.data, data.page.next_cursor];
    };
    follow(page, (change) => change.kind.startsWith("brief"), load);
    return {
      load,
      view: () => part(t(isStaff ? "briefs.all" : "briefs.yours"), h("p", { class: "lead" }, t(isStaff ? "briefs.all.lead" : "briefs.yours.lead")),
        isStaff && h("div", { class: "row", role: "group", "aria-label": t("briefs.group") }, Object.keys(GROUPS).map((each) => h("button", { type: "button", key: each, "aria-pressed": String(each === group), onclick: () => act(async () => { group = each; }) }, t(`briefs.group.${each}`)))),
        lines(isStaff ? "briefs.none" : "briefs.yours.none", all.map(line)),
        more && button(t("more"), async () => {
          const { data } = await get(`${path()}&cursor=${more}`);
          [all, more] = [[...all, ...data.data], data.page.next_cursor];
          page.draw();
        })),
    };
  }, () => h("p", { class: "links" }, isStaff ? link(`campuses/${campus}/clients`, null, t("briefs.clients")) : is("alumnus") ? link("career", null, t("nav.career")) : link("week", null, t("nav.week"))));
}

// ---- One -----------------------------------------------------------------------------------------------------------------

/** @param {Page} page */
function one(page) {
  const at = `v1/briefs/${page.params.brief}`;
  /** @type {Brief | null} */ let here = null;
  /** @type {string | null} */ let etag = null;
  /** @type {Schemas["BriefInterest"][]} */ let interests = [];
  /** @type {Record<string, FormState>} */ const states = {};
  const load = async () => {
    const answer = await get(at);
    const asked = isStaffOf(answer.data.campus_id) ? await every(`${at}/interests?limit=100`) : [];
    [here, etag, interests] = [answer.data, answer.etag, asked];
    page.title(answer.data.title);
  };
  return partsScreen(page, "briefs.one", (act) => {
    follow(page, (change) => change.kind.startsWith("brief"), load);
    return { load, view: () => here && view(here, act) };
  });

  /** @param {Brief} brief @param {Act} act @returns {Child} */
  function view(brief, act) {
    // Only the client's owners and staff are told which campuses have passed it on; of those that have, the staff only read.
    const isStaff = isStaffOf(brief.campus_id), isOwner = !isStaff && !!brief.passed && !brief.passed.some((pass) => isStaffOf(pass.campus_id));
    const { status, team } = brief, mayAct = isStaff || isOwner;
    const isMember = !!team?.some((who) => who.id === me?.id);
    const mayAnswer = status === "open" && (!brief.passed || !!brief.own_answer || !!me?.roles.some((role) => role.role === "alumnus" && role.campus_id === brief.campus_id));
    return [
      h("p", { class: "links" }, isStaff && link(`campuses/${brief.campus_id}/clients`, null, t("briefs.clients")), mayAct && link(`clients/${brief.client_id}/briefs`, null, t("briefs.of")), !isOwner && link(`campuses/${brief.campus_id}/briefs`, null, t("nav.briefs"))),
      part(brief.title, h("p", { class: "row" }, statusTag(brief), isMember && h("span", { class: "tag good" }, "✓ ", t("briefs.mine"))),
        h("p", null, name(brief.client_name), " · ", name(brief.campus_name), h("br"), offer(brief)), h("p", { class: "prose", dir: "auto" }, brief.text),
        brief.reserved_until && Date.parse(brief.reserved_until) > Date.now() && h("p", { class: "hint" }, rich(isStaff ? "briefs.reserved" : "briefs.reserved.you", { at: time(brief.reserved_until) })),
        brief.outcome && h("p", { class: "prose made", dir: "auto" }, brief.outcome),
        brief.passed && brief.passed.length > 0 && h("p", { class: "hint" }, t("briefs.passed.by"), " ", names(brief.passed.map((pass) => pass.campus_name))),
        mayAct && ["submitted", "open"].includes(status) && h("details", null, h("summary", null, t("briefs.change")), status === "open" && h("p", { class: "hint" }, t("briefs.change.again")), formView({
          state: (states.change ??= {}), draw: page.draw, button: t("save"), fields: fields(brief),
          send: async (values) => { await write("PATCH", at, said(values), { etag }); await act(async () => toast(t("saved"))); },
        })),
        mayAct && steps(brief, isStaff, act)),
      mayAnswer && answers(brief, isMember, act),
      isStaff && (status === "open" || status === "staffed") && staffing(brief, act),
      !isStaff && !!team?.length && part(t("briefs.team"), h("p", null, names(team))),
    ];
  }

  /** Takes a step, perhaps with a note. @param {Status} status @param {Act} act @param {string} title @param {string} lead @param {string} [note] */
  function take(status, act, title, lead, note) {
    /** @type {FormState} */ const state = {};
    void dialog(t(title), (close, draw) => h("div", { class: "stack" }, h("p", null, t(lead)), formView({
      state, draw, button: t(title), fields: note ? [{ name: "note", label: t(note), rows: 3, dir: "auto" }] : [],
      send: async (values) => {
        await write("PUT", `${at}/status`, { status, note: values.note || null }, { etag });
        close();
        await act(async () => toast(t("saved")));
      },
    })));
  }

  /** What one can do with it now. @param {Brief} brief @param {boolean} isStaff @param {Act} act */
  function steps({ status, campus_id, may_be_passed_on }, isStaff, act) {
    const goesOn = status === "submitted" || status === "open";
    return (goesOn || status === "staffed") && h("div", { class: "row" },
      isStaff && status === "submitted" && button(t("briefs.approve"), () => take("open", act, "briefs.approve", "briefs.approve.lead"), "main"),
      isStaff && status === "staffed" && [button(t("briefs.finish"), () => take("done", act, "briefs.finish", "briefs.finish.lead", "briefs.finish.note"), "main"), button(t("briefs.reopen"), () => take("open", act, "briefs.reopen", "briefs.reopen.lead"))],
      isStaff && goesOn && may_be_passed_on && button(t("briefs.pass"), () => pass(campus_id, act)),
      button(t("briefs.withdraw"), () => take("withdrawn", act, "briefs.withdraw", "briefs.withdraw.lead", "briefs.withdraw.note"), "danger"));
  }

  /** To another campus. @param {string} from @param {Act} act */
  function pass(from, act) {
    return act(async () => {
      const others = /** @type {Schemas["Campus"][]} */ (await every("v1/campuses?limit=100")).filter((each) => each.id !== from);
      if (!others.length) return toast(t("briefs.pass.none"));
      /** @type {FormState} */ const state = {};
      void dialog(t("briefs.pass"), (close, draw) => h("div", { class: "stack" }, h("p", null, t("briefs.pass.lead")), formView({
        state, draw, button: t("briefs.pass"), fields: [{ name: "campus_id", label: t("briefs.campus"), options: others.map((each) => [each.id, each.name]) }],
        send: async ({ campus_id }) => {
          await write("PUT", `${at}/campus`, { campus_id }, { etag });
          close();
          await act(async () => toast(t("briefs.passed")));
        },
      })));
    });
  }

  /** Whether one would like to do it. @param {Brief} brief @param {boolean} isMember @param {Act} act */
  function answers(brief, isMember, act) {
    const own = brief.own_answer;
    const decline = () => act(async () => {
      await write("PUT", `${at}/interests/me`, { interested: false });
      toast(t("briefs.declined"), { label: t("undo"), run: () => void act(() => own ? write("PUT", `${at}/interests/me`, { interested: own.interested, note: own.note }) : write("DELETE", `${at}/interests/me`)) });
    });
    const forget = () => act(async () => {
      await write("DELETE", `${at}/interests/me`);
      toast(t("removed"), own ? { label: t("undo"), run: () => void act(() => write("PUT", `${at}/interests/me`, { interested: own.interested, note: own.note })) } : undefined);
    });
    return part(t("briefs.question"), own ? h("p", null, h("span", { class: own.interested ? "tag good" : "tag" }, own.interested ? "✓ " : "– ", t(own.interested ? "briefs.yes" : "briefs.no")), " ", h("small", null, time(own.answered_at)))
      : h("p", { class: "lead" }, t("briefs.question.lead")), formView({
      state: (states.answer ??= {}), draw: page.draw, button: t(own?.interested ? "save" : "briefs.yes.do"), fields: [{ name: "note", label: t("briefs.note"), hint: t("briefs.note.hint"), rows: 3, dir: "auto", value: own?.note ?? "" }],
      send: async (values) => {
        await write("PUT", `${at}/interests/me`, { interested: true, note: values.note || null });
        await act(async () => toast(t("briefs.answered")));
      },
      beside: [own?.interested !== false && button(t("briefs.no.do"), decline), own && !isMember && button(t("briefs.forget"), forget, "quiet")],
    }));
  }

  /** Who would like to do it, and who does. @param {Brief} brief @param {Act} act */
  function staffing(brief, act) {
    const willing = interests.filter((each) => each.interested), others = interests.filter((each) => !each.interested);
    const isIn = (/** @type {Schemas["BriefInterest"]} */ each) => !!brief.team?.some((who) => who.id === each.person.id);
    return part(t("briefs.team"), !!brief.team?.length && h("p", null, h("strong", null, names(brief.team))),
      willing.length > 0 ? [h("p", { class: "hint" }, t("briefs.team.lead", { count: brief.people })), formView({
        state: (states.team ??= {}), draw: page.draw, button: t(brief.status === "staffed" ? "briefs.team.change" : "briefs.team.set"),
        // The note that came with an answer stands below the name.
        fields: willing.map((each) => ({ name: `member-${each.person.id}`, pointer: "/members", label: each.has_built ? t("briefs.built", { who: each.person.name }) : each.person.name, hint: each.note ?? undefined, type: "checkbox", dir: "auto", value: String(isIn(each)) })),
        send: async (values) => {
          await write("PUT", `${at}/team`, { members: willing.map((each) => each.person.id).filter((id) => values[`member-${id}`]) }, { etag });
          await act(async () => toast(t("briefs.team.told")));
        },
      })] : h("p", { class: "empty" }, t("briefs.nobody")),
      others.length > 0 && h("p", { class: "hint" }, t("briefs.declined.by"), " ", names(others.map((each) => each.person))));
  }
}

export default { "clients/:client/briefs": client, "campuses/:campus/briefs": campus, "briefs/:brief": one };
