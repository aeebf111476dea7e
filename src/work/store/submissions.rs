//! Queries on submissions and when they are due for one team.

use diesel::{dsl::max, prelude::*};

use crate::{
    accounts::model::PersonCard,
    calendars::revisions,
    cohorts::{CohortStaff, model::DueNews},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{due_extensions, people, submissions},
    },
    error::Result,
    primitives::{Id, Instant, LocalTime},
    work::{
        events,
        model::{Extension, Submission},
        proofs::Submitter,
    },
};

/// A submission with whoever handed it in.
pub type WithPerson = (Submission, Option<PersonCard>);

/// A submission.
///
/// # Errors
/// `404` if there is none.
pub fn submission(conn: &mut Conn, id: Id) -> Result<WithPerson> {
    Ok(submissions::table
        .left_join(people::table)
        .filter(submissions::id.eq(id))
        .select((Submission::as_select(), Option::<PersonCard>::as_select()))
        .first(conn)?)
}

/// Up to `limit` submissions of a team, the latest first, from those before `before` on.
pub fn submissions(
    conn: &mut Conn,
    team: Id,
    week: Option<i32>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<WithPerson>> {
    let mut query = submissions::table
        .left_join(people::table)
        .filter(submissions::team_id.eq(team))
        .order(submissions::id.desc())
        .limit(limit)
        .select((Submission::as_select(), Option::<PersonCard>::as_select()))
        .into_boxed();
    if let Some(week) = week {
        query = query.filter(submissions::week_number.eq(week));
    }
    if let Some(before) = before {
        query = query.filter(submissions::id.lt(before));
    }
    Ok(query.load(conn)?)
}

/// The last number of each team that submitted something in a week.
pub fn submissions_of_week(conn: &mut Conn, cohort: Id, week: i32) -> Result<Vec<(Id, i32)>> {
    let rows: Vec<(Id, Option<i32>)> = submissions::table
        .filter(submissions::cohort_id.eq(cohort))
        .filter(submissions::week_number.eq(week))
        .group_by(submissions::team_id)
        .select((submissions::team_id, max(submissions::number)))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(team, last)| Some((team, last?)))
        .collect())
}

/// The submissions of a week that have one of these numbers.
pub fn latest_of_week(conn: &mut Conn, cohort: Id, week: i32, numbers: &[i32]) -> Result<Vec<WithPerson>> {
    Ok(submissions::table
        .left_join(people::table)
        .filter(submissions::cohort_id.eq(cohort))
        .filter(submissions::week_number.eq(week))
        .filter(submissions::number.among(numbers))
        .select((Submission::as_select(), Option::<PersonCard>::as_select()))
        .load(conn)?)
}

/// The number of a team's last submission of a week; 0 if there is none.
pub fn last_number(conn: &mut Conn, team: Id, week: i32) -> Result<i32> {
    let last: Option<i32> = submissions::table
        .filter(submissions::team_id.eq(team))
        .filter(submissions::week_number.eq(week))
        .select(max(submissions::number))
        .first(conn)?;
    Ok(last.unwrap_or(0))
}

/// How often somebody has submitted a team's work of a week.
pub fn submitted_by(conn: &mut Conn, team: Id, week: i32, person: Id) -> Result<i64> {
    Ok(submissions::table
        .filter(submissions::team_id.eq(team))
        .filter(submissions::week_number.eq(week))
        .filter(submissions::submitted_by.eq(person))
        .count()
        .get_result(conn)?)
}

/// How many submissions these teams have.
pub fn count_of_round(conn: &mut Conn, teams: &[Id]) -> Result<i64> {
    Ok(submissions::table
        .filter(submissions::team_id.among(teams))
        .count()
        .get_result(conn)?)
}

/// Adds a submission.
pub fn insert_submission(conn: &mut Conn, proof: &Submitter, new: &Submission) -> Result<()> {
    debug_assert_eq!(proof.team(), new.team_id, "the proof holds elsewhere");
    diesel::insert_into(submissions::table).values(new).execute(conn)?;
    Ok(())
}

