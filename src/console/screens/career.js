// For graduates: what employers may see of them, and whether they would like to be introduced.
import { button, day, dialog, follow, formView, get, h, is, lines, link, me, money, name, outside, part, partsScreen, rich, t, time, toast, today, write } from "../core.js";

/** @import { Act, FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["OwnIntroduction"]} Introduction */
/** @typedef {Schemas["CareerProfile"]} Profile */

/** @type {Record<Schemas["IntroductionStatus"], [kind: string, sign: string]>} */
const STATUS = { asked: ["warn", "◷ "], refused: ["", "– "], introduced: ["good", "● "], interview: ["good", "● "], offer: ["good", "★ "], hired: ["good", "✓ "], declined: ["", "– "], withdrawn: ["", "– "] };

/** What a role pays. @param {Schemas["RolePay"]} pay */
function paid({ minimum, maximum, currency, per }) {
  return `${minimum === maximum ? money(minimum, currency) : t("job.pay.between", { from: money(minimum, currency), to: money(maximum, currency) })} ${t(`job.per.${per}`)}`;
}

/** @param {Profile} profile @returns {Schemas["NewCareerProfile"]} */
const written = ({ headline, about, looking_for, cv_url, skills, submission_ids, shows_reviews, shows_mentoring }) => ({ headline, about, looking_for, cv_url, skills, submission_ids, shows_reviews, shows_mentoring });

