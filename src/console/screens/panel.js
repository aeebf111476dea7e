// How people come into a cohort, for staff and the panel: the intake and what is asked, who applied, reading, interviews, decisions.
import { LANGUAGES, Problem, button, day, days, dialog, every, follow, formView, get, h, inWords, is, language, lines, link, name, number, outside, part, partsScreen, report, rich, t, tabs, time, toast, write } from "../core.js";

/** @import { Child, FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["ApplicationQuestion"]} Question */

/** @param {Page} page @param {string} chosen */
const above = ({ params: { cohort } }, chosen) => [h("p", { class: "links" }, is("organiser", "facilitator") && link(`cohorts/${cohort}`, null, t("nav.needs")), chosen === "reading" && link("panels", null, t("nav.panels"))),
  is("organiser", "facilitator") && tabs(t("admit.title"), `cohorts/${cohort}`, "admit", ["applicants", "reading", "interviews", "intake"], chosen)];

/** Where there is no intake, the next step is to set one up. @param {Page} page @param {{ load: () => Promise<void>, view: () => Child }} parts */
const within = ({ params: { cohort } }, { load, view }) => {
  let isMissing = false;
  return {
    load: async () => {
      try {
        await load();
        isMissing = false;
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 404 || !is("organiser", "facilitator")) throw error;
        isMissing = true;
      }
    },
    view: () => isMissing ? h("div", { class: "empty" }, h("p", null, t("admit.nointake")), link(`cohorts/${cohort}/intake`, { class: "button main" }, t("admit.setup"))) : view(),
  };
};

/** @type {Record<string, [kind: string, sign: string]>} */
const TRIAL = { invited: ["", "✉ "], attended: ["good", "✓ "], missed: ["warn", "– "] };
/** How far somebody is with the trial week. @param {Schemas["Trial"] | null | undefined} trial */
const trialTag = (trial) => trial && h("span", { class: `tag ${TRIAL[trial][0]}` }, TRIAL[trial][1], t(`admit.trial.${trial}`));

/** @type {Record<string, [kind: string, sign: string]>} */
const STATUS = { submitted: ["", "○ "], waitlisted: ["warn", "◷ "], offered: ["good", "★ "], accepted: ["good", "✓ "], declined: ["", "– "], expired: ["", "◷ "], rejected: ["bad", "✕ "], withdrawn: ["", "– "], deferred: ["", "→ "], draft: ["", "✎ "] };
/** @param {string} status */
const statusTag = (status) => h("span", { class: `tag ${STATUS[status][0]}` }, STATUS[status][1], t(`admit.status.${status}`));

/** Who applies; a word instead as long as names are hidden. @param {{ person: { name: string } | null }} one_ */
const applicant = (one_) => one_.person ? name(one_.person.name) : h("em", null, t("admit.nameless"));

const unmetTag = () => h("span", { class: "tag warn" }, "◔ ", t("admit.unmet"));

/** When and where a trial week is, by the clocks of the campus. @param {{ trial_from?: string | null, trial_to?: string | null, trial_starts?: string | null, trial_starts_local?: string | null, trial_place?: string | null, trial_url?: string | null }} one */
function trialText(one) {
  const at = one.trial_starts ?? one.trial_starts_local?.slice(11);
  const clock = at && new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone: "UTC" }).format(new Date(`2000-01-01T${at.slice(0, 5)}Z`));
  return one.trial_from && one.trial_to && h("p", { class: "row" }, h("span", null, `${t("admit.trial")}: ${days(one.trial_from, one.trial_to)}`, clock && [" · ", t("admit.trial.at", { at: clock })], one.trial_place && [" · ", name(one.trial_place)]), outside(one.trial_url));
}

// ---- Who applied -------------------------------------------------------------------------------------------------------

