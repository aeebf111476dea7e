//! Reading code reviews, saying that one is done, and taking one over.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    audit,
    authz::Actor,
    cohorts::{
        self, CohortInsider,
        model::{Cohort, Week},
    },
    db::Conn,
    error::{Error, Result},
    outbox,
    primitives::{Field, Id, IfMatch, Instant, LocalTime, time::TimeZone},
    teams::{self, model::Team},
    work::{
        events::{ReviewChange, ReviewEvent},
        model::{Abandoned, AssignmentReason, CodeReview, CodeReviewPatch, IssueCounts, ReviewStatus, TeamName},
        proofs::SeenReview,
        rules::{self, ReviewShare},
        store,
    },
};

/// A review with the teams it is about.
pub struct ReviewWithTeams {
    pub review: CodeReview,
    pub status: ReviewStatus,
    pub zone: TimeZone,
    pub reviewing: Team,
    pub reviewed: Team,
    pub abandoned_by: Option<TeamName>,
    pub issues: IssueCounts,
    /// Why this team, in sentences.
    pub why: String,
}

/// The reviews of a week, and what each team was given and did.
pub struct WeekReviews {
    pub reviews: Vec<ReviewWithTeams>,
    /// Each team, what it was given, and what of it it did.
    pub load: Vec<(TeamName, usize, usize)>,
}

fn with_teams(conn: &mut Conn, reviews: &[CodeReview], zone: TimeZone, now: Instant) -> Result<WeekReviews> {
    let ids: Vec<Id> = reviews.iter().map(|review| review.id).collect();
    let issues = store::issue_counts(conn, &ids)?;
    let of_review = |review: &CodeReview| {
        let two = [review.reviewing_team_id, review.reviewed_team_id];
        two.into_iter().chain(review.abandoned_by)
    };
    let mut involved: Vec<Id> = reviews.iter().flat_map(of_review).collect();
    involved.sort_unstable();
    involved.dedup();
    let teams: BTreeMap<Id, Team> = (teams::store::by_ids(conn, &involved)?.into_iter())
        .map(|team| (team.id, team))
        .collect();
    let team = |id: Id| teams.get(&id).ok_or_else(Error::not_found);
    let each = |review: &CodeReview| {
        Ok(ReviewWithTeams {
            status: review.status(zone, now),
            zone,
            reviewing: team(review.reviewing_team_id)?.clone(),
            reviewed: team(review.reviewed_team_id)?.clone(),
            abandoned_by: review.abandoned_by.map(team).transpose()?.map(TeamName::from),
            issues: issues.get(&review.id).copied().unwrap_or_default(),
            why: rules::why(review),
            review: review.clone(),
        })
    };
    let loads = rules::load(reviews).into_iter();
    let named = loads.map(|(id, load)| Ok((TeamName::from(team(id)?), load.assigned, load.done)));
    Ok(WeekReviews {
        reviews: reviews.iter().map(each).collect::<Result<_>>()?,
        load: named.collect::<Result<_>>()?,
    })
}

/// The reviews of a week.
pub(super) fn week_reviews(
    conn: &mut Conn,
    cohort: Id,
    week: i32,
    zone: TimeZone,
    now: Instant,
) -> Result<WeekReviews> {
    let reviews = store::reviews_of_week(conn, cohort, week)?;
    with_teams(conn, &reviews, zone, now)
}

/// The reviews of a week, for those inside the cohort.
pub fn list(conn: &mut Conn, actor: &Actor, cohort: Id, week: i32, now: Instant) -> Result<WeekReviews> {
    teams::store::week_of(conn, cohort, week)?;
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    week_reviews(conn, cohort.id, week, insider.zone(), now)
}

/// The reviews of a cohort whose time has passed, for its staff.
pub fn abandoned(conn: &mut Conn, actor: &Actor, cohort: Id, now: Instant) -> Result<Vec<Abandoned>> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    insider.staff()?;
    let mut reviews = store::reviews(conn, cohort.id)?;
    reviews.retain(|review| review.status(insider.zone(), now) == ReviewStatus::Abandoned);
    let found = with_teams(conn, &reviews, insider.zone(), now)?.reviews;
    let abandoned = |found: ReviewWithTeams| Abandoned {
        id: found.review.id,
        week: found.review.week_number,
        due_on: found.review.due_local.date(),
        by: TeamName::from(&found.reviewing),
        of: TeamName::from(&found.reviewed),
    };
    Ok(found.into_iter().map(abandoned).collect())
}

