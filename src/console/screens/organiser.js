// A campus and its cohorts for those who run them: staff, members, days off, audit, closing; timetables and events.
import { LANGUAGES, button, campusTabs, cohortTabs, day, dialog, download, every, formView, get, h, is, language, lines, link, me, name, number, part, partsScreen, problemBox, report, t, time, toast, write } from "../core.js";

/** @import { Act, FormState, Page, Parts, Schemas } from "../types.js" */

/** @type {Record<string, (page: Page, act: Act) => Parts>} */
const PARTS = { cohorts, staff, members, days, audit, settings };

/** @param {Page} page */
function campus(page) {
  if (page.params.campus === "all") return campuses(page);
  const chosen = page.params.part in PARTS ? page.params.part : "cohorts";
  return partsScreen(page, `campus.${chosen}`, (act) => PARTS[chosen](page, act), () => [is("admin") && h("p", { class: "links" }, link("campuses/all", null, t("campuses.title"))), campusTabs(page.params.campus, chosen)]);
}

/** All campuses, for whoever runs the service: what they approve can invite people where registration is closed. @param {Page} page */
function campuses(page) {
  /** @type {Schemas["Campus"][]} */ let all = [];
  return partsScreen(page, "campuses.title", (act) => {
    const approve = (/** @type {Schemas["Campus"]} */ one, isApproved = !one.approved_at) => act(async () => {
      await write(isApproved ? "PUT" : "DELETE", `v1/campuses/${one.id}/approval`);
      toast(t(isApproved ? "campuses.approved.done" : "campuses.withdrawn"), { label: t("undo"), run: () => void approve(one, !isApproved) });
    });
    return {
      load: async () => { all = await every("v1/campuses?status=open,closed&limit=100"); },
      view: () => [
        h("p", { class: "lead" }, t("campuses.lead")),
        lines("campuses.none", all.map((one) => h("li", { class: "row apart", key: one.id },
          h("span", null, link(`campuses/${one.id}`, { class: "out" }, name(one.name)), " ", h("small", null, name(one.city)), one.closed_at && [" ", h("span", { class: "tag warn" }, "✕ ", t("campuses.closed"))]),
          h("span", { class: "row" }, one.approved_at ? h("span", { class: "tag good" }, "✓ ", t("campuses.approved")) : h("span", { class: "tag" }, "○ ", t("campuses.unapproved")),
            button(t(one.approved_at ? "campuses.withdraw" : "campuses.approve"), () => approve(one), one.approved_at ? "quiet" : "main", `${t(one.approved_at ? "campuses.withdraw" : "campuses.approve")}: ${one.name}`))))),
      ],
    };
  });
}

/** @param {Page} page @returns {Parts} */
function cohorts(page) {
  /** @type {Schemas["Cohort"][]} */ let all = [];
  return {
    load: async () => { all = await every(`v1/cohorts?campus_id=${page.params.campus}&limit=100`); },
    view: () => [
      h("div", { class: "row" }, link("start", { class: "button main" }, t("nav.start"))),
      all.length ? [...all].reverse().map((one) => h("section", { class: "card stack", key: one.id, "aria-label": one.name },
        h("div", { class: "row apart" }, h("h2", null, link(`cohorts/${one.id}`, { class: "out" }, name(one.name))), h("span", { class: one.status === "running" ? "tag good" : "tag" }, one.status === "running" ? "● " : "", t(`cohort.${one.status}`))),
        h("p", { class: "hint" }, day(one.starts_on), " – ", day(one.ends_on)),
        cohortTabs(one.id, "", one.name))) : h("p", { class: "empty" }, t("campus.nocohorts"))],
  };
}

