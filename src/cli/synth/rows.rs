//! The rows of one campus, and how they get into the database.

use diesel::prelude::*;

use crate::{
    accounts::model::Session,
    authz::StaffRole,
    campuses::model::{Campus, MemberStatus},
    cohorts::model::{Cohort, Project, Week},
    db::{Conn, schema},
    error::Result,
    mentoring::model::{SignUp, Slot},
    on_both,
    primitives::{Email, GithubHandle, Id, Instant, Line},
    programmes::model::{Programme, ProgrammeWeek},
    students::model::Enrolment,
    team_plans::model::{PlanVersion, TeamPlan, VersionSeat},
    teams::model::{Member, Round, Team},
};

/// Rows that go into one statement: PostgreSQL takes 65,535 values.
const BATCH: usize = 1000;

/// An account.
#[derive(Clone, Insertable)]
#[diesel(table_name = schema::people)]
pub struct PersonRow {
    pub id: Id,
    pub email: Email,
    pub name: Line,
    pub github: Option<GithubHandle>,
    pub password_hash: String,
    pub is_admin: bool,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Insertable)]
#[diesel(table_name = schema::campus_members)]
pub struct MemberRow {
    pub campus_id: Id,
    pub person_id: Id,
    pub status: MemberStatus,
    pub created_at: Instant,
}

#[derive(Clone, Insertable)]
#[diesel(table_name = schema::campus_staff)]
pub struct StaffRow {
    pub campus_id: Id,
    pub person_id: Id,
    pub role: StaffRole,
    pub created_at: Instant,
}

#[derive(Clone, Insertable)]
#[diesel(table_name = schema::published_weeks)]
pub struct PublishedRow {
    pub cohort_id: Id,
    pub week_number: i32,
    pub round_id: Id,
}

/// Declares the tables in an order in which every row comes after those that it refers to.
macro_rules! rows {
    ($($table:ident: $row:ty,)*) => {
        /// What is written in one transaction.
        #[derive(Clone, Default)]
        pub struct Rows {
            $(pub $table: Vec<$row>,)*
        }

        impl Rows {
            /// Puts them into their tables.
            ///
            /// # Errors
            /// `503` if the database cannot take them, `500` if some are there already.
            pub fn insert(&self, conn: &mut Conn) -> Result<()> {
                $(for batch in self.$table.chunks(BATCH) {
                    on_both!(conn, |conn| diesel::insert_into(schema::$table::table).values(batch).execute(conn))?;
                })*
                Ok(())
            }
        }
    };
}

rows! {
    people: PersonRow,
    sessions: Session,
    campuses: Campus,
    campus_members: MemberRow,
    campus_staff: StaffRow,
    programmes: Programme,
    programme_weeks: ProgrammeWeek,
    cohorts: Cohort,
    projects: Project,
    weeks: Week,
    enrolments: Enrolment,
    team_plans: TeamPlan,
    rounds: Round,
    teams: Team,
    team_members: Member,
    published_weeks: PublishedRow,
    plan_versions: PlanVersion,
    plan_version_seats: VersionSeat,
    mentor_slots: Slot,
    sign_ups: SignUp,
}