/// What everybody gave and had of the reviews of a cohort from a week on, for those inside it.
pub fn shares(conn: &mut Conn, actor: &Actor, cohort: Id, from: i32) -> Result<BTreeMap<Id, ReviewShare>> {
    let (cohort, _) = CohortInsider::of(conn, actor, cohort)?;
    let mut reviews = store::reviews(conn, cohort.id)?;
    reviews.retain(|review| review.week_number >= from);
    let members = store::members_of_published_teams(conn, cohort.id)?;
    Ok(rules::shares(&reviews, &members))
}

fn shown(conn: &mut Conn, review: CodeReview, zone: TimeZone, now: Instant) -> Result<ReviewWithTeams> {
    let mut found = with_teams(conn, &[review], zone, now)?.reviews;
    found.pop().ok_or_else(Error::not_found)
}

/// A review, for those inside the cohort.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<ReviewWithTeams> {
    let seen = SeenReview::of(conn, actor, id)?;
    let zone = seen.zone();
    shown(conn, seen.review, zone, now)
}

/// Until when a team has time for a review of a week, if staff do not say otherwise; none if there is no such week.
pub(super) fn usual_due(weeks: &[Week], number: i32, today: NaiveDate) -> Option<LocalTime> {
    let week = weeks.iter().find(|week| week.number == number)?;
    let next = weeks.iter().find(|next| next.number == number + 1);
    Some(rules::review_due(week.ends_on, next.map(|next| next.starts_on), today))
}

/// Notes that the reviewing team has read the code, or gives it another time.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: &CodeReviewPatch,
    known: IfMatch,
    now: Instant,
) -> Result<ReviewWithTeams> {
    let seen = SeenReview::of(conn, actor, id)?;
    let zone = seen.zone();
    let mut after = seen.review.clone();
    let mut by = None;
    if let Field::Given(status) = patch.status {
        by = Some(seen.team_reviewer()?.person());
        if status != ReviewStatus::Done {
            let detail = "can only become `done`; the other states follow from the time";
            return Err(Error::field("/status", "invalid", detail));
        }
        after.done_at = after.done_at.or(Some(now));
    }
    if let Field::Given(due) = patch.due_at {
        seen.staff()?;
        let weeks = cohorts::store::weeks(conn, seen.cohort.id)?;
        let usual = usual_due(&weeks, seen.review.week_number, now.date_in(zone));
        after.due_local = due.map(|due| due.local(zone)).or(usual).unwrap_or(after.due_local);
    }
    known.check(seen.review.version)?;
    rules::check_open(seen.cohort.status)?;
    if after == seen.review {
        return shown(conn, after, zone, now);
    }
    after = CodeReview {
        version: after.version + 1,
        updated_at: now,
        ..after
    };
    audit::changed(&seen.review, &after);
    store::update_review(conn, &after)?;
    if after.done_at != seen.review.done_at {
        tell(conn, &seen.cohort, &after, ReviewChange::Done, by, now)?;
    }
    shown(conn, after, zone, now)
}

/// The caller's team takes over a review whose time has passed.
pub fn take_over(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<ReviewWithTeams> {
    let seen = SeenReview::of(conn, actor, id)?;
    let taker = seen.taker(conn)?;
    rules::check_open(seen.cohort.status)?;
    let (before, zone) = (&seen.review, seen.zone());
    rules::may_be_taken_over(before, before.status(zone, now), taker.team())?;
    let after = CodeReview {
        reviewing_team_id: taker.team(),
        reason: AssignmentReason::TakenOver,
        due_local: rules::taken_over_due(now.date_in(zone)),
        // Whoever had it first was given it; who had it in between only took it.
        abandoned_by: Some(before.first_assigned_to()),
        version: before.version + 1,
        updated_at: now,
        ..before.clone()
    };
    audit::changed(before, &after);
    store::update_review(conn, &after)?;
    tell(conn, &seen.cohort, &after, ReviewChange::TakenOver, actor.person(), now)?;
    shown(conn, after, zone, now)
}

/// Writes down what happened to a review.
pub(super) fn tell(
    conn: &mut Conn,
    cohort: &Cohort,
    review: &CodeReview,
    kind: ReviewChange,
    by: Option<Id>,
    now: Instant,
) -> Result<()> {
    let event = ReviewEvent {
        kind,
        code_review_id: review.id,
        campus_id: cohort.campus_id,
        cohort_id: cohort.id,
        week: review.week_number,
        reviewing_team_id: review.reviewing_team_id,
        reviewed_team_id: review.reviewed_team_id,
    };
    outbox::record(conn, &event, by, now)
}