/** @param {Page} page @param {Act} act @returns {Parts} */
function staff(page, act) {
  const at = `v1/campuses/${page.params.campus}`;
  /** @type {Schemas["Staff"][]} */ let all = [];
  /** @type {Schemas["StaffInvitation"][]} */ let invited = [];
  /** @type {FormState} */ const state = {};
  const roles = () => /** @type {[string, string][]} */ (["facilitator", "organiser"].map((role) => [role, t(`staff.${role}`)]));
  const appoint = (/** @type {string} */ person, /** @type {string} */ role) => write("PUT", `${at}/staff/${person}`, { role });
  return {
    load: async () => {
      const [here, coming] = await Promise.all([get(`${at}/staff`), get(`${at}/staff-invitations`)]);
      [all, invited] = [here.data.data, coming.data.data];
    },
    view: () => [
      part(t("campus.staff"), lines("campus.nobody", all.map((one) => h("li", { class: "row apart", key: one.person.id }, h("span", null, name(one.person.name), one.person.email && [" ", h("small", { dir: "ltr" }, one.person.email)]),
        h("span", { class: "row" }, h("select", { class: "short", "aria-label": t("staff.role.of", { who: one.person.name }), value: one.role, onchange: (/** @type {any} */ event) => act(async () => { await appoint(one.person.id, event.target.value); toast(t("saved"), { label: t("undo"), run: () => void act(() => appoint(one.person.id, one.role)) }); }) }, roles().map(([role, text]) => h("option", { value: role, selected: role === one.role }, text))),
          one.person.id !== me?.id && button(t("account.remove"), () => act(async () => { await write("DELETE", `${at}/staff/${one.person.id}`); toast(t("staff.removed", { who: one.person.name }), { label: t("undo"), run: () => void act(() => appoint(one.person.id, one.role)) }); }), "quiet", t("remove.what", { what: one.person.name }))))))),
      part(t("staff.invite"), invited.length > 0 && lines("campus.nobody", invited.map((one) => h("li", { class: "row apart", key: one.id }, h("span", null, h("bdi", { dir: "ltr" }, one.email), " ", h("span", { class: "tag" }, "✉ ", t(`staff.${one.role}`)), " ", one.status === "expired" ? h("span", { class: "tag warn" }, "◷ ", t("staff.expired")) : h("small", null, t("account.until"), " ", time(one.expires_at))),
        h("span", { class: "row" }, button(t("roster.resend"), () => act(async () => { await write("POST", `${at}/staff-invitations`, { email: one.email, role: one.role }); toast(t("roster.resent")); }), null, `${t("roster.resend")}: ${one.email}`),
          button(t("roster.revoke"), () => act(async () => { await write("DELETE", `v1/staff-invitations/${one.id}`); toast(t("roster.revoked")); }), "quiet", `${t("roster.revoke")}: ${one.email}`))))),
        formView({ state, draw: page.draw, button: t("staff.invite"), fields: [{ name: "email", type: "email", label: t("entry.email"), dir: "ltr" }, { name: "role", label: t("staff.as"), value: "facilitator", options: roles() }],
          send: async (values) => { await write("POST", `${at}/staff-invitations`, { email: values.email, role: values.role }); await act(async () => toast(t("staff.invited"))); } })),
    ],
  };
}

