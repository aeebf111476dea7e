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
const STATEMENT: usize = 1000;
/// Rows that go into one transaction.
const TRANSACTION: usize = 3000;

/// An account.
#[derive(Clone, Insertable)]
#[diesel(table_name = schema::people, treat_none_as_default_value = false)]
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

type Insert = Box<dyn Fn(&mut Conn) -> Result<()> + Send>;

/// Some rows of one table: how many, and how they are written.
struct Step(usize, Insert);

/// What is written in one transaction, in the order of its rows.
pub struct Batch(Vec<Step>);

impl Batch {
    /// Writes it.
    ///
    /// # Errors
    /// `503` if the database cannot take it, `500` if some of it is there already.
    pub fn insert(&self, conn: &mut Conn) -> Result<()> {
        self.0.iter().try_for_each(|Step(_, insert)| insert(conn))
    }
}

/// Declares the tables in an order in which every row comes after those that it refers to.
macro_rules! rows {
    ($($table:ident: $row:ty,)*) => {
        /// The rows of a campus.
        #[derive(Default)]
        pub struct Rows {
            $(pub $table: Vec<$row>,)*
        }

        impl Rows {
            fn steps(self) -> Vec<Step> {
                let mut steps = Vec::new();
                $(for chunk in self.$table.chunks(STATEMENT) {
                    let rows = chunk.to_vec();
                    let insert = move |conn: &mut Conn| {
                        on_both!(conn, |conn| diesel::insert_into(schema::$table::table).values(&rows).execute(conn))?;
                        Ok(())
                    };
                    steps.push(Step(chunk.len(), Box::new(insert)));
                })*
                steps
            }
        }
    };
}

impl Rows {
    /// In parts that are each written within the time that a transaction may take.
    pub fn batches(self) -> Vec<Batch> {
        let mut batches = vec![(0, Vec::new())];
        for step in self.steps() {
            match batches.last_mut() {
                Some((rows, steps)) if *rows + step.0 <= TRANSACTION => {
                    *rows += step.0;
                    steps.push(step);
                }
                _ => batches.push((step.0, vec![step])),
            }
        }
        batches.into_iter().map(|(_, steps)| Batch(steps)).collect()
    }
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
