//! Paid work of clients.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    document::campus,
    rows::{LeftOut, own_clients, person, rows},
};
use crate::{
    db::schema::{brief_interests, brief_members, brief_passes, client_briefs},
    primitives::{Currency, Id, Instant, Line, Text},
};

/// Rows of briefs: what the client and the campus both have a copy of, and more.
macro_rules! brief_rows {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        rows! {
            $(#[$meta])*
            $name from client_briefs {
                /// The brief.
                id: Id,
                /// The client.
                client_id: Id,
                /// The campus at which it is.
                campus_id: Id,
                /// What it is called.
                title: Line,
                /// What there is to do.
                text: Text,
                /// What is paid, in minor units.
                rate_amount: i64,
                /// The currency.
                rate_currency: Currency,
                /// For what that is.
                rate_per: String,
                /// When the work begins.
                starts_on: NaiveDate,
                /// How many people are looked for.
                people: i32,
                /// Whether the campus may pass it on.
                may_be_passed_on: bool,
                /// How far it has come.
                status: String,
                /// When it was first opened.
                opened_at: Option<Instant>,
                /// What became of it.
                outcome: Option<Text>,
                /// Rises with every change.
                version: i64,
                /// When it was submitted.
                created_at: Instant,
                /// When it was last changed.
                updated_at: Instant,
                $($(#[$field_meta])* $field: $type,)*
            }
        }
    };
}

brief_rows! {
    /// Paid work for a client.
    BriefRow {
        /// Until when it is for the team that built the product alone.
        reserved_until: Option<Instant>,
        /// When it was first opened to all graduates.
        opened_to_all_at: Option<Instant>,
    }
}

brief_rows! {
    /// Paid work of a client that the person looks after.
    OwnBriefRow {}
}

rows! {
    /// That a campus has passed a brief on.
    BriefPassRow from brief_passes {
        /// The id of this.
        id: Id,
        /// The brief.
        brief_id: Id,
        /// The campus.
        campus_id: Id,
        /// When.
        created_at: Instant,
    }

    /// What somebody has answered to a brief.
    BriefInterestRow from brief_interests {
        /// The brief.
        brief_id: Id,
        /// The person.
        person_id: Id,
        /// Whether they would like to do it.
        is_interested: bool,
        /// What they wrote.
        note: Option<Text>,
        /// When.
        updated_at: Instant,
    }

    /// Who does a brief.
    BriefMemberRow from brief_members {
        /// The brief.
        brief_id: Id,
        /// The person.
        person_id: Id,
        /// Since when.
        created_at: Instant,
    }
}

person! {
    Briefs {
        /// Paid work of clients that the person looks after.
        client_briefs: OwnBriefRow = |whose| {
            let own = own_clients!(whose);
            client_briefs::table
                .filter(client_briefs::client_id.eq_any(own))
                .order(client_briefs::id)
        };
        /// What the person has answered to paid work.
        brief_answers: BriefInterestRow in brief_interests of person_id by brief_id;
        /// Paid work that the person does.
        brief_teams: BriefMemberRow in brief_members of person_id by brief_id;
    }
}

campus! {
    CampusBriefs {
        /// Paid work of clients that is at the campus.
        client_briefs: BriefRow in client_briefs of campus by id;
        /// What it has passed on to other campuses.
        brief_passes: BriefPassRow in brief_passes of campus by id;
        /// Who would like to do what is at the campus.
        brief_answers: BriefInterestRow = |scope| brief_interests::table
            .inner_join(client_briefs::table)
            .filter(client_briefs::campus_id.eq(scope.campus))
            .order((brief_interests::brief_id, brief_interests::person_id));
        /// Who does it.
        brief_teams: BriefMemberRow = |scope| brief_members::table
            .inner_join(client_briefs::table)
            .filter(client_briefs::campus_id.eq(scope.campus))
            .order((brief_members::brief_id, brief_members::person_id));
    }
}

/// What its tables have of a person and their export has not.
pub(super) const WITHHELD: LeftOut = &[(
    "whether those who built the product have declined",
    &["client_briefs.reserved_until", "client_briefs.opened_to_all_at"],
)];