/** @param {Page} page @param {Act} act @returns {Parts} */
function members(page, act) {
  const at = `v1/campuses/${page.params.campus}/members`;
  /** @type {Schemas["Member"][]} */ let pending = [];
  /** @type {Schemas["Member"][]} */ let all = [];
  /** @type {string | null} */ let more = null;
  /** @type {Schemas["Diversity"][] | null} */ let told = null;
  /** @type {FormState} */ const counting = {};
  let attribute = "gender";
  let sought = "";
  const path = () => `${at}?status=member&limit=50${sought && `&q=${encodeURIComponent(sought)}`}`;
  const who = (/** @type {Schemas["Member"]} */ one) => h("span", null, name(one.person.name), one.person.email && [" ", h("small", { dir: "ltr" }, one.person.email)], !one.verified && [" ", h("span", { class: "tag warn" }, "! ", t("members.unproved"))]);
  const isOrganiser = !!me?.roles.some((role) => role.role === "organiser" && role.campus_id === page.params.campus);
  /** What an organiser does for whoever cannot get in. @param {Schemas["Member"]} one */
  const help = ({ person, verified }) => {
    /** @type {Schemas["GrantedReset"] | null} */ let granted = null;
    /** @type {unknown} */ let problem;
    return dialog(person.name, (close, draw) => {
      const attempt = (/** @type {() => Promise<unknown>} */ todo) => async () => { problem = undefined; try { await todo(); } catch (error) { problem = error; report(error); } draw(); };
      return h("div", { class: "stack" }, problemBox(problem),
        granted ? h("div", { class: "made stack" }, h("p", null, t("members.code")), h("div", { class: "row" }, h("input", { readonly: true, value: granted.code, dir: "ltr", "aria-label": t("members.reset"), class: "copied", onfocus: (/** @type {any} */ event) => event.target.select() }),
          button(t("account.copy"), () => navigator.clipboard.writeText(granted?.code ?? "").then(() => toast(t("account.copied")), report))), h("p", { class: "hint" }, t("account.until"), " ", time(granted.expires_at)))
          : !verified && [h("p", null, t("members.reset.lead")), button(t("members.reset"), attempt(async () => { granted = (await write("POST", `${at}/${person.id}/password-resets`)).data; }), "main")],
        h("p", null, t("members.factor.lead")), button(t("members.factor"), attempt(async () => { await write("DELETE", `${at}/${person.id}/second-factor`); close(); toast(t("members.factor.done", { who: person.name })); }), "danger"));
    });
  };
  return {
    load: async () => {
      const [asking, here] = await Promise.all([every(`${at}?status=pending&limit=100`), get(path())]);
      [pending, all, more] = [asking, here.data.data, here.data.page.next_cursor];
    },
    view: () => [
      part(t("members.requests"), lines("members.norequests", pending.map((one) => h("li", { class: "row apart", key: one.person.id }, who(one), h("span", { class: "row" },
        button(t("members.admit"), () => act(async () => { await write("PUT", `${at}/${one.person.id}`); toast(t("members.admitted", { who: one.person.name }), { label: t("undo"), run: () => void act(() => write("DELETE", `${at}/${one.person.id}`)) }); }), "main", `${t("members.admit")}: ${one.person.name}`),
        button(t("members.refuse"), () => act(() => write("DELETE", `${at}/${one.person.id}`)), "quiet", `${t("members.refuse")}: ${one.person.name}`)))))),
      part(t("campus.members"), h("form", { class: "row", role: "search", onsubmit: (/** @type {any} */ event) => { event.preventDefault(); sought = event.target.elements.q.value; void act(async () => {}); } },
        h("div", { class: "field grow" }, h("label", { for: "q", class: "unseen" }, t("roster.search")), h("input", { id: "q", name: "q", type: "search", placeholder: t("roster.search") })), h("button", null, t("search"))),
        lines("campus.nobody", all.map((one) => h("li", { class: "row apart", key: one.person.id }, who(one), one.person.id !== me?.id && h("span", { class: "row" }, isOrganiser && button(t("members.help"), () => help(one), "quiet", `${t("members.help")}: ${one.person.name}`), button(t("account.remove"), () => act(async () => { await write("DELETE", `${at}/${one.person.id}`); toast(t("staff.removed", { who: one.person.name })); }), "quiet", t("remove.what", { what: one.person.name })))))),
        more && button(t("more"), async () => {
          const { data } = await get(`${path()}&cursor=${more}`);
          all = [...all, ...data.data];
          more = data.page.next_cursor;
          page.draw();
        })),
      isOrganiser && part(t("diversity.title"), h("p", { class: "lead" }, t("diversity.lead")), formView({
        state: counting, draw: page.draw, button: t("diversity.count"), fields: [{ name: "attribute", label: t("diversity.attribute"), hint: t("diversity.hint"), value: attribute, dir: "ltr" }],
        send: async (values) => { attribute = values.attribute; told = (await get(`v1/campuses/${page.params.campus}/diversity?${new URLSearchParams({ attribute })}`)).data.data; },
      }), told && lines("diversity.none", told.map(period))),
    ],
  };
}

/** What is told of the students of some years. @param {Schemas["Diversity"]} one */
const period = (one) => h("li", { key: one.first_year },
  h("strong", null, [...new Set([one.first_year, one.last_year])].join("–")), " ", t("diversity.students", { count: one.students }),
  h("ul", { class: "plain row" }, one.counts.map(({ value, count }) => h("li", { class: "tag", key: value }, name(value), " ", number(count))),
    one.untold != null && h("li", { class: "tag" }, t("diversity.untold"), " ", number(one.untold))));

