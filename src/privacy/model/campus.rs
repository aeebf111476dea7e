//! What belongs to a campus itself, as its organisers take it along.

use chrono::NaiveDate;

use super::rows::rows;
use crate::{
    accounts::model::Audience,
    campuses::model::MemberStatus,
    db::schema::{
        campus_alumni_sources, campus_days_off, campus_members, campuses, people, programme_weeks, programmes,
    },
    primitives::{
        Email, GithubHandle, Id, Instant, Json, Language, Line, Slug, Text,
        time::{TimeZone, WorkWeek},
    },
};

rows! {
    /// A campus.
    CampusRow from campuses {
        /// The campus's id.
        id: Id,
        /// Short name for URLs.
        slug: Slug,
        /// Name to show.
        name: Line,
        /// The city it is in.
        city: Line,
        /// The country it is in.
        country: Line,
        /// IANA time zone.
        time_zone: TimeZone,
        /// Its working days.
        work_week: WorkWeek,
        /// Whether its staff approve who joins.
        approves_members: bool,
        /// Whether its staff need a second factor.
        require_second_factor: bool,
        /// The language of its mail.
        language: Option<Language>,
        /// When an administrator approved it.
        approved_at: Option<Instant>,
        /// Since when it is closed.
        closed_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was opened.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// Another campus whose alumni it takes as mentors.
    AlumniSourceRow from campus_alumni_sources {
        /// The campus.
        campus_id: Id,
        /// The other campus.
        source_id: Id,
    }

    /// A date on which it does not work.
    DayOffRow from campus_days_off {
        /// The campus.
        campus_id: Id,
        /// The date.
        day: NaiveDate,
        /// What it is called.
        name: Line,
    }

    /// Somebody who joined, or asked to.
    MemberRow from campus_members {
        /// The campus.
        campus_id: Id,
        /// The person.
        person_id: Id,
        /// `member`, or `pending` until its staff approve.
        status: MemberStatus,
        /// Since when.
        created_at: Instant,
        ;
        /// Their address, which staff see of members.
        email: Option<Email> = people::email,
    }

    /// Somebody who appears in this document.
    PersonRow from people {
        /// Their id.
        id: Id,
        /// Their name.
        name: Line,
        /// Their user name on GitHub.
        github: Option<GithubHandle>,
    }

    /// A curriculum.
    ProgrammeRow from programmes {
        /// The programme's id.
        id: Id,
        /// The campus.
        campus_id: Option<Id>,
        /// Short name for URLs.
        slug: Slug,
        /// Name to show.
        name: Line,
        /// What it is.
        description: Option<Text>,
        /// The roles in its teams, in the order in which they rotate.
        roles: Json,
        /// The programme it was made from.
        forked_from: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// A week of a curriculum.
    ProgrammeWeekRow from programme_weeks {
        /// The programme.
        programme_id: Id,
        /// Its number, from 1.
        number: i32,
        /// What it is for.
        phase: String,
        /// What it is about.
        topic: Line,
        /// What it builds.
        project_title: Option<Line>,
        /// What is to be done.
        project_brief: Option<Text>,
        /// What is to be learnt.
        project_outcomes: Option<Json>,
        /// Whether that is open.
        project_is_open: bool,
        /// What it asks.
        project_question: Option<Line>,
    }
}

impl MemberRow {
    /// Without the address, which staff see of members alone.
    pub fn shown_to_staff(mut self) -> Self {
        if self.status != MemberStatus::Member {
            self.email = None;
        }
        self
    }
}

impl PersonRow {
    /// Without the user name on GitHub, unless they are a member or show it to everybody.
    pub fn shown_to_staff(mut self, is_member: bool, audience: Audience) -> Self {
        if !is_member && audience != Audience::Network {
            self.github = None;
        }
        self
    }
}
