// An employer of a campus, for its contacts, and for the staff who keep it: what it does, its roles, and graduates who agree to meet it.
import { Problem, button, day, dialog, follow, formView, get, go, h, isStaffOf, lines, link, major, me, minor, money, name, outside, part, partsScreen, remember, rich, t, time, toast, write } from "../core.js";

/** @import { Act, Child, Field, FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["Employer"]} Employer */
/** @typedef {Schemas["EmployerRole"]} Role */
/** @typedef {Schemas["Introduction"]} Introduction */

/** @type {Record<Schemas["RoleStatus"], [kind: string, sign: string]>} */
const ROLE = { submitted: ["warn", "◷ "], published: ["good", "✓ "], closed: ["", "– "] };
/** @param {Role} one */
const roleTag = ({ status, expires_on: last }) => status === "published" && Date.parse(`${last}T23:59:59Z`) < Date.now() - 43_200_000 ? h("span", { class: "tag warn" }, "◷ ", t("job.expired"))
  : h("span", { class: `tag ${ROLE[status][0]}` }, ROLE[status][1], t(`job.status.${status}`));

/** @type {Record<Schemas["IntroductionStatus"], [kind: string, sign: string]>} */
const INTRODUCTION = { asked: ["warn", "◷ "], refused: ["", "– "], introduced: ["good", "● "], interview: ["good", "● "], offer: ["good", "★ "], hired: ["good", "✓ "], declined: ["", "– "], withdrawn: ["", "– "] };
/** @param {Introduction} one */
const introductionTag = ({ status }) => h("span", { class: `tag ${INTRODUCTION[status][0]}` }, INTRODUCTION[status][1], t(`introduction.status.${status}`));

/** What may follow. @type {Partial<Record<Schemas["IntroductionStatus"], Schemas["IntroductionStatus"][]>>} */
const NEXT = { introduced: ["interview", "declined"], interview: ["offer", "declined"], offer: ["hired", "declined"] };

/** Asks before what cannot be undone. @param {string} title @param {string} lead @param {() => unknown} todo */
const sure = async (title, lead, todo) => {
  if (await dialog(t(title), (close) => [h("p", null, t(lead)), h("div", { class: "row" }, button(t("close"), () => close(), "main"), button(t(title), () => close(true), "danger"))])) await todo();
};

/** Where a role is and what it pays. @param {Role} one */
const facts = ({ place, remote, pay, expires_on: last }) => h("p", { class: "hint" }, place && [name(place), " · "], remote && [t("job.remote"), " · "],
  pay && [pay.minimum === pay.maximum ? money(pay.minimum, pay.currency) : t("job.pay.between", { from: money(pay.minimum, pay.currency), to: money(pay.maximum, pay.currency) }), " ", t(`job.per.${pay.per}`), " · "], t("job.until", { day: day(last, { dateStyle: "medium" }) }));

// ---- One's own employers, and campuses to join ---------------------------------------------------------------------------

/** @param {Page} page */
function all(page) {
  /** @type {Schemas["EmployerSummary"][]} */ let mine = [];
  /** @type {Schemas["Campus"][]} */ let campuses = [];
  /** @type {string | null} */ let more = null;
  /** @type {Set<string>} */ const asked = new Set();
  return partsScreen(page, "nav.employers", (act) => {
    const load = async () => {
      const [own, open] = await Promise.all([get("v1/me/employers?limit=50"), get("v1/campuses?limit=20")]);
      [mine, campuses, more] = [own.data.data, open.data.data, open.data.page.next_cursor];
      if (mine.length) remember("home", "employers");
    };
    follow(page, (change) => /^employer/.test(change.kind), load);
    const isMember = (/** @type {string} */ campus) => asked.has(campus) || !!me?.roles.some((role) => role.campus_id === campus);
    const join = (/** @type {Schemas["Campus"]} */ campus) => act(async () => {
      const { status } = await write("PUT", `v1/campuses/${campus.id}/members/me`);
      asked.add(campus.id);
      toast(t(status === 202 ? "employer.join.asked" : "employer.joined", { campus: campus.name }));
    });
    return {
      load,
      view: () => [
        part(t("employer.mine"), lines("employer.none", mine.map((one) => h("li", { class: "stack", key: one.id }, link(`employers/${one.id}`, { class: "out" }, name(one.name)),
          h("p", null, h("small", null, name(one.campus_name), one.agreement.until && [" · ", t("employer.agreed.until", { day: day(one.agreement.until, { dateStyle: "medium" }) })])))))),
        part(t("employer.campuses"), h("p", { class: "lead" }, t("employer.campuses.lead")), lines("employer.nocampuses", campuses.map((one) => h("li", { class: "row apart", key: one.id },
          h("span", null, name(one.name), " ", h("small", null, name(one.city), " · ", name(one.country))),
          isMember(one.id) ? h("span", { class: "tag good" }, "✓ ", t("employer.member")) : button(t("employer.join"), () => join(one), null, `${t("employer.join")}: ${one.name}`)))),
          more && button(t("more"), async () => {
            const { data } = await get(`v1/campuses?limit=20&cursor=${more}`);
            [campuses, more] = [[...campuses, ...data.data], data.page.next_cursor];
            page.draw();
          })),
      ],
    };
  });
}