/// The due time that a team has for itself in a week.
pub fn extension(conn: &mut Conn, team: Id, week: i32) -> Result<Option<Extension>> {
    Ok(due_extensions::table
        .find((team, week))
        .select(Extension::as_select())
        .first(conn)
        .optional()?)
}

/// The due times that teams have for themselves in a week.
pub fn extensions_of_week(conn: &mut Conn, cohort: Id, week: i32) -> Result<Vec<Extension>> {
    Ok(due_extensions::table
        .filter(due_extensions::cohort_id.eq(cohort))
        .filter(due_extensions::week_number.eq(week))
        .select(Extension::as_select())
        .load(conn)?)
}

/// Gives a team a due time of its own, in place of one it may have. What is new about it is told to the team.
pub fn put_extension(conn: &mut Conn, staff: &CohortStaff, new: &Extension, news: DueNews) -> Result<()> {
    debug_assert_eq!(staff.cohort(), new.cohort_id, "the proof holds elsewhere");
    diesel::delete(due_extensions::table.find((new.team_id, new.week_number))).execute(conn)?;
    diesel::insert_into(due_extensions::table).values(new).execute(conn)?;
    revisions::dues_changed(conn, new.cohort_id, &[new.week_number], new.created_at)?;
    tell(conn, new.cohort_id, new.team_id, news)
}

/// Takes a team's own due time away.
pub fn delete_extension(conn: &mut Conn, staff: &CohortStaff, team: Id, news: DueNews, now: Instant) -> Result<()> {
    revisions::own_dues_deleted(conn, &[team], &[news.week], now)?;
    let deleted = diesel::delete(due_extensions::table.find((team, news.week))).execute(conn)?;
    if deleted > 0 {
        revisions::dues_changed(conn, staff.cohort(), &[news.week], now)?;
    }
    tell(conn, staff.cohort(), team, news)
}

fn tell(conn: &mut Conn, cohort: Id, team: Id, news: DueNews) -> Result<()> {
    match news.was == news.is {
        true => events::due_time(cohort, team).updated(conn),
        false => events::due_time(cohort, team).happened_with(conn, "updated", &news),
    }
}

/// The same for all teams of a round, in its weeks.
pub fn delete_extensions_of_round(
    conn: &mut Conn,
    staff: &CohortStaff,
    teams: &[Id],
    weeks: &[i32],
    now: Instant,
) -> Result<()> {
    revisions::own_dues_deleted(conn, teams, weeks, now)?;
    let of_weeks = due_extensions::table
        .filter(due_extensions::cohort_id.eq(staff.cohort()))
        .filter(due_extensions::week_number.among(weeks));
    match diesel::delete(of_weeks).execute(conn)? {
        0 => Ok(()),
        _ => revisions::dues_changed(conn, staff.cohort(), weeks, now),
    }
}

/// Whether a team has a due time of its own in one of these weeks.
pub fn has_extensions(conn: &mut Conn, cohort: Id, weeks: &[i32]) -> Result<bool> {
    let of_weeks = due_extensions::table
        .filter(due_extensions::cohort_id.eq(cohort))
        .filter(due_extensions::week_number.among(weeks));
    Ok(of_weeks.count().get_result::<i64>(conn)? > 0)
}

/// Moves a team's own due time with its week; whoever moves the week tells calendars of all of them at once.
pub fn move_extension(conn: &mut Conn, staff: &CohortStaff, moved: &Extension, due: LocalTime) -> Result<()> {
    debug_assert_eq!(staff.cohort(), moved.cohort_id, "the proof holds elsewhere");
    diesel::update(due_extensions::table.find((moved.team_id, moved.week_number)))
        .set(due_extensions::due_local.eq(due))
        .execute(conn)?;
    let news = DueNews {
        week: moved.week_number,
        was: Some(moved.due_local),
        is: Some(due),
        with_week: true,
    };
    tell(conn, moved.cohort_id, moved.team_id, news)
}
