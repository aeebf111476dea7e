//! What a server does besides answering, and as long as it runs.

use std::{sync::Arc, time::Duration};

use crate::{
    accounts, admissions, calendars, campuses, careers,
    changes::{self, Channels, Doorkeeper, Hub, Reader},
    clients,
    config::Config,
    db::{Conn, Db},
    error::Error,
    events,
    jobs::{self, JobKinds, Worker},
    mail::{self, CodePages, Letters, Mailroom, Sender},
    mentoring,
    notifications::{self, Digests, NoticeBoard, Notices, Unsubscribing},
    notifier::Notifier,
    outbox::{self, Dispatcher},
    pastoral,
    primitives::Instant,
    retros,
    state::State,
    students, team_plans, teams,
    web::forget_old_keys,
    webhooks::{self, Courier, Intake},
    work,
};

/// How often an SQLite file is read as a whole.
const CHECKED: Duration = Duration::from_secs(24 * 60 * 60);

/// How often it is looked what is due by the minute, and what may wait.
const EACH_MINUTE: Duration = Duration::from_secs(60);
const NOW_AND_THEN: Duration = Duration::from_secs(20 * 60);

/// The kinds of jobs of all features.
pub(super) fn job_kinds() -> JobKinds {
    JobKinds::default()
        .with::<team_plans::FormPlan>()
        .with::<team_plans::FormAgain>()
        .with::<team_plans::FindTradeOff>()
}

/// Who is woken when events have been received.
#[derive(Clone, Default)]
pub struct Woken {
    /// Sends mail.
    pub mail: Arc<Notifier>,
    /// Hands out what has changed.
    pub changes: Arc<Hub>,
    /// Sends webhooks.
    pub webhooks: Arc<Notifier>,
}

/// The types of objects about which mail goes to an address that nobody has proved: codes, which prove it; invitations, which are
/// for whoever has it and name nobody; and what was done with an account that has it, so that whoever really has it hears
/// of that. Nothing in these letters tells who the person is or what they do.
const TO_ANY_ADDRESS: &[&str] = &[
    "mailed_code",
    "invitation",
    "staff_invitation",
    "owner_invitation",
    "account",
    "sign_on",
];

/// Hands events to every consumer there is. `secret` is the installation's; `notifier` wakes it.
pub fn dispatcher(db: &Db, config: &Config, secret: &[u8], notifier: Arc<Notifier>, woken: Woken) -> Dispatcher {
    let links = Unsubscribing::new(secret, &config.public_url);
    let notices = Notices::default()
        .with("round", teams::round_notices)
        .with("team", teams::team_notices)
        .with("enrolment", students::notices)
        .with("cohort", students::cohort_notices)
        .with("mentor_slot", mentoring::notices)
        .with("mentor_allocation", mentoring::allocation_notices)
        .with("mentor_cover", mentoring::cover_notices)
        .with("mentor_draw", mentoring::draw_notices)
        .with("mentor_swap_offer", mentoring::swap_offer_notices)
        .with("event", events::event_notices)
        .with("timetable", events::timetable_notices)
        .with("action", retros::notices)
        .with("week", work::rotation_notices)
        .with("code_review", work::review_notices)
        .with("review_issue", work::issue_notices)
        .with("project", work::project_notices)
        .with("due_time", work::due_notices)
        .with("pastoral_carer", pastoral::notices)
        .with("walk", pastoral::walk_notices)
        .with("application", admissions::application_notices)
        .with("intake", admissions::intake_notices)
        .with("admission_offers", admissions::offer_notices)
        .with("admission_panel", admissions::panel_notices)
        .with("interview", admissions::interview_notices)
        .with("client", clients::notices)
        .with("client", clients::owner_notices)
        .with("owner_invitation", clients::joining_notices)
        .with("workshop_booking", clients::workshop_notices)
        .with("product_ballot", clients::ballot_notices)
        .with("product_hand_over", clients::hand_over_notices)
        .with("brief", clients::brief_notices)
        .with("brief", clients::brief_owner_notices)
        .with("brief", clients::brief_team_notices)
        .with("brief", clients::brief_left_notices)
        .with("brief", clients::first_refusal_notices)
        .with("brief", clients::brief_graduate_notices)
        .with("client_offer", clients::offer_notices)
        .with("client_offer", clients::offer_owner_notices)
        .with("demo_day", clients::demo_day_notices)
        .with("demo_day_invitation", clients::invitation_notices)
        .with("employer_role", careers::role_notices)
        .with("introduction", careers::introduction_notices)
        .with("member", campuses::member_notices)
        .with("staff", campuses::staff_notices);
    let code_pages = CodePages::of(config);
    let letters = Letters::default()
        .with(students::letters(code_pages.clone()))
        .with(mentoring::letters(links.clone()))
        .with(mentoring::allocation_letters(links.clone()))
        .with(accounts::sign_on_letters)
        .with(accounts::code_letters(code_pages.clone()))
        .with(accounts::account_letters)
        .with(campuses::letters(code_pages.clone()))
        .with(campuses::closing_letters(config.public_url.clone()))
        .with(admissions::letters)
        .with(admissions::panel_letters)
        .with(clients::letters(config.public_url.clone()))
        .with(clients::invitation_letters(code_pages))
        .with(clients::workshop_letters)
        .with(clients::demo_day_letters)
        .with(webhooks::letters(config.public_url.clone()));
    Dispatcher {
        db: db.clone(),
        consumers: vec![
            Arc::new(Channels::new(woken.changes)),
            Arc::new(NoticeBoard::new(notices, links)),
            Arc::new(Mailroom::new(letters, woken.mail)),
            Arc::new(Intake::new(woken.webhooks)),
        ],
        notifier,
        passed_over: None,
    }
}