/** Days off, and the campuses whose alumni may mentor here. @param {Page} page @param {Act} act @returns {Parts} */
function days(page, act) {
  const at = `v1/campuses/${page.params.campus}`;
  /** @type {Schemas["DayOff"][]} */ let off = [];
  /** @type {Schemas["CampusName"][]} */ let sources = [];
  /** @type {Schemas["Campus"][] | null} */ let others = null;
  /** @type {FormState} */ const state = {};
  /** @type {FormState} */ const admits = {};
  const put = (/** @type {string} */ date, /** @type {string} */ what) => write("PUT", `${at}/days-off/${date}`, { name: what });
  return {
    load: async () => {
      const [dates, from] = await Promise.all([get(`${at}/days-off`), get(`${at}/alumni-sources`)]);
      [off, sources] = [dates.data.data, from.data.data];
    },
    view: () => [
      part(t("campus.days"), lines("days.none", off.map((one) => h("li", { class: "row apart", key: one.date }, h("span", null, day(one.date, { dateStyle: "full" }), " · ", name(one.name)),
        button(t("account.remove"), () => act(async () => { await write("DELETE", `${at}/days-off/${one.date}`); toast(t("days.removed"), { label: t("undo"), run: () => void act(() => put(one.date, one.name)) }); }), "quiet", t("remove.what", { what: one.name }))))),
        formView({ state, draw: page.draw, button: t("days.add"), fields: [{ name: "date", type: "date", label: t("days.date") }, { name: "name", label: t("days.name") }],
          send: async (values) => { await put(values.date, values.name); await act(async () => toast(t("saved"))); } })),
      part(t("days.sources"), h("p", { class: "lead" }, t("days.sources.lead")), lines("days.nosources", sources.map((one) => h("li", { class: "row apart", key: one.id }, name(one.name),
        button(t("account.remove"), () => act(async () => { await write("DELETE", `${at}/alumni-sources/${one.id}`); toast(t("days.closed"), { label: t("undo"), run: () => void act(() => write("PUT", `${at}/alumni-sources/${one.id}`)) }); }), "quiet", t("remove.what", { what: one.name }))))),
        others ? formView({ state: admits, draw: page.draw, button: t("days.admit"), fields: [{ name: "campus", label: t("mentoring.campus"), options: others.filter((one) => one.id !== page.params.campus).map((one) => /** @type {[string, string]} */ ([one.id, `${one.name}, ${one.city}`])) }],
          send: async (values) => { await write("PUT", `${at}/alumni-sources/${values.campus}`); await act(async () => toast(t("saved"))); } })
          : h("div", { class: "row" }, button(t("days.admit"), async () => { others = (await get("v1/campuses?limit=100")).data.data; page.draw(); }))),
    ],
  };
}

/** @param {Page} page @param {Act} act @returns {Parts} */
function audit(page, act) {
  const at = `v1/campuses/${page.params.campus}`;
  /** @type {Schemas["AuditEntry"][]} */ let all = [];
  /** @type {string | null} */ let more = null;
  /** @type {Schemas["Staff"][]} */ let people = [];
  /** What operations do, by language; the API says it in English. @type {Record<string, Record<string, string>>} */ const titles = { en: {} };
  const learn = async () => { titles[language] ??= (await import(`../operations/${language}.js`)).default; };
  /** @param {Schemas["AuditedOperation"]} operation */
  const titled = (operation) => {
    if (!titles[language]) void learn().then(page.draw, () => {});
    const own = titles[language]?.[operation.id];
    return own ? h("strong", null, own) : h("strong", { lang: "en", dir: "ltr" }, operation.title);
  };
  const wanted = { from: "", to: "", actor: "" };
  const query = () => Object.entries(wanted).filter(([, value]) => value).map(([key, value]) => `&${key}=${encodeURIComponent(value)}`).join("");
  const save = async () => {
    download("audit.csv", (await get(`${at}/audit-entries?limit=100${query()}`, { accept: "text/csv" })).data, "text/csv");
  };
  const pick = (/** @type {"from" | "to" | "actor"} */ key) => (/** @type {any} */ event) => { wanted[key] = event.target.value; void act(async () => {}); };
  return {
    load: async () => {
      const [entries, staff] = await Promise.all([get(`${at}/audit-entries?limit=30${query()}`), people.length ? { data: { data: people } } : get(`${at}/staff`), learn()]);
      [all, more, people] = [entries.data.data, entries.data.page.next_cursor, staff.data.data];
    },
    view: () => [
      h("div", { class: "row filters" },
        h("div", { class: "field" }, h("label", { for: "from" }, t("audit.from")), h("input", { id: "from", type: "date", value: wanted.from, onchange: pick("from") })),
        h("div", { class: "field" }, h("label", { for: "to" }, t("audit.to")), h("input", { id: "to", type: "date", value: wanted.to, onchange: pick("to") })),
        h("div", { class: "field" }, h("label", { for: "actor" }, t("audit.who")), h("select", { id: "actor", value: wanted.actor, onchange: pick("actor") }, h("option", { value: "" }, t("audit.anybody")), people.map((one) => h("option", { value: one.person.id, key: one.person.id }, one.person.name)))),
        button(t("roster.export"), () => act(save))),
      part(t("campus.audit"), lines("audit.none", all.map((one) => h("li", { key: one.id }, h("div", { class: "row apart" }, titled(one.operation), h("small", null, time(one.at))),
        h("p", { class: "hint" }, one.person ? name(one.person.name) : t("audit.machine"), one.fields.length > 0 && [" · ", h("bdi", { dir: "ltr" }, one.fields.join(", "))])))),
        more && button(t("more"), async () => {
          const { data } = await get(`${at}/audit-entries?limit=30${query()}&cursor=${more}`);
          all = [...all, ...data.data];
          more = data.page.next_cursor;
          page.draw();
        })),
    ],
  };
}

