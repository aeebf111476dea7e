// Sends every request that /docs prefills, as the page makes it, to a demonstration, and fails on an answer that is no
// success, unless it is declared below why nothing else can come of it. Usage: node examples.mjs URL TOKEN
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const [url, token] = process.argv.slice(2);
const root = new URL("../../../src/web/", import.meta.url);

// What the page cannot let succeed by itself, and what it is answered with.
const refused = {
  claim_place: 404, // The code is known to whoever opens a claim link; the page fills it in from there.
  accept_invitation: 404, // The code is known to whoever gets the mail.
  accept_staff_invitation: 422,
  accept_owner_invitation: 422,
  create_client: 409, // People of the demonstration have not proved their addresses.
  remove_product_owner: 409, // The client of the demonstration has one product owner, who stays.
  set_workshop_attendance: 404, // Nobody has booked the latest workshop.
  book_client_workshop: 409, // The first client has not been invited yet.
  give_up_client_workshop: 404,
  open_product_ballot: 409, // One is open.
  vote_for_products: 403, // For students, too.
  get_own_product_vote: 403, // For students; whom the demonstration lets log in is on the staff.
  set_own_product_wish: 403,
  get_own_product_wish: 403,
  suggest_product_teams: 409, // Nobody has voted for the last time yet: products are chosen once the ballot is closed.
  set_product_teams: 422, // The clients and people are only examples.
  tick_product_hand_over: 404, // Nothing is built for the first client yet.
  create_brief: 409, // The client of the demonstration is not acknowledged yet.
  answer_brief: 403, // For graduates; whom the demonstration lets log in is on the staff.
  set_client_availability: 403, // For product owners; whom the demonstration lets log in is staff.
  add_employer_contact: 409, // People of the demonstration have not proved their addresses.
  consent_to_introduction: 403, // For the graduate whom it is about.
  withdraw_from_introduction: 403,
  create_referral_fee: 409, // Whoever was introduced first is not hired yet.
  verify_account: 422,
  log_in: 401, // The account that was asked for waits for the code from its mail.
  refresh_session: 401,
  verify_email: 422,
  reset_password: 422,
  confirm_email_change: 422,
  end_session: 404, // There is only the current one.
  confirm_totp: 422, // The code is known to whoever has the app.
  remove_totp: 422,
  remove_member_second_factor: 409, // Whoever is more than a member is not an organiser's to decide on.
  begin_sign_on: 422, // The demonstration has no identity provider.
  begin_sign_on_link: 422,
  redeem_sign_on: 401,
  redeem_sign_on_link: 401,
  delete_my_sign_on: 404,
  begin_passkey_log_in: 409, // The demonstration has no address that passkeys can be made for.
  log_in_with_passkey: 409,
  begin_passkey: 409,
  confirm_passkey: 409,
  change_passkey: 404,
  delete_passkey: 404,
  merge_accounts: 422, // The other account is only an example.
  erase_me: 422, // The password is known to whoever started the demonstration.
  change_password: 422, // The password is known to whoever started the demonstration.
  request_email_change: 422,
  cancel_job: 409, // The jobs have ended by then.
  approve_campus: 403, // For administrators; whom the demonstration lets log in governs a campus.
  withdraw_campus_approval: 403,
  leave_campus: 409, // Whoever governs the campus alone stays.
  close_campus: 409, // It has cohorts that are running.
  get_my_week: 404, // Whom the demonstration lets log in studies nowhere.
  get_my_fairness: 404,
  get_own_enrolment: 404,
  change_own_enrolment: 404,
  unpublish_week: 409, // Its teams have submitted work by then.
  assign_code_reviews: 409, // The next week is not published yet.
  change_code_review: 403, // The work of teams is for their members.
  take_over_code_review: 403,
  raise_review_issue: 403,
  change_review_issue: 403,
  unsubscribe: 404, // The token is known to whoever gets the mail.
  vote_for_retro_item: 403, // For students; whom the demonstration lets log in is staff.
  withdraw_retro_vote: 403,
  create_hint: 409, // No project is open before it is changed, which comes after.
  change_hint: 404, // There is none before one is written, which needs an open project.
  delete_hint: 404,
  request_hint: 403, // Whom the demonstration lets log in is in no team.
  list_given_feedback: 403, // For members of the team; whom the demonstration lets log in is staff.
  give_feedback: 403,
  withdraw_feedback: 403,
  write_progress_log: 404, // Whom the demonstration lets log in studies nowhere.
  get_progress_log: 404,
  change_progress_log: 404,
  delete_progress_log: 404,
  get_own_mentor_preferences: 404, // Whom the demonstration lets log in has none before they are set.
  get_mentor_allocation: 404, // The page tries one with `dry_run`, which has no id.
  confirm_mentor_allocation: 404,
  get_mentor_draw: 404,
  rerun_mentor_allocation: 404,
  get_swap_offer: 404, // Who may offer a place has one; whom the demonstration lets log in has none.
  offer_swap: 404,
  accept_swap_offer: 404,
  withdraw_swap_offer: 404,
  reconfirm_own_sign_up: 404,
  take_walk_place: 403, // For students; whom the demonstration lets log in is on the staff.
  book_office_hours: 403, // For students, too.
  give_up_walk_place: 404, // Walks have been taken off by then.
  express_interest: 409, // Applications are open.
  withdraw_interest: 404,
  change_application: 403, // For applicants; whom the demonstration lets log in is on the staff.
  submit_application: 403,
  take_application_back: 403,
  withdraw_application: 403,
  accept_offer: 403,
  decline_offer: 403,
  book_interview: 404, // Whom the demonstration lets log in has only begun to apply.
  cancel_interview: 404,
  note_trial: 409, // The cohort has no trial week.
  defer_application: 422, // The other cohort is only an example.
  replay_webhook_delivery: 409, // The webhook of the demonstration is disabled: it bothers no server.
  replay_webhook_deliveries: 409,
  read_calendar: 404, // The address is known to whoever has made the feed.
};