/** @param {Page} page */
function applicants(page) {
  const at = `v1/cohorts/${page.params.cohort}`;
  /** @type {Schemas["RankedApplication"][]} */ let ranked = [];
  /** @type {Schemas["ApplicationSummary"][]} */ let all = [];
  /** @type {Record<string, number> | null} */ let figures = null;
  /** How many a round leaves out unless it is told otherwise. */
  const unmet = () => ranked.filter((one) => !one.evidence_met && one.trial !== "attended").length;
  const waiting = () => all.filter((one) => !ranked.some((each) => each.application_id === one.id));
  return partsScreen(page, "admit.applicants", (act) => {
    const load = async () => {
      const [ranking, applied] = await Promise.all([get(`${at}/admission-ranking`), every(`${at}/applications?limit=100`)]);
      [ranked, all] = [ranking.data.data, applied];
    };
    follow(page, (change) => /^(application|admission_offers)/.test(change.kind), load);
    const round = () => {
      /** @type {FormState} */ const state = {};
      /** @type {Schemas["DecidedApplication"][] | null} */ let shown = null;
      /** @type {Record<string, any>} */ let wanted = {};
      const isUnmet = (/** @type {string} */ id) => ranked.some((one) => one.application_id === id && !one.evidence_met);
      void dialog(t("admit.round"), (close, draw) => shown ? h("div", { class: "stack" }, h("p", { class: "lead" }, t("admit.round.would")),
        lines("admit.round.nothing", shown.map((one) => h("li", { class: "row apart", key: one.application_id }, h("span", null, `${number(one.rank)}. `, applicant(one)), h("span", { class: "row" }, isUnmet(one.application_id) && unmetTag(), one.status === "submitted" && one.trial ? trialTag(one.trial) : statusTag(one.status))))),
        h("div", { class: "row" }, shown.length > 0 && button(t("admit.round.do", { count: shown.length }), () => { close(); void act(async () => { await write("POST", `${at}/admission-rounds`, { ...wanted, dry_run: false }); toast(t("admit.round.done")); }); }, "main"), button(t("admit.back"), () => { shown = null; draw(); })))
        : h("div", { class: "stack" }, h("p", { class: "lead" }, t("admit.round.lead")), formView({
          state, draw, button: t("admit.round.look"),
          fields: [{ name: "offers", label: t("admit.round.offers"), hint: t("admit.round.offers.hint"), type: "number", inputmode: "numeric", value: wanted.offers === undefined ? "" : String(wanted.offers) }, { name: "waitlist", label: t("admit.round.waitlist"), type: "number", inputmode: "numeric", value: String(wanted.waitlist ?? 0) },
            { name: "trial", label: t("admit.round.trial"), hint: t("admit.round.trial.hint"), type: "number", inputmode: "numeric", value: String(wanted.trial ?? "") },
            ...(unmet() || wanted.include_unmet ? [{ name: "include_unmet", type: "checkbox", label: t("admit.round.unmet"), hint: t("admit.round.unmet.hint", { count: unmet() }), value: String(!!wanted.include_unmet) }] : []),
            { name: "reject_others", type: "checkbox", label: t("admit.round.reject"), value: String(!!wanted.reject_others) }],
          send: async (values) => {
            wanted = { ...(values.trial ? { trial: Number(values.trial) } : {}), ...(values.offers ? { offers: Number(values.offers) } : {}), waitlist: Number(values.waitlist || 0), include_unmet: values.include_unmet === "true", reject_others: values.reject_others === "true" };
            shown = (await write("POST", `${at}/admission-rounds`, { ...wanted, dry_run: true })).data.data;
          },
        })), { kind: "wide" });
    };
    return within(page, {
      load,
      view: () => [
        part(t("admit.ranking"), h("p", { class: "hint" }, t("admit.ranking.lead")), lines("admit.noranking", ranked.map((one) => h("li", { class: "row apart", key: one.application_id },
          h("span", null, `${number(one.rank)}. `, link(`applications/${one.application_id}`, { class: "out" }, applicant(one))), h("span", { class: "row" }, trialTag(one.trial), one.evidence_met ? h("span", { class: "tag good" }, "✓ ", t("admit.met")) : unmetTag())))),
          ranked.length > 0 && h("div", { class: "row" }, button(t("admit.round"), round, "main"))),
        part(t("admit.others"), lines("admit.noothers", waiting().map((one) => h("li", { class: "row apart", key: one.id }, link(`applications/${one.id}`, { class: "out" }, applicant(one)), statusTag(one.status))))),
        part(t("admit.figures"), figures ? !Object.keys(figures).length ? h("p", { class: "empty" }, t("admit.figures.none")) : h("dl", null, Object.entries(figures).map(([status, count]) => [h("dt", { key: `t${status}` }, t(`admit.status.${status}`)), h("dd", { key: `d${status}` }, number(count))]))
          : h("div", { class: "row" }, button(t("admit.figures.show"), () => act(async () => { figures = (await get(`${at}/admission-figures`)).data.applications ?? {}; })))),
      ],
    });
  }, () => above(page, "applicants"));
}

// ---- One application ---------------------------------------------------------------------------------------------------