/// Begins what is done besides requests: jobs, events, mail, and forgetting. It goes on until the actix system ends.
///
/// # Errors
/// A sentence, if the mail server's settings cannot be used.
pub fn work(state: Arc<State>) -> Result<(), String> {
    let worker = Worker {
        db: state.db.clone(),
        required: state.config.require_second_factor,
        pool: state.solver_pool.clone(),
        notifier: state.job_notifier.clone(),
        kinds: job_kinds(),
    };
    actix_web::rt::spawn(worker.work());
    let mail_notifier = Arc::new(Notifier::default());
    let sender = Sender::open(state.db.clone(), &state.config, mail_notifier.clone(), TO_ANY_ADDRESS)?;
    actix_web::rt::spawn(sender.run());
    let woken = Woken {
        mail: mail_notifier,
        changes: state.changes.clone(),
        webhooks: Arc::default(),
    };
    let courier = Courier::new(
        state.db.clone(),
        state.vault.clone(),
        state.config.webhook_hosts.clone(),
        woken.webhooks.clone(),
    );
    actix_web::rt::spawn(courier.run());
    let mut dispatcher = dispatcher(
        &state.db,
        &state.config,
        state.vault.secret(),
        state.outbox_notifier.clone(),
        woken,
    );
    dispatcher.passed_over = Some(state.metrics.passed_over.clone());
    actix_web::rt::spawn(dispatcher.run());
    let reader = Reader {
        db: state.db.clone(),
        hub: state.changes.clone(),
    };
    actix_web::rt::spawn(reader.run());
    let doorkeeper = Doorkeeper {
        db: state.db.clone(),
        hub: state.changes.clone(),
    };
    actix_web::rt::spawn(doorkeeper.run());
    actix_web::rt::spawn(digests(&state).run());
    keep_time(&state);
    actix_web::rt::spawn(check_database(state.db.clone()));
    actix_web::rt::spawn(watch_keys(state.clone()));
    actix_web::rt::spawn(forget_idle_callers(state));
    Ok(())
}

/// What writes the daily mail.
pub fn digests(state: &State) -> Digests {
    Digests {
        db: state.db.clone(),
        unsubscribing: Unsubscribing::new(state.vault.secret(), &state.config.public_url),
        public_url: state.config.public_url.clone(),
    }
}

