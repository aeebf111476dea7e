//! The account and what hangs on it.

use chrono::NaiveDate;

use super::rows::rows;
use crate::{
    accounts::model::Audience,
    db::schema::{
        api_tokens, calendar_feeds, campus_members, campus_removals, campus_staff, events, idempotency_keys,
        mail_messages, mailed_codes, notification_settings, notifications, passkeys, people, second_factors, sessions,
        sign_on_attempts, sign_ons,
    },
    primitives::{Email, GithubHandle, Id, Instant, Language, Line, time::TimeZone},
};

rows! {
    /// The account.
    ExportedAccount from people {
        /// The account's id.
        id: Id,
        /// The address.
        email: Option<Email>,
        /// The name.
        name: Line,
        /// User name on GitHub.
        github: Option<GithubHandle>,
        /// Whether the account runs the whole service.
        is_admin: bool,
        /// Since when nobody may log in with it.
        disabled_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was opened.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// When the person showed that mail to the address reaches them.
        email_verified_at: Option<Instant>,
        /// The zone in which mail tells them times.
        time_zone: Option<TimeZone>,
        /// The language in which mail is written to them.
        language: Option<Language>,
        /// Who sees the address.
        email_audience: Audience,
        /// Who sees the user name on GitHub.
        github_audience: Audience,
        /// Who sees the time zone.
        time_zone_audience: Audience,
    }

    /// A session.
    ExportedSession from sessions {
        /// The session.
        id: Id,
        /// The person.
        person_id: Id,
        /// When it began.
        created_at: Instant,
        /// When it was last refreshed.
        last_used_at: Instant,
        /// When it ends by itself.
        expires_at: Instant,
        /// When it was ended.
        ended_at: Option<Instant>,
        /// What the person sees it by.
        name: Line,
        /// Rises with every change.
        version: i64,
        /// Whether the log-in showed a second factor, or a passkey.
        both_factors: bool,
    }

    /// A second factor.
    ExportedSecondFactor from second_factors {
        /// The person.
        person_id: Id,
        /// When it was begun.
        created_at: Instant,
        /// Since when log-ins want a code.
        confirmed_at: Option<Instant>,
    }

    /// A passkey that the person logs in with.
    ExportedPasskey from passkeys {
        /// The passkey's id.
        id: Id,
        /// The person.
        person_id: Id,
        /// What its authenticator calls it.
        credential_id: String,
        /// The id of the account that it was made for.
        user_handle: String,
        /// Its public key, in base 64.
        public_key: String,
        /// How often it has signed, if its authenticator counts.
        sign_count: i64,
        /// What the person knows it by.
        name: Line,
        /// Rises with every change.
        version: i64,
        /// When it was added.
        created_at: Instant,
        /// When it was last used.
        last_used_at: Option<Instant>,
    }

    /// A token with which a program acts for the person.
    ExportedApiToken from api_tokens {
        /// The token's id.
        id: Id,
        /// The person.
        person_id: Id,
        /// What the person knows it by.
        name: Line,
        /// What it may be used for.
        scopes: String,
        /// When it was made.
        created_at: Instant,
        /// The last day on which it is good.
        expires_on: NaiveDate,
        /// When it was last used, to within an hour.
        last_used_at: Option<Instant>,
    }

    /// An address at which calendar programs read what the person sees.
    ExportedCalendarFeed from calendar_feeds {
        /// The feed's id.
        id: Id,
        /// The person.
        person_id: Id,
        /// `me`, `cohort` or `campus`.
        shows: String,
        /// The cohort, if it shows one.
        cohort_id: Option<Id>,
        /// The campus, if it shows one.
        campus_id: Option<Id>,
        /// When it was made.
        created_at: Instant,
    }

    /// An account elsewhere that the person logs in with.
    ExportedSignOn from sign_ons {
        /// The sign-on's id.
        id: Id,
        /// The person.
        person_id: Id,
        /// The identity provider.
        provider: String,
        /// The person's id there.
        subject: String,
        /// The address that the provider had verified.
        email: Option<Email>,
        /// When it was linked.
        created_at: Instant,
        /// When it was last used.
        last_used_at: Instant,
    }

    /// A link to an account elsewhere that has begun.
    ExportedSignOnAttempt from sign_on_attempts {
        /// The attempt's id.
        id: Id,
        /// The identity provider.
        provider: String,
        /// The page that the browser comes back to.
        return_to: String,
        /// The person.
        person_id: Option<Id>,
        /// When it began.
        created_at: Instant,
        /// Until when it can be ended.
        expires_at: Instant,
        /// What the provider calls whoever has come back by it, while their second factor is missing.
        subject: Option<String>,
        /// The address that the provider had verified.
        email: Option<Email>,
    }

    /// A code that was mailed.
    ExportedMailedCode from mailed_codes {
        /// The code's id.
        id: Id,
        /// What it is for.
        purpose: String,
        /// Where it was mailed.
        email: Email,
        /// The person.
        person_id: Option<Id>,
        /// The name that an account is to have.
        name: Option<Line>,
        /// When it was made.
        created_at: Instant,
        /// Until when it can be used.
        expires_at: Instant,
        /// When it was sent back, if others are still awaited.
        confirmed_at: Option<Instant>,
        /// When it was used up, or made useless.
        voided_at: Option<Instant>,
        /// The campus whose organiser handed it out, if one did.
        campus_id: Option<Id>,
        /// The language that an account is to have.
        language: Option<Language>,
    }

    /// A message.
    ExportedMail from mail_messages {
        /// The message.
        id: Id,
        /// Where it goes.
        recipient: String,
        /// Its subject.
        subject: String,
        /// When it was written.
        created_at: Instant,
        /// When it was sent.
        sent_at: Option<Instant>,
        /// When it was given up.
        given_up_at: Option<Instant>,
    }

    /// A campus that the person has joined or asked to join.
    ExportedMembership from campus_members {
        /// The campus.
        campus_id: Id,
        /// The person.
        person_id: Id,
        /// `member`, or `pending` until its staff approve.
        status: String,
        /// Since when.
        created_at: Instant,
    }

    /// A campus whose staff removed the person or turned them down.
    ExportedRemoval from campus_removals {
        /// The campus.
        campus_id: Id,
        /// The person.
        person_id: Id,
        /// When.
        created_at: Instant,
    }

    /// A campus on whose staff the person is.
    ExportedStaffRole from campus_staff {
        /// The campus.
        campus_id: Id,
        /// The person.
        person_id: Id,
        /// `organiser` or `facilitator`.
        role: String,
        /// Since when.
        created_at: Instant,
    }

    /// Something that the person was told.
    ExportedNotification from notifications {
        /// The notice.
        id: Id,
        /// The person.
        person_id: Id,
        /// What it is about.
        kind: String,
        /// What they were told.
        title: String,
        /// Where there is more.
        href: Option<String>,
        /// The campus.
        campus_id: Option<Id>,
        /// The cohort.
        cohort_id: Option<Id>,
        /// Whether the app shows it.
        in_app: bool,
        /// When it was written.
        created_at: Instant,
        /// When it was read.
        read_at: Option<Instant>,
    }

    /// How the person wants to be told of a kind of thing.
    ExportedNotificationSetting from notification_settings {
        /// The person.
        person_id: Id,
        /// What it is about.
        kind: String,
        /// Whether the app shows it.
        in_app: bool,
        /// When mail is sent.
        mail: String,
    }

    /// Something that happened.
    ExportedEvent from events {
        /// The event.
        id: Id,
        /// What happened, such as `invitation.sent`.
        kind: String,
        /// The type of what it happened to.
        object_type: String,
        /// What it happened to.
        object_id: Id,
        /// The campus.
        campus_id: Option<Id>,
        /// The cohort.
        cohort_id: Option<Id>,
        /// The person.
        person_id: Option<Id>,
        /// When it happened.
        created_at: Instant,
    }

    /// An answer that is kept.
    ExportedKeptAnswer from idempotency_keys {
        /// Whose request it answers: the person's id.
        caller: String,
        /// The request's `Idempotency-Key`.
        key: String,
        /// The status it was answered with.
        status: i32,
        /// Where what it made is.
        location: Option<String>,
        /// When it was answered.
        created_at: Instant,
    }
}
