//! The work, statement by statement as peerled does it, for whoever sends it: through diesel, on either database.

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta};
use diesel::{
    dsl::{exists, max, sql},
    prelude::*,
    result::Error,
    sql_types::{BigInt, Text},
};
use peerled::{
    db::{
        dialect::AmongMethod as _,
        schema::{
            audit_entries, campus_alumni_sources, campus_members, campus_removals, campus_staff, campuses, cohorts,
            consents, enrolments, events, mentor_slots, people, projects, published_weeks, rounds, sessions, sign_ups,
            team_members, teams, weeks,
        },
    },
    primitives::{Id, Instant, LocalTime},
};

use crate::rows::{
    Card, Cohort, CohortWithWeek, Enrolment, Member, PageInfo, Project, ProjectRow, SignUp, Students, Team, WHOLE,
    WeekTeams,
};

/// Whose request it is.
#[derive(Clone, Copy)]
pub struct Caller {
    pub person: Id,
    pub session: Id,
}

/// What is asked for.
#[derive(Clone, Copy)]
pub enum Ask {
    Cohort(Id),
    WeekTeams(Id, i32),
    Students(Id, i64),
    SignUp(Id),
}

/// Status and body.
pub type Answer = (u16, String);

fn json(status: u16, value: &impl serde::Serialize) -> Answer {
    (status, serde_json::to_string(value).unwrap_or_default())
}

