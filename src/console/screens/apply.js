// For whoever applies: which cohorts one can apply to, the application with its draft, an interview, and what came of it.
import { Problem, button, day, days, dialog, every, follow, formView, get, h, inWords, language, lines, link, name, number, outside, ownZone, part, partsScreen, rich, t, time, toast, waitingHere, write } from "../core.js";

/** @import { Act, Child, Field, FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["Application"]} Application */
/** @typedef {Schemas["ApplicationQuestion"]} Question */

/** @type {Record<Schemas["ApplicationStatus"], [kind: string, sign: string]>} */
const STATUS = {
  draft: ["warn", "✎ "], submitted: ["good", "✓ "], waitlisted: ["warn", "◷ "], offered: ["good", "★ "], accepted: ["good", "✓ "],
  declined: ["", "– "], expired: ["", "◷ "], rejected: ["", "– "], withdrawn: ["", "– "], deferred: ["", "→ "],
};

/** @param {Schemas["ApplicationStatus"]} status */
const statusTag = (status) => h("span", { class: `tag ${STATUS[status][0]}` }, STATUS[status][1], t(`apply.status.${status}`));

/** When people can apply. @param {Schemas["IntakeSummary"] | Schemas["Intake"]} one */
const when = (one) => one.state === "open" ? rich("apply.until", { at: time(one.closes_at, one.time_zone) }) : one.state === "closed" ? t("apply.closed") : rich("apply.from", { at: time(one.opens_at, one.time_zone) });

/** @param {Page} page */
function all(page) {
  /** @type {Schemas["IntakeSummary"][]} */ let intakes = [];
  /** @type {Schemas["OwnApplication"][]} */ let mine = [];
  return partsScreen(page, "apply.title", () => {
    const load = async () => {
      const [open, applied] = await Promise.all([every("v1/intakes?limit=50"), get("v1/me/applications")]);
      [intakes, mine] = [open, applied.data.data];
    };
    follow(page, (change) => /^(intake|application)/.test(change.kind), load);
    return {
      load,
      view: () => [
        part(t("apply.mine"), lines("apply.none", mine.map((one) => h("li", { class: "stack", key: one.id },
          h("div", { class: "row apart" }, link(`apply/${one.cohort_id}?application=${one.id}`, { class: "out" }, name(one.cohort_name)), statusTag(one.status)),
          one.status === "offered" && one.reply_by && h("p", { class: "hint" }, rich("apply.reply", { at: time(one.reply_by, one.time_zone) })), one.status === "submitted" && [trialText(one), one.interview && h("p", { class: "hint" }, t("apply.interview"), ": ", time(one.interview.starts_at, one.interview.time_zone))])))),
        part(t("apply.cohorts"), lines("apply.nocohorts", intakes.filter((one) => !mine.some((each) => each.cohort_id === one.cohort_id)).map((one) => h("li", { class: "stack", key: one.cohort_id },
          h("div", { class: "row apart" }, link(`apply/${one.cohort_id}`, { class: "out" }, name(one.cohort_name)), h("span", { class: one.state === "open" ? "tag good" : "tag" }, one.state === "open" ? "● " : "○ ", t(`apply.state.${one.state}`))),
          h("p", { class: "hint" }, rich("apply.begins", { day: day(one.starts_on, { dateStyle: "long" }), count: one.places }), " ", when(one)))))),
        h("p", { class: "links" }, link("panels", null, t("nav.panels"))),
      ],
    };
  });
}