/** What somebody wrote. @param {Question[]} questions @param {any} answers @param {Schemas["JudgedEvidence"][]} evidence @param {Child} [beside] */
const answersView = (questions, answers, evidence, beside) => part(t("admit.answers"), h("dl", null, questions.map((question) => {
  const answer = answers[question.key];
  const seen = evidence.find((one) => one.question === question.key);
  return [h("dt", { key: `t${question.key}` }, inWords(question.label)), h("dd", { key: `d${question.key}`, class: "prose", dir: "auto" },
    question.confidential ? t("admit.confidential") : question.kind === "choice" ? inWords(question.choices?.find((choice) => choice.value === answer)?.label) || "–"
      : typeof answer === "string" && /^https?:/.test(answer) ? h("a", { href: answer, rel: "noreferrer", class: "out" }, h("bdi", { dir: "ltr" }, answer), " ↗") : answer ?? "–",
    seen && [" ", h("span", { class: seen.met ? "tag good" : "tag warn" }, seen.met ? "✓ " : "◔ ", seen.value === null ? "–" : number(seen.value), " · ", t(seen.checked ? "admit.checked" : "admit.said"))])];
})), beside);

/** For staff. @param {Page} page */
function application(page) {
  const at = `v1/applications/${page.params.application}`;
  /** @type {Schemas["Application"] | null} */ let here = null;
  /** @type {Schemas["Cohort"][] | null} */ let cohorts = null;
  /** @type {FormState} */ const evidence = {};
  /** @type {FormState} */ const deferral = {};
  return partsScreen(page, "admit.one", (act) => {
    const load = async () => { here = (await get(at)).data; };
    follow(page, (change) => change.object.id === page.params.application, load);
    const decide = (/** @type {string} */ status) => act(async () => {
      const { data } = await write("PUT", `${at}/decision`, { status });
      toast(t("admit.decided", { status: t(`admit.status.${data.status}`) }));
    });
    return {
      load,
      view: () => {
        if (!here) return null;
        const asked = here.form.questions.filter((one) => one.kind === "evidence");
        const isOpen = ["submitted", "waitlisted", "offered", "expired", "rejected"].includes(here.status);
        return [
          h("p", { class: "links" }, link(`cohorts/${here.cohort_id}/applicants`, null, t("admit.applicants")), link(`applications/${here.id}/reading`, null, t("admit.read"))),
          part(here.person?.name ?? t("admit.blind"), h("p", { class: "row" }, statusTag(here.status), trialTag(here.trial), here.submitted_at && h("small", null, time(here.submitted_at))),
            here.waiting && h("p", null, t("admit.position", { position: here.waiting.position, length: here.waiting.length })), here.reply_by && h("p", null, rich("admit.reply", { at: time(here.reply_by) })),
            trialText(here), here.interview && h("p", null, t("admit.interview"), " ", time(here.interview.starts_at, here.interview.time_zone)),
            isOpen && h("div", { class: "row" }, here.status !== "offered" && button(t("admit.offer"), () => decide("offered"), "main"), here.status !== "waitlisted" && here.status !== "offered" && button(t("admit.waitlist"), () => decide("waitlisted")), here.status !== "rejected" && button(t("admit.reject"), () => decide("rejected"), "danger")),
            here.status === "submitted" && h("details", null, h("summary", null, t("admit.trial")), h("div", { class: "row" },
              (here.trial ? /** @type {const} */ (["attended", "missed"]) : /** @type {const} */ (["invited"])).map((trial) => button(t(`admit.trial.note.${trial}`), () => act(async () => {
                await write("PUT", `${at}/trial`, { status: trial });
                toast(t("saved"));
              }))))),
            ["submitted", "waitlisted", "offered"].includes(here.status) && h("details", null, h("summary", null, t("admit.defer")), cohorts ? formView({
              state: deferral, draw: page.draw, button: t("admit.defer"), fields: [{ name: "cohort_id", label: t("admit.defer.to"), options: cohorts.map((one) => [one.id, one.name]) }],
              send: async (values) => { await write("PUT", `${at}/deferral`, { cohort_id: values.cohort_id }); await act(async () => toast(t("saved"))); },
            }) : button(t("admit.defer.choose"), () => act(async () => {
              const { campus_id: campus } = (await get(`v1/cohorts/${here?.cohort_id}`)).data;
              cohorts = (await every(`v1/cohorts?campus_id=${campus}&status=planned&limit=100`)).filter((one) => one.id !== here?.cohort_id);
            })))),
          answersView(here.form.questions, here.answers, here.evidence, asked.length > 0 && h("details", null, h("summary", null, t("admit.evidence")), formView({
            state: evidence, draw: page.draw, button: t("save"),
            fields: [{ name: "question", label: t("admit.evidence.which"), options: asked.map((one) => [one.key, inWords(one.label)]) }, { name: "value", label: t("admit.evidence.value"), type: "number", inputmode: "numeric" }, { name: "seen_at", label: t("admit.evidence.when"), hint: t("admit.evidence.hint"), type: "datetime-local" }],
            send: async (values) => { await write("POST", `${at}/evidence`, { question: values.question, value: Number(values.value), ...(values.seen_at ? { seen_at: new Date(values.seen_at).toISOString() } : {}) }); await act(async () => toast(t("saved"))); },
          }))),
        ];
      },
    };
  });
}