/** @param {Page} page @param {Act} act @returns {Parts} */
function settings(page, act) {
  const at = `v1/campuses/${page.params.campus}`;
  /** @type {Schemas["Campus"] | null} */ let here = null;
  /** @type {FormState} */ const state = {};
  return {
    load: async () => { here = (await get(at)).data; },
    view: () => here && [
      part(t("campus.settings"), formView({
        state, draw: page.draw, button: t("save"),
        fields: [
          { name: "name", label: t("settings.name"), value: here.name }, { name: "city", label: t("settings.city"), value: here.city }, { name: "country", label: t("settings.country"), value: here.country },
          { name: "time_zone", label: t("settings.zone"), value: here.time_zone, options: Intl.supportedValuesOf("timeZone").map((zone) => [zone, zone.replaceAll("_", " ")]) },
          { name: "language", label: t("settings.language"), value: here.language ?? "", options: [["", "–"], ...Object.entries(LANGUAGES)] },
          { name: "approves_members", type: "checkbox", label: t("settings.approves"), value: String(here.approves_members) },
          { name: "require_second_factor", type: "checkbox", label: t("settings.factor"), value: String(here.require_second_factor) },
        ],
        send: async (values) => {
          await write("PATCH", at, { name: values.name, city: values.city, country: values.country, time_zone: values.time_zone, language: values.language || null, approves_members: values.approves_members === "true", require_second_factor: values.require_second_factor === "true" }, { etag: `"${here?.version}"` });
          await act(async () => toast(t("saved")));
        },
      })),
      part(t("settings.closing"), h("p", null, t(here.closed_at ? "settings.closed" : "settings.closing.lead")), h("div", { class: "row" }, here.closed_at
        ? button(t("settings.reopen"), () => act(() => write("DELETE", `${at}/closing`)), "main")
        : button(t("settings.close"), () => act(async () => { await write("PUT", `${at}/closing`); toast(t("settings.closed"), { label: t("undo"), run: () => void act(() => write("DELETE", `${at}/closing`)) }); }), "danger"))),
    ],
  };
}

// ---- A cohort's timetable and events -----------------------------------------------------------------------------------

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/** A weekday's name. @param {string} one */
const weekday = (one) => new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2026, 5, 1 + DAYS.indexOf(one))));
const KINDS = ["workshop", "stand_up", "presentation", "studio", "social"];
/** @param {string} kind */
const kindName = (kind) => KINDS.includes(kind) ? t(`event.${kind}`) : kind.replaceAll("_", " ");