/** @param {Page} page */
function one(page) {
  const { cohort } = page.params;
  let id = page.params.application ?? "";
  /** @type {Schemas["Intake"] | null} */ let intake = null;
  /** @type {Application | null} */ let mine = null;
  /** @type {Schemas["InterviewSlot"][]} */ let slots = [];
  /** @type {FormState} */ const state = {};
  const at = () => `v1/applications/${id}`;
  const isOver = () => !!mine && ["declined", "expired", "rejected", "withdrawn", "deferred"].includes(mine.status);
  /** While applications are open, and nothing has come of it yet. */
  const canTakeBack = () => !!mine && Date.parse(mine.closes_at) > Date.now() && (mine.status === "withdrawn" || (mine.status === "submitted" && !mine.trial));
  const load = async () => {
    // What waits here to be sent is newer.
    if (!id) {
      const [told, applied] = await Promise.all([get(`v1/cohorts/${cohort}/intake`), get("v1/me/applications")]);
      intake = told.data;
      id = applied.data.data.find((/** @type {Schemas["OwnApplication"]} */ each) => each.cohort_id === cohort)?.id ?? "";
    }
    if (!id) return;
    mine = (await get(at())).data;
    if (mine?.status === "draft") intake ??= (await get(`v1/cohorts/${cohort}/intake`)).data;
    else if (!isOver() && mine?.status !== "accepted") slots = (await get(`v1/cohorts/${cohort}/interview-slots`)).data.data;
  };
  return partsScreen(page, "apply.one", (act) => {
    follow(page, (change) => change.object.id === id || /^(interview_slot|intake)/.test(change.kind), load);
    const begin = () => act(async () => {
      try {
        id = (await write("POST", `v1/cohorts/${cohort}/applications`, { answers: {} })).data.id;
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== "already_applied") throw error;
        id = error.data.application_id;
      }
    });
    const interest = (/** @type {string} */ method) => act(async () => {
      await write(method, `v1/cohorts/${cohort}/intake/interest/me`);
      toast(t(method === "PUT" ? "apply.interested" : "apply.uninterested"), method === "PUT" ? { label: t("undo"), run: () => void interest("DELETE") } : undefined);
    });
    /** @type {() => Child[]} */
    const view = () => [
      h("p", { class: "links" }, link("applications", null, t("apply.title"))),
      !mine ? intake && part(intake.cohort_name, h("p", { class: "lead" }, rich("apply.begins", { day: day(intake.starts_on, { dateStyle: "long" }), count: intake.places })), h("p", null, when(intake)),
        intake.form && h("details", { open: true }, h("summary", null, t("apply.asked")), h("ul", null, intake.form.questions.map((each) => h("li", { key: each.key }, name(inWords(each.label)))))),
        intake.state === "open" && h("div", { class: "row" }, button(t("apply.begin"), begin, "main")),
        intake.state === "interest" && h("div", { class: "row" }, button(t("apply.interest"), () => interest("PUT"), "main")))
        : mine.status === "draft" ? draft(mine, intake, act)
        : [standing(mine, act), interviews(mine, act), answers(mine)],
      mine && part(t("apply.end"),
        h("div", { class: "field check" }, h("label", { for: "kept" }, t("apply.kept")), h("input", { id: "kept", type: "checkbox", checked: mine.may_be_kept, onchange: (/** @type {any} */ event) => act(async () => { await write("PATCH", at(), { may_be_kept: event.target.checked }, { etag: "*" }); toast(t("saved")); }) })),
        canTakeBack() && h("div", { class: "row" }, button(t("apply.change"), () => sure("apply.change", "apply.change.lead", () => act(async () => { await write("DELETE", `${at()}/submission`); toast(t("apply.changeable")); })))),
        !isOver() && h("div", { class: "row" }, button(t("apply.withdraw"), () => sure("apply.withdraw", "apply.withdraw.lead", () => act(async () => { await write("PUT", `${at()}/withdrawal`); toast(t("apply.withdrawn")); })), "danger"))),
    ];

    /** @param {Application} application @param {Schemas["Intake"] | null} told @param {Act} act_ */
    const draft = (application, told, act_) => {
      // Where the form has changed meanwhile, the draft is answered anew.
      const questions = told?.form?.questions ?? application.form.questions;
      const collect = (/** @type {Record<string, string>} */ values) => Object.fromEntries(questions.map((each) => [each.key, answerOf(each, (values[each.key] ?? "").trim())]));
      const labels = Object.fromEntries(questions.map((each) => [each.key, inWords(each.label)]));
      const save = (/** @type {Record<string, string>} */ values) => write("PATCH", at(), { answers: collect(values) }, { etag: "*", later: application.cohort_name, labels });
      const seen = async (/** @type {Record<string, string>} */ values) => {
        for (const each of questions) {
          const value = values[`far-${each.key}`];
          if (each.kind === "evidence" && value && Number(value) !== application.evidence.find((known) => known.question === each.key)?.value) await write("POST", `${at()}/evidence`, { question: each.key, value: Number(value) });
        }
      };
      return part(application.cohort_name, h("p", { class: "row" }, statusTag("draft"), told && h("span", null, when(told))), h("p", { class: "hint" }, t("apply.draft.lead")), waitingHere(at()),
        h("div", { onchange: (/** @type {any} */ event) => { const { form } = event.target; state.problem = undefined; page.draw(); if (form && event.target.name && !event.target.name.startsWith("far-")) void save(/** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)))).catch(() => {}); } },
          formView({
            state, draw: page.draw, button: t("apply.handin"), fields: questions.flatMap((each) => fields(each, application)),
            send: async (values) => {
              const kept = await save(values);
              if (kept.queued) return;
              await seen(values);
              await write("PUT", `${at()}/submission`);
              toast(t("apply.handedin"));
              await act_(async () => {});
            },
          })));
    };

    /** Where one stands, and what one can do. @param {Application} application @param {Act} act_ */
    const standing = (application, act_) => part(application.cohort_name, h("p", null, statusTag(application.status)),
      h("p", null, t(`apply.means.${application.status}`)),
      application.status === "submitted" && trialText(application),
      application.waiting && h("p", null, h("strong", null, t("apply.position", { position: application.waiting.position, length: application.waiting.length }))),
      application.status === "offered" && [application.reply_by && h("p", null, rich("apply.reply", { at: time(application.reply_by) })), h("div", { class: "row" },
        button(t("apply.accept"), () => act_(async () => { await write("PUT", `${at()}/acceptance`); toast(t("apply.accepted")); }), "main"),
        button(t("apply.decline"), () => sure("apply.decline", "apply.decline.lead", () => act_(async () => { await write("PUT", `${at()}/refusal`); toast(t("apply.declined")); })))), h("p", { class: "hint" }, t("apply.defer"))],
      application.status === "accepted" && [(application.precourse || application.precourse_url) && h("h3", null, t("apply.precourse")), application.precourse && h("p", { class: "prose", dir: "auto" }, application.precourse),
        application.precourse_url && h("p", null, h("a", { href: application.precourse_url, rel: "noreferrer", class: "out" }, h("bdi", { dir: "ltr" }, application.precourse_url), " ↗")), h("p", { class: "hint" }, t("apply.again"))],
      application.submitted_at && h("p", { class: "hint" }, t("apply.sent"), " ", time(application.submitted_at)));

    /** @param {Application} application @param {Act} act_ */
    const interviews = (application, act_) => {
      const booked = slots.find((slot) => slot.own);
      if (!slots.length || application.status !== "submitted") return application.interview && part(t("apply.interview"), place(application.interview));
      const book = (/** @type {Schemas["InterviewSlot"]} */ slot) => act_(async () => { await write("PUT", `v1/interview-slots/${slot.id}/booking/me`); toast(t("apply.booked")); });
      return part(t("apply.interview"), booked ? [place(booked), h("div", { class: "row" }, button(t("apply.unbook"), () => act_(async () => {
        await write("DELETE", `v1/interview-slots/${booked.id}/booking/me`);
        toast(t("apply.unbooked"), { label: t("undo"), run: () => void book(booked) });
      }), "quiet"))] : [h("p", { class: "lead" }, t("apply.interview.lead")), h("ul", { class: "plain lines" }, slots.filter((slot) => !slot.booked).map((slot) => h("li", { class: "row apart", key: slot.id }, h("div", null, place(slot)),
        button(t("apply.book"), () => book(slot), "main", `${t("apply.book")}: ${new Date(slot.starts_at).toLocaleString(language)}`))))]);
    };
    return { load, view };
  }, undefined);
}

/** Asks before what cannot be undone. @param {string} title @param {string} lead @param {() => unknown} todo */
const sure = async (title, lead, todo) => {
  if (await dialog(t(title), (close) => [h("p", null, t(lead)), h("div", { class: "row" }, button(t("close"), () => close(), "main"), button(t(title), () => close(true), "danger"))])) await todo();
};

/** @param {Schemas["Appointment"] | Schemas["InterviewSlot"]} one_ */
const place = (one_) => h("p", null, time(one_.starts_at, one_.time_zone), one_.place && [" · ", name(one_.place)], one_.url && [" · ", h("a", { href: one_.url, rel: "noreferrer", class: "out" }, h("bdi", { dir: "ltr" }, one_.url), " ↗")]);

/** When and where the trial week is, for whoever is invited. @param {Application | Schemas["OwnApplication"]} one_ */
function trialText(one_) {
  const { trial, trial_from: from, trial_to: to, trial_starts_at: at, trial_starts_local: there } = one_;
  const by = (/** @type {string} */ instant, /** @type {string} */ timeZone) => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(instant));
  // By the clocks of the campus, and one's own where they differ.
  const clocks = at && there && [by(`${there}Z`, "UTC"), by(at, ownZone())];
  return trial && h("div", { class: "made stack" }, h("p", null, h("strong", null, t(`apply.trial.${trial}`))), trial === "invited" && [
    from && to && h("p", null, days(from, to)), clocks && h("p", null, t("apply.trial.starts", { at: clocks[0] === clocks[1] ? clocks[0] : t("time.both", { there: clocks[0], here: clocks[1] }) })),
    (one_.trial_place || one_.trial_url) && h("p", { class: "row" }, one_.trial_place && name(one_.trial_place), outside(one_.trial_url))]);
}

/** @param {Question} question @param {string} value */
const answerOf = (question, value) => value === "" ? null : question.kind === "number" ? Number(value) : value;

/** @param {Question} question @param {Application} application @returns {Field[]} */
function fields(question, application) {
  const value = String(/** @type {any} */ (application.answers)[question.key] ?? "");
  const bounds = [question.at_least != null && t("apply.atleast", { value: question.at_least }), question.at_most != null && t("apply.atmost", { value: question.at_most })].filter(Boolean).join(" ");
  const hint = [inWords(question.help), question.confidential && t("apply.confidential"), !question.required && t("apply.optional")].filter(Boolean).join(" ");
  const common = { name: question.key, pointer: `/answers/${question.key}`, label: inWords(question.label), hint: hint || undefined, value };
  if (question.kind === "text") return [{ ...common, rows: 4, dir: "auto" }];
  if (question.kind === "choice") return [{ ...common, options: [["", "–"], ...(question.choices ?? []).map((choice) => /** @type {[string, string]} */ ([choice.value, inWords(choice.label)]))] }];
  if (question.kind === "number") return [{ ...common, type: "number", inputmode: "numeric" }];
  if (question.kind === "link") return [{ ...common, type: "url", dir: "ltr" }];
  return [{ ...common, type: "url", dir: "ltr" }, { name: `far-${question.key}`, pointer: `/evidence/${question.key}`, label: rich("apply.far", { what: inWords(question.label) }).join(""), hint: bounds || undefined, type: "number", inputmode: "numeric", value: String(application.evidence.find((each) => each.question === question.key)?.value ?? "") }];
}

/** What one wrote. @param {Application} application */
const answers = (application) => part(t("apply.answers"), h("dl", null, application.form.questions.map((question) => {
  const answer = /** @type {any} */ (application.answers)[question.key];
  const seen = application.evidence.find((each) => each.question === question.key);
  return [h("dt", { key: `t${question.key}` }, inWords(question.label)), h("dd", { key: `d${question.key}`, class: "prose", dir: "auto" }, question.kind === "choice" ? inWords(question.choices?.find((choice) => choice.value === answer)?.label) || "–" : outside(answer) || (answer ?? "–"),
    seen && [" ", h("span", { class: seen.met ? "tag good" : "tag warn" }, seen.met ? "✓ " : "◔ ", seen.value === null ? "–" : number(seen.value), seen.checked && ` · ${t("apply.checked")}`)])];
})));

export default { applications: all, "apply/:cohort": one };