// ---- Reading -----------------------------------------------------------------------------------------------------------

/** The panels that the caller is on, and what there is to read. @param {Page} page */
function panels(page) {
  /** @type {Schemas["OwnAdmissionPanel"][]} */ let all = [];
  return partsScreen(page, "nav.panels", () => {
    const load = async () => { all = (await get("v1/me/admission-panels")).data.data; };
    follow(page, (change) => /^(application|admission_panel)/.test(change.kind), load);
    return {
      load,
      view: () => [h("p", { class: "lead" }, t("panels.lead")), all.length ? all.map((one) => h("section", { class: "card stack", key: one.cohort_id, "aria-labelledby": one.cohort_id },
        h("h2", { id: one.cohort_id }, name(one.cohort_name)), h("p", { class: "hint" }, name(one.campus_name), " · ", rich("panels.begins", { day: day(one.starts_on, { dateStyle: "long" }) })),
        h("div", { class: "row apart" }, h("span", { class: "row" }, h("span", { class: one.to_read ? "tag warn" : "tag good" }, one.to_read ? "○ " : "✓ ", t("panels.left", { count: one.to_read })), one.read > 0 && h("small", null, t("panels.read", { count: one.read }))),
          link(`cohorts/${one.cohort_id}/reading`, { class: one.to_read ? "button main" : "button", "aria-label": `${t("panels.open")}: ${one.cohort_name}` }, t("panels.open"))))) : h("p", { class: "empty" }, t("panels.none"))],
    };
  });
}

/** What the caller reads, and, for staff, who reads. @param {Page} page */
function toRead(page) {
  const at = `v1/cohorts/${page.params.cohort}`;
  const isStaff = is("organiser", "facilitator");
  /** @type {Schemas["ApplicationToRead"][]} */ let all = [];
  /** @type {Schemas["PanelMember"][]} */ let panel = [];
  /** @type {Schemas["PersonCard"][] | null} */ let people = null;
  /** @type {FormState} */ const state = {};
  return partsScreen(page, "admit.reading", (act) => ({
    load: async () => {
      // Whoever is on the staff and not on the panel reads nothing.
      const [here, readers] = await Promise.all([every(`${at}/applications-to-read?limit=100`).catch((error) => { if (isStaff && error instanceof Problem && error.status < 500) return []; throw error; }), isStaff ? get(`${at}/admission-panel`) : null]);
      [all, panel] = [here, readers?.data.data ?? []];
    },
    view: () => [
      part(t("admit.applications"), h("p", { class: "hint" }, t("admit.reading.lead")), lines("admit.noreading", all.map((one, index) => h("li", { class: "row apart", key: one.application_id },
        link(`applications/${one.application_id}/reading`, { class: "out" }, t("admit.nth", { number: index + 1 }), one.submitted_at && [" · ", time(one.submitted_at)]),
        one.own ? h("span", { class: "tag good" }, "✓ ", one.own.points ? t("admit.scored") : t("admit.abstained")) : h("span", { class: "tag warn" }, "○ ", t("admit.unread")))))),
      isStaff && part(t("admit.panel"), h("p", { class: "hint" }, t("admit.panel.lead")), lines("admit.nopanel", panel.map((one) => h("li", { class: "row apart", key: one.person.id }, name(one.person.name),
        button(t("account.remove"), () => act(async () => { await write("DELETE", `${at}/admission-panel/${one.person.id}`); toast(t("removed"), { label: t("undo"), run: () => void act(() => write("PUT", `${at}/admission-panel/${one.person.id}`)) }); }), "quiet", t("remove.what", { what: one.person.name }))))),
        people ? formView({
          state, draw: page.draw, button: t("admit.panel.add"), fields: [{ name: "person", label: t("admit.panel.who"), options: people.filter((one) => !panel.some((each) => each.person.id === one.id)).map((one) => [one.id, one.name]) }],
          send: async (values) => { await write("PUT", `${at}/admission-panel/${values.person}`); await act(async () => toast(t("saved"))); },
        }) : h("div", { class: "row" }, button(t("admit.panel.add"), () => act(async () => {
          const { campus_id: campus } = (await get(at)).data;
          const [staff, members] = await Promise.all([get(`v1/campuses/${campus}/staff`), get(`v1/campuses/${campus}/members?status=member&limit=100`)]);
          people = [...new Map([...staff.data.data, ...members.data.data].map((one) => [one.person.id, one.person])).values()];
        })))),
    ],
  }), () => above(page, "reading"));
}

