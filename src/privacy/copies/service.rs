//! What the service notes of its own work: jobs, notices, mail, events, the audit trail.

use diesel::prelude::*;

use super::{
    document::{Scope, campus},
    rows::{DRAFTS, HOUSEKEEPING, LeftOut, SECRETS, person, rows},
};
use crate::{
    audit_trail::model::is_read_by_staff,
    db::{
        dialect::AmongMethod as _,
        schema::{
            audit_entries, events, idempotency_keys, jobs, mail_messages, merged_accounts, notification_settings,
            notifications,
        },
    },
    primitives::{Email, Id, Instant, Json},
};

rows! {
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

    /// Work that the person had the service do.
    ExportedJob from jobs {
        /// The job.
        id: Id,
        /// What was to be done.
        kind: String,
        /// How far it has come.
        status: String,
        /// The campus.
        campus_id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The path of the request.
        target: String,
        /// The request's name in the log.
        request_id: String,
        /// Who asked for it.
        created_by: Option<Id>,
        /// When it was asked for.
        created_at: Instant,
        /// When it began.
        started_at: Option<Instant>,
        /// When it came to its end.
        finished_at: Option<Instant>,
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
        /// What it said besides.
        detail: Option<String>,
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

    /// One thing that was done in the person's name.
    ExportedAuditEntry from audit_entries {
        /// The entry.
        id: Id,
        /// When it was done.
        created_at: Instant,
        /// The person, in the copy of their own data by the account with which they did it.
        person_id: Option<Id>,
        /// The session in which it was done.
        session_id: Option<Id>,
        /// The operation.
        operation: String,
        /// The path that it was done to.
        target: String,
        /// The names of the fields that were set, by commas.
        changes: String,
        /// The request's name in the log.
        request_id: String,
        /// The path of what was made, if something was.
        object: Option<String>,
        /// What became what.
        difference: Option<Json>,
        /// The campus where it was done.
        campus_id: Option<Id>,
        /// `session`, or `api_token` if a program did it in the person's name.
        via: Option<String>,
        /// The application that it was about.
        application_id: Option<Id>,
    }

    /// An account that was merged into the person's.
    ExportedMergedAccount from merged_accounts {
        /// The account that is gone.
        id: Id,
        /// The person.
        person_id: Id,
        /// When it was merged.
        created_at: Instant,
    }
}

person! {
    Service {
        /// Mail to the account's address, if the address is proved. A text is removed when it has been sent.
        mail: ExportedMail = |whose| mail_messages::table
            .filter(mail_messages::recipient.among(whose.address.iter().map(Email::for_smtp)))
            .order(mail_messages::id);
        /// Work that the person had the service do.
        jobs: ExportedJob in jobs of created_by by id;
        /// What the person was told.
        notifications: ExportedNotification in notifications of person_id by id;
        /// How the person wants to be told.
        notification_settings: ExportedNotificationSetting in notification_settings of person_id by kind;
        /// What happened by the person's doing, as other parts of the service are told of it.
        events: ExportedEvent in events of person_id by id;
        /// Answers that are kept for 24 hours, and what is remembered of them for 30 days, in case a request is sent again.
        kept_answers: ExportedKeptAnswer = |whose| idempotency_keys::table
            .filter(idempotency_keys::caller.eq(whose.person.to_string()))
            .order(idempotency_keys::created_at);
        /// What was done in the person's name.
        audit_entries: ExportedAuditEntry = |whose| audit_entries::table
            .filter(audit_entries::person_id.among(whose.accounts.iter().copied()))
            .order(audit_entries::id);
        /// Accounts that were merged into the person's.
        merged_accounts: ExportedMergedAccount in merged_accounts of person_id by id;
    }
}

campus! {
    CampusService {
        /// What was done there, and by whom, but for applications that whoever takes the copy may not read.
        audit_entries: ExportedAuditEntry = |scope| audit_entries::table
            .filter(audit_entries::campus_id.eq(scope.campus))
            .filter(is_read_by_staff(&scope.recused))
            .order(audit_entries::id) => by_who_is_left;
    }
}

/// With the account that is left, where the one that did it was merged into another since.
fn by_who_is_left(mut row: ExportedAuditEntry, scope: &Scope) -> ExportedAuditEntry {
    if let Some(left) = row.person_id.and_then(|person| scope.merged.get(&person)) {
        row.person_id = Some(*left);
    }
    row
}

/// What its tables have of a person and their export has not.
pub(super) const WITHHELD: LeftOut = &[
    (
        SECRETS,
        &[
            "events.secret",
            "idempotency_keys.fingerprint",
            "idempotency_keys.standings",
        ],
    ),
    (
        DRAFTS,
        &["jobs.request", "jobs.progress", "jobs.result", "jobs.problem"],
    ),
    (
        "what others said or are called, which the person can read elsewhere as far as they may",
        &["idempotency_keys.body", "events.payload", "mail_messages.body"],
    ),
    (
        HOUSEKEEPING,
        &[
            "events.position",
            "events.sequence",
            "events.audience",
            "events.href",
            "idempotency_keys.content_type",
            "idempotency_keys.object_version",
            "idempotency_keys.is_whole",
            "mail_messages.attempts",
            "mail_messages.next_attempt_at",
            "mail_messages.last_error",
            "mail_messages.object_type",
            "mail_messages.object_id",
            "mail_messages.unsubscribe",
            "notifications.mail_waits",
            "jobs.version",
            "jobs.lease",
            "jobs.both_factors",
            "jobs.lease_until",
            "jobs.attempts",
        ],
    ),
];

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[
    (
        "webhooks and what they were sent",
        &["webhooks.*", "webhook_deliveries.*"],
    ),
    ("what single people were told", &["notifications.*"]),
    (HOUSEKEEPING, &["jobs.*", "events.*"]),
];