/** @param {Page} page */
function career(page) {
  /** @type {Profile | null} */ let profile = null;
  /** @type {Introduction[]} */ let asked = [];
  /** @type {FormState} */ const state = {};
  /** @type {Record<string, FormState>} */ const consents = {};
  const load = async () => {
    const [own, all] = await Promise.all([get("v1/me/career-profile"), get("v1/me/introductions?limit=50")]);
    [profile, asked] = [own.data, all.data.data];
  };
  return partsScreen(page, "nav.career", (act) => {
    follow(page, (change) => /^(introduction|career_profile)/.test(change.kind), load);
    const put = (/** @type {Schemas["NewCareerProfile"]} */ body) => write("PUT", "v1/me/career-profile", body, { etag: `"${profile?.version}"` });
    const putBack = (/** @type {Schemas["NewCareerProfile"]} */ body) => ({ label: t("undo"), run: () => void act(() => write("PUT", "v1/me/career-profile", body)) });
    const remove = () => act(async () => {
      const before = profile;
      await write("DELETE", "v1/me/career-profile");
      toast(t("removed"), before ? putBack(written(before)) : undefined);
    });
    const show = (/** @type {string[]} */ ids) => act(async () => {
      if (!profile) return;
      const before = written(profile);
      await put({ ...before, submission_ids: ids });
      toast(t("saved"), putBack(before));
    });
    return {
      load,
      view: () => profile && [
        h("p", { class: "links" }, link("employers", null, t("nav.employers")), [...new Set(me?.roles.filter((role) => role.role === "alumnus" && role.campus_id).map((role) => role.campus_id))].map((campus) => link(`campuses/${campus}/briefs`, { key: campus }, t("nav.briefs")))),
        part(t("career.introductions"), h("p", { class: "hint" }, t("career.introductions.lead")), lines("career.none", asked.map((one) => introduction(one, act)))),
        part(t("career.profile"), h("p", { class: "hint" }, t("career.profile.lead")), formView({
          state, draw: page.draw, button: t("save"), beside: profile.updated_at && button(t("career.clear"), remove, "quiet"),
          fields: [
            { name: "headline", label: t("career.headline"), hint: t("career.headline.hint"), dir: "auto", value: profile.headline ?? "" }, { name: "about", label: t("career.about"), rows: 4, dir: "auto", value: profile.about ?? "" }, { name: "looking_for", label: t("career.looking"), rows: 3, dir: "auto", value: profile.looking_for ?? "" },
            { name: "cv_url", label: t("career.cv"), type: "url", dir: "ltr", value: profile.cv_url ?? "" }, { name: "skills", label: t("profile.skills"), hint: t("career.skills.hint"), rows: 3, dir: "auto", value: profile.skills.join("\n") },
            { name: "shows_reviews", label: t("career.reviews"), type: "checkbox", value: String(profile.shows_reviews) }, { name: "shows_mentoring", label: t("career.mentoring"), type: "checkbox", value: String(profile.shows_mentoring) },
          ],
          send: async (values) => {
            await put({
              headline: values.headline || null, about: values.about || null, looking_for: values.looking_for || null, cv_url: values.cv_url || null, skills: values.skills.split("\n").map((skill) => skill.trim()).filter(Boolean),
              submission_ids: profile?.submission_ids ?? [], shows_reviews: values.shows_reviews === "true", shows_mentoring: values.shows_mentoring === "true",
            });
            await act(async () => toast(t("saved")));
          },
        })),
        part(t("profile.work"), lines("career.nowork", profile.submissions.map((one) => h("li", { class: "row apart", key: one.id }, h("span", { class: "row" }, outside(one.repository_url), outside(one.deployed_url), h("small", null, time(one.submitted_at))),
          button(t("account.remove"), () => show((profile?.submission_ids ?? []).filter((id) => id !== one.id)), "quiet", t("remove.what", { what: one.repository_url }))))),
          is("alumnus", "student") && h("div", { class: "row" }, button(t("career.work.add"), () => choose((id) => void show([...new Set([...(profile?.submission_ids ?? []), id])])))),
          (profile.reviews_done !== null || profile.weeks_mentored !== null) && h("p", { class: "hint" }, profile.reviews_done !== null && t("profile.reviews", { count: profile.reviews_done }), " ", profile.weeks_mentored !== null && t("profile.mentored", { count: profile.weeks_mentored }))),
      ],
    };
  });

  /** @param {Introduction} one @param {Act} act */
  function introduction(one, act) {
    const { role, status } = one, at = `v1/introductions/${one.id}/consent`;
    const isLive = !!one.consent_until && Date.parse(one.consent_until) > Date.now();
    const mayAgree = ["asked", "refused", "withdrawn"].includes(status), goesOn = ["introduced", "interview", "offer"].includes(status);
    const end = () => act(async () => { await write("DELETE", at); toast(t(status === "asked" ? "career.refused" : "career.withdrawn")); });
    return h("li", { class: "stack", key: one.id },
      h("div", { class: "row apart" }, h("h3", null, name(role.title)), h("span", { class: `tag ${STATUS[status][0]}` }, STATUS[status][1], t(`introduction.status.${status}`))),
      h("p", null, name(role.employer_name), h("br"), h("small", null, role.place && [name(role.place), " · "], role.remote && [t("job.remote"), " · "], role.pay && [paid(role.pay), " · "], t("job.until", { day: day(role.expires_on, { dateStyle: "medium" }) }))),
      one.message && h("p", { class: "prose made", dir: "auto" }, one.message),
      h("details", null, h("summary", null, t("career.role")), one.employer_about && h("p", { class: "prose", dir: "auto" }, one.employer_about), h("p", { class: "prose", dir: "auto" }, role.text)),
      isLive && h("p", null, rich("introduction.until", { at: time(/** @type {string} */ (one.consent_until)) })),
      (mayAgree || goesOn) && h("details", { key: mayAgree ? status : "agreed", open: status === "asked" }, h("summary", null, t(mayAgree ? "career.agree" : "career.move")), h("p", { class: "hint" }, rich("career.agree.lead", { employer: name(role.employer_name), role: name(role.title) })), formView({
        state: (consents[one.id] ??= {}), draw: page.draw, button: t(mayAgree ? "career.agree" : "career.move"),
        fields: [{ name: `until-${one.id}`, pointer: "/until", label: t("career.until"), hint: t("career.until.hint"), type: "date", value: today(null, 30) }],
        send: async (values) => {
          await write("PUT", at, { employer_id: one.employer_id, role_id: one.role_id, until: values[`until-${one.id}`] });
          await act(async () => toast(t("career.agreed")));
        },
        beside: status === "asked" && button(t("career.refuse"), end),
      })),
      (goesOn || (isLive && !mayAgree)) && h("div", { class: "row" }, link(`introductions/${one.id}`, { class: "button" }, t("career.seen")), button(t("career.withdraw"), end, "danger")));
  }
}

/** Chooses among what one's teams have handed in. @param {(id: string) => void} chosen */
function choose(chosen) {
  /** @type {FormState} */ const state = {};
  let isEmpty = false;
  const cohorts = me?.roles.filter((role) => role.cohort_id && /^(alumnus|student)$/.test(role.role)) ?? [];
  void dialog(t("career.work.add"), (close, draw) => h("div", { class: "stack" }, h("p", { class: "lead" }, t("career.work.lead")), isEmpty && h("p", { class: "problem", role: "alert" }, t("career.work.none")), formView({
    state, draw, button: t("career.work.show"),
    fields: [{ name: "cohort", label: t("campus.cohort"), options: cohorts.map((role) => [String(role.cohort_id), role.cohort_name ?? ""]) }, { name: "week", label: t("career.work.week"), type: "number", inputmode: "numeric" }],
    send: async (values) => {
      const { data: teams } = (await get(`v1/cohorts/${values.cohort}/weeks/${Number(values.week) || 1}/teams`)).data;
      const own = /** @type {Schemas["Team"][]} */ (teams).find((team) => team.members.some((member) => member.person.id === me?.id));
      const latest = own && (await get(`v1/teams/${own.id}/submissions?limit=1`)).data.data[0];
      isEmpty = !latest;
      if (!latest) return;
      close();
      chosen(latest.id);
    },
  })));
}

export default { career };