/** @param {Page} page */
function reading(page) {
  const at = `v1/applications/${page.params.application}`;
  /** @type {Schemas["ApplicationReading"] | null} */ let here = null;
  /** @type {FormState} */ const state = {};
  return partsScreen(page, "admit.read", (act) => {
    const recuse = async () => {
      if (!(await dialog(t("admit.recuse"), (close) => [h("p", null, t("admit.recuse.lead")), h("div", { class: "row" }, button(t("close"), () => close(), "main"), button(t("admit.recuse"), () => close(true), "danger"))]))) return;
      try {
        await write("PUT", `${at}/recusals/me`);
        toast(t("admit.recused"));
        location.hash = `#/cohorts/${here?.cohort_id}/reading`;
      } catch (error) { report(error); toast(error instanceof Problem ? error.message : t("problem.unexpected")); }
    };
    const scoreOf = (/** @type {Schemas["ApplicationScore"]} */ score) => [h("dl", null, here?.rubric.map((one) => [h("dt", { key: `t${one.key}` }, inWords(one.label)), h("dd", { key: `d${one.key}` }, t("admit.points", { points: /** @type {any} */ (score.points)?.[one.key] ?? 0, most: one.most }))])), score.note && h("p", { class: "prose", dir: "auto" }, score.note)];
    return {
      load: async () => { here = (await get(`${at}/reading`)).data; },
      view: () => here && [
        h("p", { class: "links" }, link(`cohorts/${here.cohort_id}/reading`, null, t("admit.reading"))),
        h("p", { class: "lead" }, here.person ? name(here.person.name) : t("admit.blind")),
        answersView(here.form.questions, here.answers, here.evidence),
        part(t("admit.own"), here.rubric.length ? formView({
          state, draw: page.draw, button: t("admit.score"),
          fields: [...here.rubric.map((one) => ({ name: one.key, pointer: `/points/${one.key}`, label: inWords(one.label), hint: t("admit.most", { most: one.most }), type: "number", inputmode: "numeric", value: String(/** @type {any} */ (here?.own?.points)?.[one.key] ?? "") })), { name: "note", label: t("admit.note"), rows: 3, dir: "auto", value: here.own?.note ?? "" }],
          send: async (values) => {
            here = (await write("PUT", `${at}/scores/me`, { points: Object.fromEntries((here?.rubric ?? []).map((one) => [one.key, Number(values[one.key])])), ...(values.note ? { note: values.note } : {}) })).data;
            toast(t("saved"));
          },
          beside: [button(t("admit.abstain"), () => act(async () => { await write("PUT", `${at}/scores/me`, {}); toast(t("admit.abstained")); })), button(t("admit.recuse"), recuse, "quiet")],
        }) : h("p", { class: "empty" }, t("admit.norubric"))),
        here.others && part(t("admit.theirs"), here.average != null && h("p", null, t("admit.average", { average: number(here.average, { maximumFractionDigits: 1 }) })), here.others.length ? here.others.map((one, index) => h("div", { class: "card", key: index }, one.points ? scoreOf(one) : t("admit.abstained"))) : h("p", { class: "empty" }, t("admit.notheirs"))),
      ],
    };
  });
}

// ---- Interviews --------------------------------------------------------------------------------------------------------

