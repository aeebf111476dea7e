//! What belongs to the cohorts of a campus, as its organisers take it along.

use chrono::NaiveDate;

use super::rows::rows;
use crate::{
    db::schema::{
        cohorts, mentor_slots, pair_rules, projects, published_weeks, rounds, team_members, team_plans, team_repairs,
        teams, weeks,
    },
    primitives::{Id, Instant, Json, Line, LocalTime, Slug, Text, Url},
};

rows! {
    /// A cohort.
    CohortRow from cohorts {
        /// The cohort's id.
        id: Id,
        /// The campus.
        campus_id: Id,
        /// The programme it runs.
        programme_id: Id,
        /// Short name for URLs.
        slug: Slug,
        /// Name to show.
        name: Line,
        /// `planned`, `running`, `graduated` or `cancelled`.
        status: String,
        /// Its first day.
        starts_on: NaiveDate,
        /// Its last day.
        ends_on: NaiveDate,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// Its status before.
        previous_status: String,
        /// Since when it has its status.
        status_changed_at: Instant,
    }

    /// A week of a cohort.
    WeekRow from weeks {
        /// The week's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// Its number, from 1.
        number: i32,
        /// What it is for.
        phase: String,
        /// What it is about.
        topic: Line,
        /// Its first day.
        starts_on: NaiveDate,
        /// Its last day.
        ends_on: NaiveDate,
        /// What it builds.
        project_id: Option<Id>,
        /// Rises with every change.
        version: i64,
    }

    /// A project.
    ProjectRow from projects {
        /// The project's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// What it is called.
        title: Line,
        /// What is to be done.
        brief: Text,
        /// What is to be learnt.
        outcomes: Json,
        /// How repositories are named.
        repository_name: Option<String>,
        /// When it is due.
        due_at: Option<Instant>,
        /// The same by the clocks of the campus.
        due_local: Option<LocalTime>,
        /// Whether it is open.
        is_open: bool,
        /// What it asks.
        question: Option<Line>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// Two students who are to be together, or apart.
    PairRuleRow from pair_rules {
        /// The rule's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// `apart` or `together`.
        kind: String,
        /// One of them.
        person_a: Id,
        /// The other.
        person_b: Id,
        /// From which week.
        from_week: Option<i32>,
        /// Until which week.
        to_week: Option<i32>,
        /// Who made it.
        created_by: Option<Id>,
        /// When it was made.
        created_at: Instant,
    }

    /// A team plan of which something was published.
    TeamPlanRow from team_plans {
        /// The plan's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// Its first week.
        from_week: i32,
        /// Its last week.
        to_week: i32,
        /// The number that its chances came from.
        seed: i64,
        /// What was asked for.
        request: Json,
        /// How well it does.
        report: Json,
        /// Who made it.
        created_by: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// What it was planned along with.
        planned_along: Json,
    }

    /// Consecutive weeks with the same teams, if published.
    RoundRow from rounds {
        /// The round's id.
        id: Id,
        /// The plan.
        plan_id: Id,
        /// The cohort.
        cohort_id: Id,
        /// Its first week.
        first_week: i32,
        /// Its last week.
        last_week: i32,
        /// When its teams were published.
        published_at: Option<Instant>,
    }

    /// A week with published teams.
    PublishedWeekRow from published_weeks {
        /// The cohort.
        cohort_id: Id,
        /// Its number.
        week_number: i32,
        /// The round of its teams.
        round_id: Id,
    }

    /// A published team.
    TeamRow from teams {
        /// The team's id.
        id: Id,
        /// The round.
        round_id: Id,
        /// Its place in the round.
        position: i32,
        /// What it is called.
        name: Line,
        /// Its repository.
        repository_url: Option<Url>,
        /// Where what it built runs.
        deployed_url: Option<Url>,
        /// Rises with every change.
        version: i64,
    }

    /// A place in a published team.
    TeamMemberRow from team_members {
        /// The round.
        round_id: Id,
        /// Whose it is.
        person_id: Id,
        /// The team.
        team_id: Id,
        /// What they looked after.
        role: Option<String>,
        /// Its place in the team.
        position: i32,
    }

    /// A repair of published teams.
    TeamRepairRow from team_repairs {
        /// The repair's id.
        id: Id,
        /// The round.
        round_id: Id,
        /// Why.
        reason: String,
        /// The teams before.
        before: Json,
        /// The teams after.
        after: Json,
        /// Who made it.
        made_by: Option<Id>,
        /// When it was made.
        created_at: Instant,
    }

    /// A time at which mentors are wanted.
    MentorSlotRow from mentor_slots {
        /// The slot's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The number of the week.
        week_number: i32,
        /// What mentors are wanted for.
        kind: String,
        /// How many are needed.
        min_mentors: i32,
        /// How many there is room for.
        capacity: i32,
        /// When it begins.
        starts_at: Option<Instant>,
        /// When it ends.
        ends_at: Option<Instant>,
        /// In which part of the week it is.
        part_of_week: Option<String>,
        /// Where it is.
        place: Option<String>,
        /// Where it is online.
        url: Option<String>,
        /// Which of two mentors is wanted.
        mentor_role: Option<String>,
        /// Until when graduates of the previous cohort go first.
        priority_until: Option<Instant>,
        /// So many days before, places are confirmed again.
        reconfirm_days: Option<i32>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }
}