/** @param {Page} page */
function plan(page) {
  const at = `v1/cohorts/${page.params.cohort}`;
  /** @type {Schemas["TimetableSession"][]} */ let sessions = [];
  /** @type {Schemas["Event"][]} */ let events = [];
  const kinds = (/** @type {string} */ own) => /** @type {[string, string][]} */ ([...new Set([...KINDS, own])].map((kind) => [kind, kindName(kind)]));
  const put = (/** @type {Schemas["NewTimetableSession"][]} */ all) => write("PUT", `${at}/timetable`, { sessions: all });
  return partsScreen(page, "plan.title", (act) => {
    const session = (/** @type {Schemas["TimetableSession"] | null} */ one) => {
      /** @type {FormState} */ const state = {};
      return dialog(t(one ? "plan.change" : "plan.addsession"), (close, draw) => formView({
        state, draw, button: t("save"), beside: one && button(t("account.remove"), () => { close(); void act(async () => { const before = sessions; await put(sessions.filter((each) => each.id !== one.id)); toast(t("plan.removed"), { label: t("undo"), run: () => void act(() => put(before.map(({ id, ...rest }) => id === one.id ? rest : { id, ...rest }))) }); }); }, "quiet"),
        fields: [{ name: "title", label: t("plan.name"), value: one?.title ?? "" }, { name: "weekday", label: t("plan.day"), value: one?.weekday ?? "mon", options: DAYS.map((each) => [each, weekday(each)]) },
          { name: "starts", type: "time", label: t("plan.starts"), value: one?.starts ?? "09:30" }, { name: "ends", type: "time", label: t("plan.ends"), value: one?.ends ?? "10:30" },
          { name: "kind", label: t("plan.kind"), value: one?.kind ?? "workshop", options: kinds(one?.kind ?? "workshop") }, { name: "place", label: t("mentors.place"), value: one?.place ?? "" }],
        send: async (values) => {
          const now = /** @type {Schemas["NewTimetableSession"]} */ ({ ...one, title: values.title, weekday: values.weekday, starts: values.starts, ends: values.ends, kind: values.kind, place: values.place || null });
          await put(one ? sessions.map((each) => each.id === one.id ? now : each) : [...sessions, now]);
          close();
          await act(async () => toast(t("saved")));
        },
      }));
    };
    const event = () => {
      /** @type {FormState} */ const state = {};
      return dialog(t("plan.addevent"), (close, draw) => formView({
        state, draw, button: t("save"),
        fields: [{ name: "title", label: t("plan.name") }, { name: "starts_at", type: "datetime-local", label: t("plan.starts"), hint: t("plan.local") }, { name: "ends_at", type: "datetime-local", label: t("plan.ends") }, { name: "kind", label: t("plan.kind"), value: "workshop", options: kinds("workshop") }, { name: "place", label: t("mentors.place") }],
        send: async (values) => { await write("POST", `${at}/events`, { title: values.title, starts_at: values.starts_at, ends_at: values.ends_at, kind: values.kind, place: values.place || null }); close(); await act(async () => toast(t("saved"))); },
      }));
    };
    const cancel = (/** @type {Schemas["Event"]} */ one) => act(async () => {
      await write("PATCH", `v1/events/${one.id}`, { status: one.status === "planned" ? "cancelled" : "planned" });
      toast(t(one.status === "planned" ? "plan.cancelled" : "plan.on"));
    });
    return {
      load: async () => {
        const [week, coming] = await Promise.all([get(`${at}/timetable`), get(`${at}/events?from=${new Date().toISOString().slice(0, 10)}&limit=10`)]);
        [sessions, events] = [week.data.data, coming.data.data];
      },
      view: () => [
        part(t("plan.timetable"), lines("plan.nosessions", sessions.map((one) => h("li", { key: one.id }, h("button", { type: "button", class: "line", onclick: () => session(one) }, h("strong", null, name(one.title)), h("span", null, weekday(one.weekday), " · ", h("bdi", null, `${one.starts}–${one.ends}`), " · ", kindName(one.kind), one.place && [" · ", name(one.place)]))))),
          h("div", { class: "row" }, button(t("plan.addsession"), () => session(null)))),
        part(t("plan.events"), lines("plan.noevents", events.map((one) => h("li", { class: "row apart", key: one.id }, h("span", null, one.status === "cancelled" && h("span", { class: "tag warn" }, "✕ ", t("plan.off")), " ", name(one.title), h("br"), h("small", null, time(one.starts_at, one.time_zone), one.place && [" · ", name(one.place)])),
          button(t(one.status === "planned" ? "plan.cancel" : "plan.restore"), () => cancel(one), "quiet", `${t(one.status === "planned" ? "plan.cancel" : "plan.restore")}: ${one.title}`)))),
          h("div", { class: "row" }, button(t("plan.addevent"), event))),
      ],
    };
  }, () => cohortTabs(page.params.cohort, "plan"));
}

export default { "campuses/:campus": campus, "campuses/:campus/:part": campus, "cohorts/:cohort/plan": plan };