/** @param {Page} page */
function interviews(page) {
  const at = `v1/cohorts/${page.params.cohort}`;
  /** @type {Schemas["InterviewSlot"][]} */ let all = [];
  /** @type {Schemas["PanelMember"][]} */ let panel = [];
  /** @type {FormState} */ const state = {};
  return partsScreen(page, "admit.interviews", (act) => {
    const load = async () => {
      const [slots, people] = await Promise.all([get(`${at}/interview-slots`), get(`${at}/admission-panel`)]);
      [all, panel] = [slots.data.data, people.data.data];
    };
    follow(page, (change) => /^(interview_slot|application)/.test(change.kind), load);
    const add = async (/** @type {Record<string, string>} */ values) => {
      const times = [];
      const minutes = Number(values.minutes) || 30;
      // By the clocks of the campus: nothing is reckoned in a zone here.
      for (let n = 0; n < (Number(values.many) || 1); n += 1) {
        const clock = (/** @type {number} */ after) => new Date(Date.parse(`${values.starts_at}Z`) + after * 60_000).toISOString().slice(0, 16);
        times.push({ starts_at: values.starts_at && clock(n * minutes), ends_at: values.starts_at && clock((n + 1) * minutes) });
      }
      await write("POST", `${at}/interview-slots`, { times, place: values.place || null, url: values.url || null, interviewer_id: values.interviewer_id || null });
      await act(async () => toast(t("admit.slots.added", { count: times.length })));
    };
    const remove = (/** @type {Schemas["InterviewSlot"]} */ one) => act(async () => {
      await write("DELETE", `v1/interview-slots/${one.id}`);
      const { starts_local: starts_at, ends_local: ends_at, place, url, interviewer_id } = one;
      toast(t("removed"), one.booked ? undefined : { label: t("undo"), run: () => void act(() => write("POST", `${at}/interview-slots`, { times: [{ starts_at, ends_at }], place, url, interviewer_id })) });
    });
    return within(page, {
      load,
      view: () => [
        part(t("admit.interviews"), lines("admit.noslots", all.map((one) => h("li", { class: "row apart", key: one.id },
          h("span", null, time(one.starts_at, one.time_zone), one.place && [" · ", name(one.place)], one.interviewer_id && [" · ", name(panel.find((each) => each.person.id === one.interviewer_id)?.person.name ?? "–")], h("br"),
            one.application_id ? h("small", null, link(`applications/${one.application_id}`, { class: "out" }, "✓ ", t("admit.slot.booked"))) : h("small", null, "○ ", t("admit.slot.free"))),
          button(t("account.remove"), () => remove(one), "quiet", t("remove.what", { what: new Date(one.starts_at).toLocaleString(language) })))))),
        part(t("admit.slots.add"), formView({ state, draw: page.draw, button: t("admit.slots.add"), send: add, fields: [
          { name: "starts_at", pointer: "/times", label: t("admit.slots.from"), hint: t("admit.local"), type: "datetime-local" }, { name: "many", label: t("admit.slots.many"), type: "number", inputmode: "numeric", value: "4" }, { name: "minutes", label: t("admit.slots.minutes"), type: "number", inputmode: "numeric", value: "30" },
          { name: "place", label: t("admit.slots.place"), dir: "auto" }, { name: "url", label: t("admit.slots.url"), type: "url", dir: "ltr" },
          { name: "interviewer_id", label: t("admit.slots.who"), options: [["", t("admit.slots.anybody")], ...panel.map((one) => /** @type {[string, string]} */ ([one.person.id, one.person.name]))] }] })),
      ],
    });
  }, () => above(page, "interviews"));
}

// ---- The intake: when, what is asked, by what it is read, and by whom -----------------------------------------------------

const LETTERS = Object.keys(LANGUAGES);
/** Fields for a text in the languages of letters. @param {string} key @param {Record<string, string> | undefined} texts @param {string} label */
const inLanguages = (key, texts, label) => LETTERS.map((code) => ({ name: `${key}-${code}`, pointer: `/${key}/${code}`, label: `${label} (${new Intl.DisplayNames(language, { type: "language" }).of(code)})`, dir: "auto", value: texts?.[code] ?? "" }));
/** @param {string} key @param {Record<string, string>} values */
const written = (key, values) => Object.fromEntries(LETTERS.filter((code) => values[`${key}-${code}`]).map((code) => [code, values[`${key}-${code}`]]));
/** @param {Record<string, string>} label @param {{ key: string }[]} others */
function newKeyOf(label, others) {
  const base = (label.en ?? "").toLowerCase().normalize("NFKD").replace(/[^a-z]+/g, "_").replace(/^_|_$/g, "").slice(0, 24) || "question";
  let key = base;
  for (let n = 2; others.some((one) => one.key === key); n += 1) key = `${base}_${n}`;
  return key;
}

