//! When reviews are due, who may take one over, and what is told of them.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime};

use crate::{
    error::{Code, Error, Result},
    primitives::{Id, LocalTime},
    work::model::{AssignmentReason, CodeReview, ReviewStatus},
};

/// Whoever is given a review has at least so many days.
const LEAST: Days = Days::new(2);

/// Until when a team has time for its review, unless staff say otherwise: at 17:00 on the first day of the next week, or
/// three days after the last one, and at least two days.
pub fn review_due(week_ends_on: NaiveDate, next_starts_on: Option<NaiveDate>, today: NaiveDate) -> LocalTime {
    let usual = next_starts_on.unwrap_or(week_ends_on + Days::new(3));
    at_five(usual.max(today + LEAST))
}

/// The same for a team that takes over a review of which the time has passed.
pub fn taken_over_due(today: NaiveDate) -> LocalTime {
    at_five(today + LEAST)
}

fn at_five(day: NaiveDate) -> LocalTime {
    LocalTime::on(day, NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default())
}

/// A team may take over a review whose time has passed, unless it is its own.
///
/// # Errors
/// `409` if it is not abandoned, or is of or by this team.
pub fn may_be_taken_over(review: &CodeReview, status: ReviewStatus, by: Id) -> Result<()> {
    let why = match status {
        _ if review.reviewed_team_id == by => "This is a review of your own team's work: another team takes it over.",
        ReviewStatus::Done => "The review is done.",
        ReviewStatus::Assigned => "The team that has this review still has time for it.",
        ReviewStatus::Abandoned if review.reviewing_team_id == by => {
            "This review is your team's already. Raise an issue, or say that it is done."
        }
        ReviewStatus::Abandoned => return Ok(()),
    };
    Err(Error::new(Code::Conflict, why))
}

/// What a team was given to review, and what of it it did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Given to it by rotation, or taken over.
    pub assigned: usize,
    pub done: usize,
}

/// The load of each team that has one. A review that another team took over stays among those its first team was given.
pub fn load(reviews: &[CodeReview]) -> BTreeMap<Id, Load> {
    let mut loads: BTreeMap<Id, Load> = BTreeMap::new();
    for review in reviews {
        loads.entry(review.first_assigned_to()).or_default().assigned += 1;
        let now = loads.entry(review.reviewing_team_id).or_default();
        now.assigned += usize::from(review.abandoned_by.is_some());
        now.done += usize::from(review.done_at.is_some());
    }
    loads
}

/// What somebody was given to review with their teams, what of it they did, and how often their own work was reviewed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewShare {
    /// Reviews that their teams were given.
    pub assigned: usize,
    /// Reviews that their teams did.
    pub done: usize,
    /// Reviews of their teams' work that were done.
    pub had: usize,
}

/// Everybody's share, by team and person of everybody in a team.
pub fn shares(reviews: &[CodeReview], members: &[(Id, Id)]) -> BTreeMap<Id, ReviewShare> {
    let mut of_teams: BTreeMap<Id, ReviewShare> = BTreeMap::new();
    for (team, load) in load(reviews) {
        let share = of_teams.entry(team).or_default();
        (share.assigned, share.done) = (load.assigned, load.done);
    }
    for review in reviews.iter().filter(|review| review.done_at.is_some()) {
        of_teams.entry(review.reviewed_team_id).or_default().had += 1;
    }
    let mut shares: BTreeMap<Id, ReviewShare> = BTreeMap::new();
    for (team, person) in members {
        let of_team = of_teams.get(team).copied().unwrap_or_default();
        let share = shares.entry(*person).or_default();
        share.assigned += of_team.assigned;
        share.done += of_team.done;
        share.had += of_team.had;
    }
    shares
}

/// Why this team reviews that one, in sentences.
pub fn why(review: &CodeReview) -> String {
    let repeats = match (review.repeats, review.pairs) {
        (0, _) => "Nobody of the reviewing team had reviewed anybody of the reviewed team before.".to_owned(),
        (repeats, pairs) => format!(
            "Of {pairs} pairs of a reviewer and somebody reviewed, {repeats} had reviewed so before; no other way to share \
             out the reviews had fewer repeats in all."
        ),
    };
    match review.reason {
        AssignmentReason::Rotation => repeats,
        AssignmentReason::Joined => {
            format!("The teams changed after the reviews were shared out, and this was the smallest change. {repeats}")
        }
        AssignmentReason::TakenOver => {
            "The team that had the review let its time pass, and this team took it over.".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::Instant;

    fn review(reviewed: Id, reviewing: Id, abandoned_by: Option<Id>, is_done: bool) -> CodeReview {
        let now = Instant::now();
        CodeReview {
            id: Id::new(),
            cohort_id: Id::new(),
            week_number: 1,
            reviewed_team_id: reviewed,
            reviewing_team_id: reviewing,
            reason: AssignmentReason::Rotation,
            pairs: 9,
            repeats: 0,
            due_local: LocalTime::parse("2026-03-09T17:00").unwrap(),
            done_at: is_done.then_some(now),
            abandoned_by,
            assigned_by: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    #[test]
    fn reviewers_have_until_the_next_week_and_two_days_at_least() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        for (next, today, due) in [
            (Some(day(9)), day(6), "2026-03-09T17:00:00"),
            (Some(day(16)), day(6), "2026-03-16T17:00:00"),
            (None, day(6), "2026-03-09T17:00:00"),
            (Some(day(9)), day(8), "2026-03-10T17:00:00"),
            (Some(day(9)), day(20), "2026-03-22T17:00:00"),
        ] {
            assert_eq!(review_due(day(6), next, today).to_string(), due);
        }
        assert_eq!(taken_over_due(day(9)).to_string(), "2026-03-11T17:00:00");
    }

    #[test]
    fn what_was_given_and_what_was_done_are_counted_apart() {
        let [a, b, c] = [Id::new(), Id::new(), Id::new()];
        let reviews = [
            review(b, a, None, true),
            review(c, b, None, false),
            review(a, b, Some(c), true),
        ];
        let loads: Vec<Load> = load(&reviews).into_values().collect();
        let load = |assigned, done| Load { assigned, done };
        assert_eq!(loads, [load(1, 1), load(2, 1), load(1, 0)]);
    }

    #[test]
    fn only_what_nobody_does_is_taken_over_and_by_another_team() {
        use ReviewStatus::{Abandoned, Assigned, Done};
        let [reviewed, reviewing, other] = [Id::new(), Id::new(), Id::new()];
        let one = review(reviewed, reviewing, None, false);
        for (status, by, may) in [
            (Abandoned, other, true),
            (Abandoned, reviewing, false),
            (Abandoned, reviewed, false),
            (Assigned, other, false),
            (Done, other, false),
        ] {
            assert_eq!(may_be_taken_over(&one, status, by).is_ok(), may, "{status:?}");
        }
    }

    #[test]
    fn everybody_shares_what_their_teams_gave_and_had() {
        let [one, other, third] = [(); 3].map(|()| Id::new());
        let [amal, basma] = [(); 2].map(|()| Id::new());
        let reviews = [review(one, other, None, true), review(third, one, Some(other), true)];
        let found = shares(&reviews, &[(one, amal), (other, basma), (third, amal)]);
        let share = |assigned, done, had| ReviewShare { assigned, done, had };
        assert_eq!((found[&amal], found[&basma]), (share(1, 1, 2), share(2, 1, 0)));
    }
}