// ---- One employer --------------------------------------------------------------------------------------------------------

/** @param {Page} page */
function one(page) {
  const at = `v1/employers/${page.params.employer}`;
  /** @type {Employer | null} */ let here = null;
  /** @type {Role[]} */ let roles = [];
  /** @type {Schemas["Member"][] | null} */ let found = null;
  /** @type {FormState} */ const state = {};
  const load = async () => {
    const [employer, written] = await Promise.all([get(at), get(`${at}/roles?limit=50`)]);
    [here, roles] = [employer.data, written.data.data];
    page.title(employer.data.name);
  };
  return partsScreen(page, "employer.one", (act) => {
    follow(page, (change) => change.object.id === page.params.employer || /^(employer_role|employer_contact)/.test(change.kind), load);
    const write_ = () => editRole(null, act, (body) => write("POST", `${at}/roles`, body));
    const leave = () => sure("employer.leave", "employer.leave.lead", async () => {
      let isGone = false;
      await act(async () => {
        await write("DELETE", `${at}/contacts/${me?.id}`);
        isGone = true;
        remember("home", null);
        go("employers");
      });
      if (isGone) toast(t("employer.left"));
    });
    const put = (/** @type {string} */ person) => write("PUT", `${at}/contacts/${person}`);
    const remove = (/** @type {Schemas["PersonCard"]} */ who) => act(async () => {
      await write("DELETE", `${at}/contacts/${who.id}`);
      toast(t("employer.contact.removed", { who: who.name }), { label: t("undo"), run: () => void act(() => put(who.id)) });
    });
    const search = async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const sought = String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get("q"));
      await act(async () => { found = (await get(`v1/campuses/${here?.campus_id}/members?status=member&limit=20&q=${encodeURIComponent(sought)}`)).data.data; });
    };
    return {
      load,
      view: () => {
        if (!here) return null;
        const employer = here, isStaff = isStaffOf(employer.campus_id), isContact = employer.contacts.some((who) => who.id === me?.id);
        const { agreement } = employer;
        return [
          h("p", { class: "links" }, isStaff && link(`campuses/${employer.campus_id}/employers`, null, t("employer.all")), isContact && link("employers", null, t("nav.employers"))),
          part(employer.name, h("p", { class: "hint" }, name(employer.campus_name)), employer.about && h("p", { class: "prose", dir: "auto" }, employer.about), employer.url && h("p", null, outside(employer.url)),
            (agreement.url || agreement.from || agreement.until) && h("p", { class: "row" }, h("span", null, t("employer.agreement"), ": ", agreement.from && t("employer.agreed.from", { day: day(agreement.from, { dateStyle: "medium" }) }), " ", agreement.until && t("employer.agreed.until", { day: day(agreement.until, { dateStyle: "medium" }) })), outside(agreement.url)),
            isStaff && h("details", null, h("summary", null, t("employer.change")), formView({
              state, draw: page.draw, button: t("save"), fields: fields(employer),
              send: async (values) => { await write("PATCH", at, said(values), { etag: `"${employer.version}"` }); await act(async () => toast(t("saved"))); },
            }))),
          part(t("employer.roles"), h("p", { class: "hint" }, t("employer.roles.lead")), lines("employer.noroles", roles.toSorted((a, b) => Number(b.status === "submitted") - Number(a.status === "submitted")).map((role) => h("li", { class: "stack", key: role.id },
            h("div", { class: "row apart" }, link(`roles/${role.id}`, { class: "out" }, name(role.title)), roleTag(role)), facts(role)))),
            h("div", { class: "row" }, button(t("job.write"), write_, "main"))),
          part(t("employer.contacts"), lines("employer.nocontacts", employer.contacts.map((who) => h("li", { class: "row apart", key: who.id }, h("span", null, name(who.name), who.email && [" · ", h("bdi", { dir: "ltr" }, who.email)]),
            who.id === me?.id ? button(t("employer.leave"), leave, "quiet") : isStaff && button(t("account.remove"), () => remove(who), "quiet", t("remove.what", { what: who.name }))))),
            isStaff && [h("form", { class: "row filters", role: "search", onsubmit: search },
              h("div", { class: "field grow" }, h("label", { for: "q" }, t("employer.search")), h("input", { id: "q", name: "q", type: "search", required: true })), h("button", null, t("search"))),
              found && lines("employer.notfound", found.filter(({ person }) => !employer.contacts.some((who) => who.id === person.id)).map(({ person }) => h("li", { class: "row apart", key: person.id }, name(person.name),
                button(t("employer.contact.add"), () => act(async () => { await put(person.id); found = null; toast(t("employer.contact.added", { who: person.name })); }), null, `${t("employer.contact.add")}: ${person.name}`))))]),
        ];
      },
    };
  });
}