/// Begins what is to happen at a time.
fn keep_time(state: &Arc<State>) {
    let asked = "mentors were not asked whether they still come";
    let gaps = "organisers were not told which weeks lack mentors";
    let admitted = "what was due in admissions was not done";
    let reminded = "product owners were not reminded";
    let swept = "what may be forgotten was not removed";
    // It tells nobody of anything.
    let forgetting = async |db: &Db, now: Instant| sweep(db, now).await.map(|()| false);
    actix_web::rt::spawn(every(EACH_MINUTE, state.clone(), mentoring::ask_and_expire, asked));
    actix_web::rt::spawn(every(NOW_AND_THEN, state.clone(), mentoring::tell_gaps, gaps));
    actix_web::rt::spawn(every(EACH_MINUTE, state.clone(), admissions::keep_time, admitted));
    actix_web::rt::spawn(every(EACH_MINUTE, state.clone(), clients::send_reminders, reminded));
    actix_web::rt::spawn(every(NOW_AND_THEN, state.clone(), forgetting, swept));
}

/// Does what is due as long as the server runs, and hands out what it tells of. That it failed is logged with these words.
async fn every(
    interval: Duration,
    state: Arc<State>,
    due: impl AsyncFn(&Db, Instant) -> Result<bool, Error>,
    failed: &'static str,
) {
    loop {
        match due(&state.db, Instant::now()).await {
            Ok(true) => state.outbox_notifier.notify(),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "{failed}"),
        }
        actix_web::rt::time::sleep(interval).await;
    }
}

/// Looks for damage as long as the server runs: at the start, which may be the one after a power cut, and daily.
async fn check_database(db: Db) {
    loop {
        db.check().await;
        actix_web::rt::time::sleep(CHECKED).await;
    }
}

/// Removes what nobody needs any more: kept answers, sessions long over, refresh tokens spent long ago, old events and
/// mail, finished jobs. A little at a time, so that others can write in between.
///
/// # Errors
/// `503`
pub async fn sweep(db: &Db, now: Instant) -> Result<(), Error> {
    while db.write(move |conn| forget(conn, now)).await? > 0 {}
    Ok(())
}

/// How many rows were removed.
fn forget(conn: &mut Conn, now: Instant) -> Result<usize, Error> {
    let long_ago = now.plus(-chrono::TimeDelta::days(30));
    Ok(forget_old_keys(conn, now)?
        + accounts::store::forget_sessions(conn, long_ago)?
        + accounts::store::forget_spent_tokens(conn, long_ago)?
        + accounts::store::forget_api_tokens(conn, long_ago.date())?
        + accounts::store::forget_attempts(conn, now)?
        + accounts::store::forget_passkey_challenges(conn, now)?
        + accounts::actions::forget_tries(conn, now)?
        + accounts::store::forget_codes(conn, now.plus(-chrono::TimeDelta::hours(1)))?
        + mail::delete_old(conn, long_ago)?
        + outbox::delete_old(conn, long_ago)?
        + changes::delete_old(conn)?
        + calendars::revisions::delete_old(conn, now)?
        + events::delete_left_out(conn, long_ago)?
        + webhooks::delete_old(conn, long_ago)?
        + pastoral::delete_old(conn, now.plus(-chrono::TimeDelta::days(366)))?
        + work::store::read_words_again(conn)?
        + notifications::delete_old(conn, now.plus(-chrono::TimeDelta::days(90)))?
        + admissions::forget(conn, now)?
        + campuses::actions::forget_former_staff(conn, now)?
        + jobs::forget_finished(conn, now)?)
}

/// Looks for keys that came or went, as long as the server runs.
async fn watch_keys(state: Arc<State>) {
    loop {
        actix_web::rt::time::sleep(Duration::from_secs(accounts::LOOKED_FOR)).await;
        if let Err(why) = notice_keys(&state, Instant::now()).await {
            tracing::error!(why, "the signing keys were not read again; those from before stay");
        }
    }
}

/// Reads the signing keys again.
///
/// # Errors
/// A sentence, if one cannot be read, or the database cannot be written.
pub async fn notice_keys(state: &Arc<State>, now: Instant) -> Result<(), String> {
    let noticed = state.keys.read_again(&state.config, now)?;
    if noticed.went {
        state.callers.forget();
    }
    if noticed.came {
        let (wrapping, sharing) = (state.keys.wrapping()?, state.clone());
        let shared = state.db.write(move |conn| sharing.vault.share(conn, &wrapping));
        shared.await.map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Keeps the limiter's memory short, however many addresses somebody has.
async fn forget_idle_callers(state: Arc<State>) {
    loop {
        actix_web::rt::time::sleep(Duration::from_secs(60)).await;
        state.limiter.forget_idle();
    }
}