/** @param {Page} page */
function intake(page) {
  const at = `v1/cohorts/${page.params.cohort}`;
  /** @type {Schemas["Intake"] | null} */ let here = null;
  /** @type {Schemas["Rubric"] | null} */ let rubric = null;
  /** @type {FormState} */ const state = {};
  const orNot = (/** @type {Promise<any>} */ asked) => asked.then((answer) => answer.data, (error) => { if (error instanceof Problem && error.status === 404) return null; throw error; });
  return partsScreen(page, "admit.intake", (act) => {
    const putForm = (/** @type {Question[]} */ questions) => write("PUT", `${at}/intake/form`, { questions });
    const putRubric = (/** @type {Schemas["Criterion"][]} */ criteria, /** @type {boolean} */ blind) => write("PUT", `${at}/intake/rubric`, { blind, criteria }, rubric?.version ? { etag: `"${rubric.version}"` } : {});
    const questions = () => here?.form?.questions ?? [];
    const criteria = () => rubric?.criteria ?? [];
    const changed = (/** @type {Question[]} */ before) => toast(t("saved"), before.length ? { label: t("undo"), run: () => void act(() => putForm(before)) } : undefined);
    const ask = (/** @type {Question | null} */ one) => {
      /** @type {FormState} */ const form = {};
      const kinds = /** @type {[string, string][]} */ (["text", "choice", "link", "number", "evidence"].map((kind) => [kind, t(`admit.kind.${kind}`)]));
      const choices = (one?.choices ?? []).map((choice) => `${inWords(choice.label)}${choice.points ? ` = ${choice.points}` : ""}`).join("\n");
      void dialog(t(one ? "admit.question" : "admit.question.add"), (close, draw) => formView({
        state: form, draw, button: t("save"),
        fields: [{ name: "kind", label: t("admit.kind"), value: one?.kind ?? "text", options: kinds }, ...inLanguages("label", one?.label, t("admit.question")), { name: "required", type: "checkbox", label: t("admit.required"), value: String(one?.required ?? false) },
          { name: "confidential", type: "checkbox", label: t("admit.confidential.field"), value: String(one?.confidential ?? false) },
          { name: "choices", label: t("admit.choices"), hint: t("admit.choices.hint"), rows: 3, dir: "auto", value: choices }, { name: "at_least", label: t("admit.atleast"), hint: t("admit.bounds"), type: "number", inputmode: "numeric", value: String(one?.at_least ?? "") }, { name: "at_most", label: t("admit.atmost"), type: "number", inputmode: "numeric", value: String(one?.at_most ?? "") }]
          .map((field) => ({ ...field, pointer: `/questions/${one ? questions().indexOf(one) : questions().length}${/** @type {any} */ (field).pointer ?? `/${field.name}`}` })),
        send: async (values) => {
          const before = questions(), label = written("label", values);
          const now = /** @type {Question} */ ({ key: one?.key ?? newKeyOf(label, before), kind: values.kind, label, required: values.required === "true",
            ...(values.confidential === "true" ? { confidential: true } : {}), ...(one?.help ? { help: one.help } : {}),
            ...(values.kind === "choice" ? { choices: values.choices.split("\n").filter((line) => line.trim()).map((line, index) => {
              const [, text, points] = /** @type {RegExpExecArray} */ (/^(.*?)(?:=\s*(-?\d+))?\s*$/.exec(line.trim()));
              const known = (one?.choices ?? []).find((choice) => inWords(choice.label) === text.trim());
              return { value: known?.value ?? `choice_${index + 1}`, label: known?.label ?? { [language]: text.trim() }, ...(points ? { points: Number(points) } : {}) };
            }) } : {}),
            ...(values.kind === "evidence" && values.at_least ? { at_least: Number(values.at_least) } : {}), ...(values.kind === "evidence" && values.at_most ? { at_most: Number(values.at_most) } : {}) });
          await putForm(one ? before.map((each) => (each === one ? now : each)) : [...before, now]);
          close();
          await act(async () => changed(before));
        },
      }));
    };
    const judge = (/** @type {Schemas["Criterion"] | null} */ one) => {
      /** @type {FormState} */ const form = {};
      void dialog(t(one ? "admit.criterion" : "admit.criterion.add"), (close, draw) => formView({
        state: form, draw, button: t("save"),
        fields: [...inLanguages("label", one?.label, t("admit.criterion")), { name: "most", label: t("admit.criterion.most"), type: "number", inputmode: "numeric", value: String(one?.most ?? 5) }, { name: "weight", label: t("admit.criterion.weight"), type: "number", inputmode: "numeric", value: String(one?.weight ?? 1) }]
          .map((field) => ({ ...field, pointer: `/criteria/${one ? criteria().indexOf(one) : criteria().length}${/** @type {any} */ (field).pointer ?? `/${field.name}`}` })),
        send: async (values) => {
          const before = criteria(), label = written("label", values);
          const now = { key: one?.key ?? newKeyOf(label, before), label, most: Number(values.most), weight: Number(values.weight) };
          await putRubric(one ? before.map((each) => (each === one ? now : each)) : [...before, now], rubric?.blind ?? true);
          close();
          await act(async () => toast(t("saved")));
        },
      }));
    };
    return {
      load: async () => {
        [here, rubric] = await Promise.all([orNot(get(`${at}/intake`)), orNot(get(`${at}/intake/rubric`))]);
      },
      view: () => [
        part(t("admit.when"), here && [h("p", null, h("span", { class: "tag good" }, "● ", t(`admit.state.${here.state}`)), " ", rich("admit.from.until", { from: time(here.opens_at, here.time_zone), until: time(here.closes_at, here.time_zone) })), trialText(here)],
          formView({
            state, draw: page.draw, button: t("save"),
            fields: [{ name: "interest_from", label: t("admit.interest"), hint: t("admit.optional"), type: "date", value: here?.interest_from ?? "" }, { name: "opens_at", label: t("admit.opens"), hint: t("admit.local"), type: "datetime-local", value: here?.opens_local.slice(0, 16) ?? "" }, { name: "closes_at", label: t("admit.closes"), type: "datetime-local", value: here?.closes_local.slice(0, 16) ?? "" },
              { name: "places", label: t("admit.places"), type: "number", inputmode: "numeric", value: String(here?.places ?? 16) }, { name: "reply_days", label: t("admit.replydays"), type: "number", inputmode: "numeric", value: String(here?.reply_days ?? 5) }, { name: "keep_months", label: t("admit.keep"), type: "number", inputmode: "numeric", value: String(here?.keep_months ?? 6) },
              { name: "decide_by", label: t("admit.decideby"), hint: t("admit.optional"), type: "date", value: here?.decide_by ?? "" }, { name: "trial_from", label: t("admit.trialfrom"), hint: t("admit.optional"), type: "date", value: here?.trial_from ?? "" }, { name: "trial_to", label: t("admit.trialto"), type: "date", value: here?.trial_to ?? "" },
              { name: "trial_starts", label: t("admit.trialstarts"), hint: t("admit.trialhint"), type: "time", value: here?.trial_starts?.slice(0, 5) ?? "" }, { name: "trial_place", label: t("admit.trialplace"), dir: "auto", value: here?.trial_place ?? "" }, { name: "trial_url", label: t("admit.trialurl"), type: "url", dir: "ltr", value: here?.trial_url ?? "" }, { name: "waiting_list_until", label: t("admit.listuntil"), hint: t("admit.optional"), type: "date", value: here?.waiting_list_until ?? "" },
              { name: "precourse", label: t("admit.precourse"), hint: t("admit.precourse.hint"), rows: 3, dir: "auto", value: here?.precourse ?? "" }],
            send: async (values) => {
              const { interviews_from, interviews_to, precourse_url } = /** @type {any} */ (here ?? {});
              await write("PUT", `${at}/intake`, { interest_from: values.interest_from || null, opens_at: values.opens_at, closes_at: values.closes_at, places: Number(values.places), reply_days: Number(values.reply_days), keep_months: Number(values.keep_months), decide_by: values.decide_by || null, waiting_list_until: values.waiting_list_until || null, trial_from: values.trial_from || null, trial_to: values.trial_to || null, trial_starts: values.trial_starts || null, trial_place: values.trial_place || null, trial_url: values.trial_url || null, precourse: values.precourse || null, precourse_url: precourse_url ?? null, interviews_from: interviews_from ?? null, interviews_to: interviews_to ?? null },
                here ? { etag: `"${here.version}"` } : {});
              await act(async () => toast(t("saved")));
            },
          })),
        here && part(t("admit.form"), h("p", { class: "hint" }, t("admit.form.lead")), lines("admit.noform", questions().map((one, index) => h("li", { class: "row apart", key: one.key },
          h("button", { type: "button", class: "line grow", onclick: () => ask(one) }, h("strong", null, name(inWords(one.label))), h("span", { class: "hint" }, t(`admit.kind.${one.kind}`), one.required && ` · ${t("admit.required")}`)),
          h("span", { class: "row" }, index > 0 && h("button", { type: "button", class: "icon", "aria-label": t("admit.up", { what: inWords(one.label) }), onclick: () => act(async () => { const before = questions(), all = [...before]; all.splice(index - 1, 2, all[index], all[index - 1]); await putForm(all); changed(before); }) }, "↑"),
            h("button", { type: "button", class: "icon", "aria-label": t("remove.what", { what: inWords(one.label) }), onclick: () => act(async () => { const before = questions(); await putForm(before.filter((each) => each !== one)); changed(before); }) }, "×"))))),
          h("div", { class: "row" }, button(t("admit.question.add"), () => ask(null)))),
        here && part(t("admit.rubric"), lines("admit.norubric", criteria().map((one) => h("li", { class: "row apart", key: one.key },
          h("button", { type: "button", class: "line grow", onclick: () => judge(one) }, h("strong", null, name(inWords(one.label))), h("span", { class: "hint" }, t("admit.criterion.of", { most: one.most, weight: one.weight }))),
          h("button", { type: "button", class: "icon", "aria-label": t("remove.what", { what: inWords(one.label) }), onclick: () => act(() => putRubric(criteria().filter((each) => each !== one), !!rubric?.blind)) }, "×")))),
          h("div", { class: "field check" }, h("label", { for: "blind" }, t("admit.blind.field")), h("input", { id: "blind", type: "checkbox", checked: !!rubric?.blind, disabled: !rubric, onchange: (/** @type {any} */ event) => act(() => putRubric(criteria(), event.target.checked)) })),
          h("div", { class: "row" }, button(t("admit.criterion.add"), () => judge(null)))),
      ],
    };
  }, () => above(page, "intake"));
}

export default {
  "cohorts/:cohort/applicants": applicants, "cohorts/:cohort/reading": toRead, "cohorts/:cohort/interviews": interviews, "cohorts/:cohort/intake": intake,
  "applications/:application": application, "applications/:application/reading": reading, panels,
};