/** What staff say of an employer. @param {Employer} employer @returns {Field[]} */
const fields = (employer) => [
  { name: "name", label: t("employer.name"), dir: "auto", value: employer.name }, { name: "about", label: t("employer.about"), rows: 3, dir: "auto", value: employer.about ?? "" }, { name: "url", label: t("employer.url"), type: "url", dir: "ltr", value: employer.url ?? "" },
  { name: "agreement_url", label: t("employer.agreement.url"), type: "url", dir: "ltr", value: employer.agreement.url ?? "" }, { name: "agreement_from", label: t("employer.agreement.from"), type: "date", value: employer.agreement.from ?? "" }, { name: "agreement_until", label: t("employer.agreement.until"), type: "date", value: employer.agreement.until ?? "" },
];

/** @param {Record<string, string>} values */
const said = ({ name: called, ...rest }) => ({ name: called, ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, value || null])) });

/** Writes a role, or changes one. @param {Role | null} role @param {Act} act @param {(body: object) => Promise<unknown>} save */
function editRole(role, act, save) {
  /** @type {FormState} */ const state = {};
  const pay = role?.pay, currency = pay?.currency ?? "";
  void dialog(t(role ? "job.change" : "job.write"), (close, draw) => h("div", { class: "stack" }, h("p", { class: "hint" }, t("job.write.lead")), formView({
    state, draw, button: t("job.submit"),
    fields: [
      { name: "title", label: t("job.title"), dir: "auto", value: role?.title }, { name: "text", label: t("job.text"), rows: 5, dir: "auto", value: role?.text },
      { name: "place", label: t("job.place"), hint: t("job.place.hint"), dir: "auto", value: role?.place ?? "" }, { name: "remote", label: t("job.remote.field"), type: "checkbox", value: String(role?.remote ?? false) },
      { name: "minimum", pointer: "/pay/minimum", label: t("job.pay.minimum"), hint: t("job.pay.hint"), type: "number", inputmode: "decimal", value: major(pay?.minimum, currency) }, { name: "maximum", pointer: "/pay/maximum", label: t("job.pay.maximum"), type: "number", inputmode: "decimal", value: major(pay?.maximum, currency) },
      { name: "currency", pointer: "/pay/currency", label: t("job.pay.currency"), hint: t("job.pay.currency.hint"), dir: "ltr", maxlength: 3, value: currency }, { name: "per", pointer: "/pay/per", label: t("job.pay.per"), value: pay?.per ?? "year", options: ["year", "month", "day"].map((per) => [per, t(`job.per.${per}`)]) },
      { name: "expires_on", label: t("job.expires"), type: "date", value: role?.expires_on },
    ],
    send: async (values) => {
      const code = values.currency.trim().toUpperCase();
      await save({
        title: values.title, text: role ? values.text : values.text || undefined, place: values.place || null, remote: values.remote === "true", expires_on: values.expires_on,
        pay: values.minimum || values.maximum || code ? { minimum: minor(values.minimum || values.maximum, code), maximum: minor(values.maximum || values.minimum, code), currency: code, per: values.per } : null,
      });
      close();
      await act(async () => toast(t("job.submitted")));
    },
  })), { kind: "wide" });
}

// ---- One role, and whom it is introduced to ------------------------------------------------------------------------------