macro_rules! statements {
    ($name:ident, $conn:ty) => {
        /// With this kind of connection.
        pub mod $name {
            use super::*;

            /// Does what is asked.
            ///
            /// # Errors
            /// `NotFound` for what is not there or not for the caller.
            pub fn answer(conn: &mut $conn, caller: Caller, ask: Ask) -> QueryResult<Answer> {
                let now = Instant::now();
                is_logged_in(conn, caller, now)?;
                match ask {
                    Ask::Cohort(id) => cohort(conn, id, now),
                    Ask::WeekTeams(id, number) => week_teams(conn, caller, id, number),
                    Ask::Students(id, limit) => students(conn, caller, id, limit),
                    Ask::SignUp(slot) => sign_up(conn, caller, slot, now),
                }
            }

            fn is_logged_in(conn: &mut $conn, caller: Caller, now: Instant) -> QueryResult<bool> {
                sessions::table
                    .inner_join(people::table)
                    .filter(sessions::id.eq(caller.session))
                    .filter(sessions::person_id.eq(caller.person))
                    .filter(sessions::ended_at.is_null())
                    .filter(sessions::expires_at.gt(now))
                    .filter(people::disabled_at.is_null())
                    .select(people::is_admin)
                    .first(conn)
            }

            fn cohort(conn: &mut $conn, id: Id, now: Instant) -> QueryResult<Answer> {
                let cohort: Cohort = cohorts::table.find(id).select(Cohort::as_select()).first(conn)?;
                let begun: Vec<(String, i32, NaiveDate)> = weeks::table
                    .inner_join(cohorts::table.inner_join(campuses::table))
                    .filter(weeks::cohort_id.eq(id))
                    .filter(weeks::starts_on.le(now.plus(TimeDelta::hours(14)).date()))
                    .order(weeks::number.desc())
                    .limit(2)
                    .select((campuses::time_zone, weeks::number, weeks::starts_on))
                    .load(conn)?;
                let today = now.date();
                let begun = begun.iter().find(|(.., starts_on)| *starts_on <= today);
                let current_week = begun
                    .filter(|_| today <= cohort.ends_on)
                    .map(|(_, number, _)| *number);
                Ok(json(200, &CohortWithWeek { cohort, current_week }))
            }

            /// Those of these people who have joined a campus.
            fn members(conn: &mut $conn, campus: Id, people: impl Iterator<Item = Id>) -> QueryResult<HashSet<Id>> {
                let members: Vec<Id> = campus_members::table
                    .filter(campus_members::campus_id.eq(campus))
                    .filter(campus_members::status.eq("member"))
                    .filter(campus_members::person_id.among(people))
                    .select(campus_members::person_id)
                    .load(conn)?;
                Ok(members.into_iter().collect())
            }

            /// The cohort's campus, its time zone, and whether the caller is on its staff or among its students.
            fn standing(conn: &mut $conn, caller: Caller, id: Id) -> QueryResult<(Id, String, bool, bool)> {
                let own_role = campus_staff::campus_id
                    .eq(cohorts::campus_id)
                    .and(campus_staff::person_id.eq(caller.person));
                let own_enrolment = enrolments::cohort_id
                    .eq(cohorts::id)
                    .and(enrolments::person_id.eq(caller.person));
                let (cohort, zone, role, enrolment): (Cohort, String, Option<String>, Option<String>) = cohorts::table
                    .inner_join(campuses::table)
                    .left_join(campus_staff::table.on(own_role))
                    .left_join(enrolments::table.on(own_enrolment))
                    .filter(cohorts::id.eq(id))
                    .select((
                        Cohort::as_select(),
                        campuses::time_zone,
                        campus_staff::role.nullable(),
                        enrolments::status.nullable(),
                    ))
                    .first(conn)?;
                Ok((cohort.campus_id, zone, role.is_some(), enrolment.is_some()))
            }

            /// The campus, its time zone, and whether the caller is on its staff.
            fn must_be_inside(conn: &mut $conn, caller: Caller, id: Id) -> QueryResult<(Id, String, bool)> {
                match standing(conn, caller, id)? {
                    (_, _, false, false) => Err(Error::NotFound),
                    (campus, zone, is_staff, _) => Ok((campus, zone, is_staff)),
                }
            }

            /// To whom of these people the caller stands as staff.
            fn seen_as_staff(
                conn: &mut $conn,
                (campus, is_staff): (Id, bool),
                people: impl Iterator<Item = Id>,
            ) -> QueryResult<HashSet<Id>> {
                match is_staff {
                    true => members(conn, campus, people),
                    false => Ok(HashSet::new()),
                }
            }

            fn week_teams(conn: &mut $conn, caller: Caller, id: Id, number: i32) -> QueryResult<Answer> {
                let published = published_weeks::cohort_id
                    .eq(weeks::cohort_id)
                    .and(published_weeks::week_number.eq(weeks::number));
                let (project, round): (Option<ProjectRow>, Option<(Id, i32, i32)>) = weeks::table
                    .left_join(projects::table)
                    .left_join(published_weeks::table.on(published))
                    .left_join(rounds::table.on(rounds::id.nullable().eq(published_weeks::round_id.nullable())))
                    .filter(weeks::cohort_id.eq(id))
                    .filter(weeks::number.eq(number))
                    .select((
                        Option::<ProjectRow>::as_select(),
                        (rounds::id, rounds::first_week, rounds::last_week).nullable(),
                    ))
                    .first(conn)?;
                let (campus, zone, is_staff) = must_be_inside(conn, caller, id)?;
                let mut data: Vec<Team> = Vec::new();
                if let Some((round, first_week, last_week)) = round {
                    type TeamRow = (Id, String, Option<String>, Option<String>, i64);
                    let rows: Vec<(TeamRow, Option<String>, Card)> = team_members::table
                        .inner_join(teams::table)
                        .inner_join(people::table)
                        .filter(team_members::round_id.eq(round))
                        .order((teams::position, team_members::position))
                        .select((
                            (
                                teams::id,
                                teams::name,
                                teams::repository_url,
                                teams::deployed_url,
                                teams::version,
                            ),
                            team_members::role,
                            Card::as_select(),
                        ))
                        .load(conn)?;
                    let people = rows.iter().map(|(.., card)| card.id);
                    let as_staff = seen_as_staff(conn, (campus, is_staff), people)?;
                    for ((team, name, repository_url, deployed_url, version), role, card) in rows {
                        let to_staff = as_staff.contains(&card.id);
                        let member = Member {
                            person: card.shown(to_staff),
                            role,
                        };
                        match data.last_mut().filter(|last| last.id == team) {
                            Some(last) => last.members.push(member),
                            None => data.push(Team {
                                id: team,
                                name,
                                cohort_id: id,
                                first_week,
                                last_week,
                                repository_url,
                                deployed_url,
                                version,
                                members: vec![member],
                            }),
                        }
                    }
                }
                let found = WeekTeams {
                    data,
                    page: WHOLE,
                    project: project.map(|row| Project::at(row, zone)),
                };
                Ok(json(200, &found))
            }

            fn students(conn: &mut $conn, caller: Caller, id: Id, limit: i64) -> QueryResult<Answer> {
                let (campus, _, is_staff) = must_be_inside(conn, caller, id)?;
                type Place = (
                    String,
                    Option<i32>,
                    String,
                    NaiveDate,
                    Option<NaiveDate>,
                    i64,
                    Instant,
                    Instant,
                );
                let mut rows: Vec<(Place, Card)> = enrolments::table
                    .inner_join(people::table)
                    .filter(enrolments::cohort_id.eq(id))
                    .order((people::name, people::id))
                    .limit(limit + 1)
                    .select((
                        (
                            enrolments::status,
                            enrolments::experience,
                            enrolments::attributes,
                            enrolments::joined_on,
                            enrolments::left_on,
                            enrolments::version,
                            enrolments::created_at,
                            enrolments::updated_at,
                        ),
                        Card::as_select(),
                    ))
                    .load(conn)?;
                let has_more = rows.len() > usize::try_from(limit).unwrap_or(0);
                if has_more {
                    rows.pop();
                }
                let people = rows.iter().map(|(_, card)| card.id);
                let as_staff = seen_as_staff(conn, (campus, is_staff), people)?;
                let in_cohort = enrolments::table
                    .filter(enrolments::cohort_id.eq(id))
                    .select(enrolments::person_id);
                let objectors: Vec<Id> = consents::table
                    .filter(consents::purpose.eq("team_balance"))
                    .filter(consents::given.eq(false))
                    .filter(consents::person_id.eq_any(in_cohort))
                    .select(consents::person_id)
                    .load(conn)?;
                let enrolment = |(place, card): (Place, Card)| {
                    let balances_teams = !objectors.contains(&card.id);
                    let (status, experience, attributes, joined_on, left_on, version, created_at, updated_at) = place;
                    let to_staff = as_staff.contains(&card.id);
                    Enrolment {
                        person: card.shown(to_staff),
                        status,
                        joined_on,
                        left_on,
                        experience,
                        attributes: serde_json::from_str(&attributes).unwrap_or_default(),
                        balances_teams,
                        version,
                        created_at,
                        updated_at,
                    }
                };
                let found = Students {
                    data: rows.into_iter().map(enrolment).collect(),
                    page: PageInfo {
                        next_cursor: None,
                        has_more,
                    },
                };
                Ok(json(200, &found))
            }

            fn must_be_alumnus(conn: &mut $conn, caller: Caller, campus: Id) -> QueryResult<()> {
                let admitted = campus_alumni_sources::table
                    .filter(campus_alumni_sources::campus_id.eq(campus))
                    .select(campus_alumni_sources::source_id);
                let graduated = enrolments::table
                    .inner_join(cohorts::table)
                    .filter(enrolments::person_id.eq(caller.person))
                    .filter(enrolments::status.eq("graduated"))
                    .filter(
                        cohorts::campus_id
                            .eq(campus)
                            .or(cohorts::campus_id.eq_any(admitted)),
                    );
                let removal = campus_removals::table.find((campus, caller.person));
                let has_graduated: bool = diesel::select(exists(graduated)).get_result(conn)?;
                let was_removed: bool = diesel::select(exists(removal)).get_result(conn)?;
                match has_graduated && !was_removed {
                    true => Ok(()),
                    false => Err(Error::NotFound),
                }
            }

            fn sign_up(conn: &mut $conn, caller: Caller, slot: Id, now: Instant) -> QueryResult<Answer> {
                type Slot = (Id, i32, i32, Option<LocalTime>);
                let (cohort, week, capacity, _starts_local): Slot = mentor_slots::table
                    .find(slot)
                    .select((
                        mentor_slots::cohort_id,
                        mentor_slots::week_number,
                        mentor_slots::capacity,
                        mentor_slots::starts_local,
                    ))
                    .first(conn)?;
                let (campus, _, is_staff, _) = standing(conn, caller, cohort)?;
                if !is_staff {
                    must_be_alumnus(conn, caller, campus)?;
                }
                let ends_on: NaiveDate = weeks::table
                    .find((cohort, week))
                    .select(weeks::ends_on)
                    .first(conn)?;
                let _zone: String = campuses::table
                    .find(campus)
                    .select(campuses::time_zone)
                    .first(conn)?;
                if ends_on < now.date() {
                    return Err(Error::NotFound);
                }
                let signed_up: Vec<(Id, String)> = sign_ups::table
                    .filter(sign_ups::slot_id.eq(slot))
                    .filter(sign_ups::status.ne("cancelled"))
                    .order(sign_ups::turn)
                    .select((sign_ups::person_id, sign_ups::status))
                    .load(conn)?;
                let studies: Option<String> = enrolments::table
                    .inner_join(people::table)
                    .filter(enrolments::cohort_id.eq(cohort))
                    .filter(enrolments::person_id.eq(caller.person))
                    .select(enrolments::status)
                    .first(conn)
                    .optional()?;
                if studies.is_some() || signed_up.iter().any(|(person, _)| *person == caller.person) {
                    return Ok((409, String::new()));
                }
                let of_week = weeks::cohort_id
                    .eq(mentor_slots::cohort_id)
                    .and(weeks::number.eq(mentor_slots::week_number));
                let others: Vec<(Id, NaiveDate, NaiveDate)> = sign_ups::table
                    .inner_join(mentor_slots::table.inner_join(weeks::table.on(of_week)))
                    .filter(sign_ups::person_id.eq(caller.person))
                    .filter(sign_ups::status.ne("cancelled"))
                    .order(sign_ups::id)
                    .select((mentor_slots::id, weeks::starts_on, weeks::ends_on))
                    .load(conn)?;
                if !others.is_empty() {
                    let (starts_on, ends_on): (NaiveDate, NaiveDate) = weeks::table
                        .find((cohort, week))
                        .select((weeks::starts_on, weeks::ends_on))
                        .first(conn)?;
                    if others
                        .iter()
                        .any(|(_, from, to)| *from <= ends_on && starts_on <= *to)
                    {
                        return Ok((409, String::new()));
                    }
                }
                let taken = signed_up
                    .iter()
                    .filter(|(_, status)| status != "waitlisted")
                    .count();
                let is_free = taken == signed_up.len() && taken < usize::try_from(capacity).unwrap_or(0);
                let last: Option<i64> = sign_ups::table
                    .filter(sign_ups::slot_id.eq(slot))
                    .select(max(sign_ups::turn))
                    .first(conn)?;
                insert(conn, caller, (slot, cohort, last.unwrap_or(0) + 1, is_free), now)
            }

            fn insert(
                conn: &mut $conn,
                caller: Caller,
                (slot, cohort, turn, is_free): (Id, Id, i64, bool),
                now: Instant,
            ) -> QueryResult<Answer> {
                let place = Id::new();
                diesel::insert_into(sign_ups::table)
                    .values((
                        sign_ups::id.eq(place),
                        sign_ups::slot_id.eq(slot),
                        sign_ups::person_id.eq(caller.person),
                        sign_ups::turn.eq(turn),
                        sign_ups::status.eq(if is_free { "confirmed" } else { "waitlisted" }),
                        sign_ups::version.eq(1_i64),
                        sign_ups::created_at.eq(now),
                        sign_ups::updated_at.eq(now),
                    ))
                    .execute(conn)?;
                let sequence = sql::<BigInt>("(SELECT coalesce(max(sequence), 0) + 1 FROM events WHERE object_type = ")
                    .bind::<Text, _>("sign_up")
                    .sql(" AND object_id = ")
                    .bind::<BigInt, _>(place)
                    .sql(")");
                diesel::insert_into(events::table)
                    .values((
                        events::id.eq(Id::new()),
                        events::kind.eq("sign_up.created"),
                        events::object_type.eq("sign_up"),
                        events::object_id.eq(place),
                        events::sequence.eq(sequence),
                        events::cohort_id.eq(cohort),
                        events::person_id.eq(caller.person),
                        events::payload.eq(""),
                        events::created_at.eq(now),
                        events::audience.eq(format!("slot-viewers person:{}", caller.person)),
                        events::href.eq(format!("/v1/mentor-slots/{slot}")),
                    ))
                    .execute(conn)?;
                let (id, status, card): (Id, String, Card) = sign_ups::table
                    .inner_join(people::table)
                    .filter(sign_ups::slot_id.eq(slot))
                    .filter(sign_ups::person_id.eq(caller.person))
                    .filter(sign_ups::status.ne("cancelled"))
                    .select((sign_ups::id, sign_ups::status, Card::as_select()))
                    .first(conn)?;
                diesel::insert_into(audit_entries::table)
                    .values((
                        audit_entries::id.eq(Id::new()),
                        audit_entries::created_at.eq(now),
                        audit_entries::person_id.eq(caller.person),
                        audit_entries::session_id.eq(caller.session),
                        audit_entries::operation.eq("sign_up"),
                        audit_entries::target.eq(format!("/v1/mentor-slots/{slot}/sign-ups")),
                        audit_entries::object.eq(format!("/v1/mentor-slots/{slot}/sign-ups/{}", caller.person)),
                        audit_entries::changes.eq(""),
                        audit_entries::request_id.eq(Id::new().to_string()),
                    ))
                    .execute(conn)?;
                let made = SignUp {
                    id,
                    slot_id: slot,
                    person: card.shown(true),
                    status,
                    version: 1,
                    created_at: now,
                };
                Ok(json(201, &made))
            }
        }
    };
}

statements!(sqlite, SqliteConnection);
statements!(postgres, PgConnection);