const kept = new Map([["token", token]]);
const sessionStorage = {
  getItem: (name) => kept.get(name) ?? null,
  setItem: (name, value) => void kept.set(name, String(value)),
};
const page = createContext({ sessionStorage, fetch, URL, URLSearchParams, location: new URL(url), window: {}, document: {} });
const source = (name) => readFileSync(new URL(name, root), "utf8");
// The page itself is not drawn.
runInContext(source("docs.js").replace(/\nstart\(\);\s*$/, "\n"), page);
runInContext(source("examples.js"), page);
page.found = await (await fetch(`${url}/openapi.json`)).json();
page.url = url;
const entries = runInContext(
  `doc = found; base = url;
  operations = Object.entries(doc.paths).flatMap(([route, item]) =>
    METHODS.filter((method) => item[method]).map((method) => operation(route, item, method)))`,
  page,
);
const { examples, exampleOf } = runInContext("({ examples, exampleOf })", page);

async function send(entry) {
  const query = new URLSearchParams(), headers = {};
  let target = entry.path;
  for (const parameter of entry.parameters) {
    const value = await examples.parameter(entry, parameter);
    if (value === undefined) continue;
    if (parameter.in === "path") target = target.replace(`{${parameter.name}}`, encodeURIComponent(value));
    else if (parameter.in === "query") query.append(parameter.name, value);
    else headers[parameter.name] = value;
  }
  if (entry.token === "required") headers.Authorization = `Bearer ${kept.get("token")}`;
  let body;
  const [type, media] = Object.entries(entry.body?.content || {})[0] || [];
  if (media) {
    const example = exampleOf(media);
    const filled = type === "application/json" ? await examples.body(example) : example;
    body = typeof filled === "string" ? filled : JSON.stringify(filled);
    headers["Content-Type"] = type;
  }
  const sent = `${entry.method.toUpperCase()} ${target}${query.size ? `?${query}` : ""} ${body ?? ""}`;
  const response = await fetch(`${url}${target}${query.size ? `?${query}` : ""}`, { method: entry.method.toUpperCase(), headers, body });
  if (entry.method !== "get") examples.forget();
  // A stream does not end by itself.
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  if (isStream) await response.body.cancel();
  const text = isStream ? "" : await response.text();
  if (response.headers.get("content-type")?.includes("json")) {
    const refresh = JSON.parse(text).refresh_token;
    if (refresh) sessionStorage.setItem("refresh_token", refresh);
  }
  return { sent, status: response.status, text };
}

// Reads come first and deletions last, so that each finds the demonstration much as it was told. Some are of use only
// in the order in which somebody would send them.
const inOrder = [
  "open_account", "log_in", "refresh_session", "sign_up", "cancel_own_sign_up", "cancel_sign_up",
  "repair_teams", "find_trade_off", "get_trade_off", "choose_trade_off", "preview_swap", "swap_people", "move_person",
];
const atTheEnd = ["close_retro", "delete_discovery", "dismiss_staff", "remove_member", "leave_campus", "log_out"];
const rank = ({ id, method }) =>
  atTheEnd.includes(id) ? 9 + atTheEnd.indexOf(id)
  : inOrder.includes(id) ? 1 + inOrder.indexOf(id) / 100
  : { get: 0, post: 2, patch: 3, put: 3, delete: 4 }[method];
entries.sort((one, other) => rank(one) - rank(other));

// Waits until no job of any cohort is at work.
async function settle() {
  const headers = { Authorization: `Bearer ${token}` };
  // What the caller may not see has no `data`.
  const list = async (path) => (await (await fetch(url + path, { headers })).json()).data ?? [];
  for (const { id } of await list("/v1/cohorts")) {
    while ((await list(`/v1/cohorts/${id}/jobs?status=queued,running`)).length > 0)
      await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
await settle();
let wrong = 0;
for (const entry of entries) {
  const { sent, status, text } = await send(entry);
  if (status === 202) await settle();
  const expected = refused[entry.id];
  const isRight = expected === undefined ? status >= 200 && status < 300 : status === expected;
  if (isRight) continue;
  wrong += 1;
  console.error(`${entry.id}: ${status}${expected ? ` instead of ${expected}` : ""}\n  ${sent}\n  ${text.slice(0, 400)}`);
}
console.log(`${entries.length} prefilled requests, ${wrong} of them not answered as they should be`);
process.exitCode = wrong > 0 ? 1 : 0;