/** @param {Page} page */
function role(page) {
  const at = `v1/roles/${page.params.role}`;
  /** @type {Role | null} */ let here = null;
  /** @type {Introduction[]} */ let introductions = [];
  /** @type {string | null} */ let more = null;
  const load = async () => {
    const [told, asked] = await Promise.all([get(at), get(`${at}/introductions?limit=50`)]);
    [here, introductions, more] = [told.data, asked.data.data, asked.data.page.next_cursor];
  };
  return partsScreen(page, "job.one", (act) => {
    follow(page, (change) => change.object.id === page.params.role || change.kind.startsWith("introduction"), load);
    const become = (/** @type {Schemas["RoleStatus"]} */ status) => act(async () => {
      const before = here?.status;
      await write("PUT", `${at}/status`, { status }, { etag: `"${here?.version}"` });
      toast(t(`job.told.${status}`), status === "closed" && before ? { label: t("undo"), run: () => void become("submitted") } : undefined);
    });
    return {
      load,
      view: () => {
        if (!here) return null;
        const { status, campus_id: campus, employer_id: employer, version } = here, isStaff = isStaffOf(campus);
        return [
          h("p", { class: "links" }, link(`employers/${employer}`, null, name(here.employer_name))),
          part(here.title, h("p", null, roleTag(here)), facts(here), h("p", { class: "prose", dir: "auto" }, here.text), status === "submitted" && h("p", { class: "hint" }, t(isStaff ? "job.approve.lead" : "job.waits")),
            h("div", { class: "row" }, status === "submitted" && isStaff && button(t("job.publish"), () => become("published"), "main"), status === "closed" && button(t("job.again"), () => become("submitted"), "main"),
              status !== "closed" && button(t("job.change"), () => editRole(here, act, (body) => write("PATCH", at, body, { etag: `"${version}"` }))), status !== "closed" && button(t("job.close"), () => become("closed"), "quiet"))),
          part(t("job.introductions"), h("p", { class: "hint" }, t(isStaff ? "job.introductions.staff" : "job.introductions.lead")), lines("job.nobody", introductions.map((one_) => h("li", { class: "row apart", key: one_.id },
            h("span", null, link(`introductions/${one_.id}`, { class: "out" }, one_.person ? name(one_.person.name) : t("introduction.since", { day: day(one_.created_at.slice(0, 10)) })), h("br"),
              one_.consent_until && h("small", null, rich("introduction.until", { at: time(one_.consent_until) }))), introductionTag(one_)))),
            more && button(t("more"), async () => {
              const { data } = await get(`${at}/introductions?limit=50&cursor=${more}`);
              [introductions, more] = [[...introductions, ...data.data], data.page.next_cursor];
              page.draw();
            }),
            isStaff && status === "published" && h("div", { class: "row" }, button(t("introduction.ask"), () => ask(campus, at, act), "main"))),
        ];
      },
    };
  });
}

/** Asks a graduate whether they would like to be introduced. @param {string} campus @param {string} at @param {Act} act */
function ask(campus, at, act) {
  /** @type {FormState} */ const looking = {};
  /** @type {FormState} */ const asking = {};
  /** @type {Schemas["Member"][] | null} */ let found = null;
  void dialog(t("introduction.ask"), (close, draw) => h("div", { class: "stack" }, h("p", { class: "lead" }, t("introduction.ask.lead")), formView({
    state: looking, draw, button: t("search"), fields: [{ name: "sought", label: t("introduction.search"), type: "search" }],
    send: async (values) => { found = (await get(`v1/campuses/${campus}/members?status=member&limit=20&q=${encodeURIComponent(values.sought)}`)).data.data; asking.problem = undefined; },
  }), found && (found.length ? formView({
    state: asking, draw, button: t("introduction.ask.do"),
    fields: [{ name: "person_id", label: t("introduction.who"), options: found.map(({ person }) => [person.id, person.name]) }, { name: "message", label: t("introduction.message"), hint: t("introduction.message.hint"), rows: 3, dir: "auto" }],
    send: async (values) => {
      await write("POST", `${at}/introductions`, { person_id: values.person_id, message: values.message || null });
      close();
      await act(async () => toast(t("introduction.asked")));
    },
  }) : h("p", { class: "empty" }, t("employer.notfound")))));
}

// ---- One introduction ----------------------------------------------------------------------------------------------------

