//! Sharing out the code reviews of a week, and following the teams when they change.

use std::collections::{BTreeMap, BTreeSet};

use super::reviews::{WeekReviews, usual_due, week_reviews};
use crate::{
    authz::Actor,
    cohorts::{
        self, CohortInsider, CohortStaff,
        model::{Cohort, Week},
    },
    db::Conn,
    error::{Code, Error, Result},
    outbox,
    primitives::{GivenTime, Id, Instant, LocalTime, time::TimeZone},
    teams::{self, model::Round},
    work::{
        events::{AssignedReview, RotationChange, RotationEvent},
        model::CodeReview,
        rules::{self, History, Pairing, ReviewTeam, Standing},
        store,
    },
};

/// Shares out the reviews of a week; of those that are there as few as possible change.
pub fn assign(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    number: i32,
    due: Option<GivenTime>,
    now: Instant,
) -> Result<WeekReviews> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let staff = insider.staff()?;
    rules::check_open(cohort.status)?;
    let round = teams::store::week_of(conn, cohort.id, number)?.round.ok_or_else(|| {
        let detail = format!("The teams of week {number} are not published. Publish them first.");
        Error::new(Code::Conflict, detail)
    })?;
    let sharing = Sharing {
        zone: insider.zone(),
        cohort,
        staff,
    };
    let due = due.map(|due| due.local(sharing.zone));
    sharing.share_out(conn, &round, &[number], due, now)?;
    let found = week_reviews(conn, sharing.cohort.id, number, sharing.zone, now)?;
    match found.reviews.is_empty() {
        false => Ok(found),
        true => Err(Error::new(
            Code::Conflict,
            format!("Week {number} has fewer than two teams, so that nobody can review another."),
        )),
    }
}

/// Whose reviews are shared out, and by whom.
pub(super) struct Sharing {
    pub cohort: Cohort,
    pub staff: CohortStaff,
    pub zone: TimeZone,
}

impl Sharing {
    /// Shares out the reviews of these weeks of a round; of those that are there as few as possible change.
    pub fn share_out(
        &self,
        conn: &mut Conn,
        round: &Round,
        numbers: &[i32],
        due: Option<LocalTime>,
        now: Instant,
    ) -> Result<()> {
        let weeks = cohorts::store::weeks(conn, self.cohort.id)?;
        let all = store::reviews(conn, self.cohort.id)?;
        let members = members(conn, self.cohort.id)?;
        let present: Vec<ReviewTeam> = (teams::store::teams_in(conn, &[round.id])?.iter())
            .filter_map(|team| members.get(&team.id).cloned())
            .collect();
        for number in numbers {
            let (of_week, others) = all
                .iter()
                .partition::<Vec<&CodeReview>, _>(|one| one.week_number == *number);
            let Some(week) = weeks.iter().find(|week| week.number == *number) else {
                continue;
            };
            let mut history = History::default();
            for review in others {
                if let (Some(by), Some(of)) = (
                    members.get(&review.reviewing_team_id),
                    members.get(&review.reviewed_team_id),
                ) {
                    history.add(&by.members, &of.members);
                }
            }
            let Some(due) = due.or_else(|| usual_due(&weeks, *number, now.date_in(self.zone))) else {
                continue;
            };
            self.share_out_week(conn, week, (&present, &history, &of_week), due, now)?;
        }
        Ok(())
    }

    fn share_out_week(
        &self,
        conn: &mut Conn,
        week: &Week,
        (present, history, of_week): (&[ReviewTeam], &History, &[&CodeReview]),
        due: LocalTime,
        now: Instant,
    ) -> Result<()> {
        let ids: Vec<Id> = of_week.iter().map(|review| review.id).collect();
        let issues = store::issue_counts(conn, &ids)?;
        let standing = |review: &&CodeReview| Standing {
            reviewed: review.reviewed_team_id,
            reviewing: review.first_assigned_to(),
            // What has been found, read or taken over stays.
            is_begun: review.done_at.is_some() || review.abandoned_by.is_some() || issues.contains_key(&review.id),
        };
        let standing: Vec<Standing> = of_week.iter().map(standing).collect();
        let changes = rules::rotation(present, history, &standing);
        let there: BTreeSet<Id> = present.iter().map(|team| team.id).collect();
        let is_pointless = |(review, standing): &(&&CodeReview, &Standing)| {
            !standing.is_begun
                && (!there.contains(&review.reviewed_team_id)
                    || !there.contains(&review.reviewing_team_id)
                        && !changes.iter().any(|change| change.reviewed == review.reviewed_team_id))
        };
        let pointless: Vec<Id> = (of_week.iter().zip(&standing).filter(is_pointless))
            .map(|(review, _)| review.id)
            .collect();
        if !pointless.is_empty() {
            store::delete_reviews(conn, &self.staff, &pointless)?;
        }
        let (mut new, mut told) = (Vec::new(), Vec::new());
        for change in changes {
            let before = of_week.iter().find(|review| review.reviewed_team_id == change.reviewed);
            let review = self.review(week.number, &change, before.copied(), due, now);
            told.push(AssignedReview {
                code_review_id: review.id,
                reviewing_team_id: review.reviewing_team_id,
                reviewed_team_id: review.reviewed_team_id,
            });
            match before {
                Some(_) => store::update_review(conn, &review)?,
                None => new.push(review),
            }
        }
        store::insert_reviews(conn, &self.staff, &new)?;
        if told.is_empty() {
            return Ok(());
        }
        let event = RotationEvent {
            kind: RotationChange::Assigned,
            week_id: week.id,
            campus_id: self.cohort.campus_id,
            cohort_id: self.cohort.id,
            week: week.number,
            reviews: told,
        };
        outbox::record(conn, &event, Some(self.staff.person()), now)
    }

    fn review(
        &self,
        week: i32,
        change: &Pairing,
        before: Option<&CodeReview>,
        due: LocalTime,
        now: Instant,
    ) -> CodeReview {
        let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        CodeReview {
            id: before.map_or_else(Id::new, |before| before.id),
            cohort_id: self.cohort.id,
            week_number: week,
            reviewed_team_id: change.reviewed,
            reviewing_team_id: change.reviewing,
            reason: change.reason,
            pairs: number(change.pairs),
            repeats: number(change.repeats),
            due_local: before.map_or(due, |before| before.due_local.max(due)),
            done_at: None,
            abandoned_by: None,
            assigned_by: Some(self.staff.person()),
            version: before.map_or(1, |before| before.version + 1),
            created_at: before.map_or(now, |before| before.created_at),
            updated_at: now,
        }
    }
}

/// The published teams of a cohort that somebody is in, with their members.
fn members(conn: &mut Conn, cohort: Id) -> Result<BTreeMap<Id, ReviewTeam>> {
    let mut teams: BTreeMap<Id, ReviewTeam> = BTreeMap::new();
    for (team, person) in store::members_of_published_teams(conn, cohort)? {
        let empty = || ReviewTeam {
            id: team,
            members: Vec::new(),
        };
        teams.entry(team).or_insert_with(empty).members.push(person);
    }
    Ok(teams)
}