/** @param {Page} page */
function introduction(page) {
  const at = `v1/introductions/${page.params.introduction}`;
  /** @type {Introduction | null} */ let here = null;
  /** Whom it is about, as long as they agree. @type {Schemas["IntroducedGraduate"] | null} */ let profile = null;
  /** @type {FormState} */ const fee = {};
  const load = async () => {
    const [told, shown] = await Promise.all([get(at), get(`${at}/profile`).catch((error) => { if (error instanceof Problem && error.status === 404) return null; throw error; })]);
    [here, profile] = [told.data, shown?.data ?? null];
  };
  return partsScreen(page, "introduction.one", (act) => {
    follow(page, (change) => change.object.id === page.params.introduction, load);
    const take = (/** @type {Schemas["IntroductionStatus"]} */ status) => {
      const todo = () => act(async () => { await write("PUT", `${at}/status`, { status }, { etag: `"${here?.version}"` }); toast(t("saved")); });
      return status === "hired" || status === "declined" ? sure(`introduction.do.${status}`, "introduction.final", todo) : todo();
    };
    return {
      load,
      view: () => {
        if (!here) return null;
        const isStaff = isStaffOf(here.campus_id), isMine = here.person?.id === me?.id;
        // What came of one whose consent has run out is still noted by the staff.
        const ranOut = isStaff && here.status === "withdrawn" && !!here.consent_until;
        const steps = isMine && !isStaff ? [] : ranOut ? /** @type {const} */ (["interview", "offer", "hired", "declined"]) : NEXT[here.status] ?? [];
        return [
          h("p", { class: "links" }, isMine ? link("career", null, t("nav.career")) : link(`roles/${here.role_id}`, null, t("job.one"))),
          part(profile?.name ?? here.person?.name ?? t("introduction.one"), h("p", { class: "row" }, introductionTag(here), here.consent_until && h("small", null, rich("introduction.until", { at: time(here.consent_until) }))),
            here.message && isStaff && h("p", { class: "prose hint", dir: "auto" }, here.message),
            steps.length > 0 && h("div", { class: "row" }, steps.map((step, index) => button(t(`introduction.do.${step}`), () => take(step), step === "declined" ? "quiet" : index ? null : "main")))),
          profile ? shownProfile(profile) : h("p", { class: "empty" }, t(here.status === "asked" || here.status === "refused" ? "introduction.notyet" : "introduction.gone")),
          here.status === "hired" && isStaffOf(here.campus_id, /^organiser$/) && part(t("fee.add"), formView({
            state: fee, draw: page.draw, button: t("fee.add"),
            fields: [{ name: "amount", label: t("fee.amount"), type: "number", inputmode: "decimal" }, { name: "currency", label: t("job.pay.currency"), hint: t("job.pay.currency.hint"), dir: "ltr", maxlength: 3 }, { name: "due_on", label: t("fee.due"), type: "date" }],
            send: async (values) => {
              const currency = values.currency.trim().toUpperCase();
              await write("POST", `${at}/referral-fees`, { amount: minor(values.amount, currency), currency, due_on: values.due_on });
              toast(t("fee.added"));
              go(`campuses/${here?.campus_id}/fees`);
            },
          })),
        ];
      },
    };
  });
}

/** What a graduate shows. @param {Schemas["IntroducedGraduate"]} one_ @returns {Child} */
const shownProfile = (one_) => part(t("profile.title"), h("p", { class: "hint" }, t("profile.lead")), one_.headline && h("p", null, h("strong", null, name(one_.headline))), h("p", null, h("a", { href: `mailto:${one_.email}`, class: "out" }, h("bdi", { dir: "ltr" }, one_.email))),
  one_.about && h("p", { class: "prose", dir: "auto" }, one_.about), one_.looking_for && [h("h3", null, t("profile.looking")), h("p", { class: "prose", dir: "auto" }, one_.looking_for)],
  one_.skills.length > 0 && [h("h3", null, t("profile.skills")), h("ul", { class: "plain row" }, one_.skills.map((skill) => h("li", { key: skill, class: "tag" }, name(skill))))],
  one_.cv_url && h("p", null, outside(one_.cv_url, t("profile.cv"))),
  one_.submissions.length > 0 && [h("h3", null, t("profile.work")), h("ul", { class: "plain lines" }, one_.submissions.map((each) => h("li", { key: each.id, class: "row" }, outside(each.repository_url), outside(each.deployed_url), h("small", null, time(each.submitted_at)))))],
  (one_.reviews_done !== null || one_.weeks_mentored !== null) && h("p", { class: "hint" }, one_.reviews_done !== null && t("profile.reviews", { count: one_.reviews_done }), " ", one_.weeks_mentored !== null && t("profile.mentored", { count: one_.weeks_mentored })));

export default { employers: all, "employers/:employer": one, "roles/:role": role, "introductions/:introduction": introduction };
