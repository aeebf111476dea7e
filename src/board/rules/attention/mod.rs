//! What needs the staff.

mod items;

use chrono::{Days, NaiveDate};

use crate::{
    admissions::model::Unfinished,
    board::model::{AttentionItem, AttentionKind},
    careers::model::NamedRole,
    checklists::model::Undone,
    clients::model::OverdueClient,
    cohorts::model::Week,
    primitives::{Id, Instant, Line},
    teams::model::{PersonName, TeamName},
    work::model::Abandoned,
};

/// How long before a week begins its teams should be published.
const TEAMS_BEFORE: Days = Days::new(7);
/// How long before a week begins its mentors should be found.
const MENTORS_BEFORE: Days = Days::new(21);
/// How long an invitation may lie before the staff look into it.
const ANSWER_WITHIN: Days = Days::new(3);
/// How long after its end a week without a submission is told, and a review after its time.
const MISSED_FOR: Days = Days::new(7);

/// The weeks whose work may be due and missing: those with published teams that have begun and ended at most a week ago.
pub fn weeks_to_submit_in(weeks: &[WeekFacts], today: NaiveDate) -> Vec<i32> {
    let is_recent = |week: &&WeekFacts| {
        week.is_published && week.week.starts_on <= today && today <= week.week.ends_on + MISSED_FOR
    };
    weeks.iter().filter(is_recent).map(|week| week.week.number).collect()
}

/// What is known of a cohort that may need its staff.
pub struct Facts {
    pub cohort: Id,
    pub today: NaiveDate,
    /// Its weeks, in order.
    pub weeks: Vec<WeekFacts>,
    /// Who is gone from published teams: the first week of the round, who, and their team.
    pub gone: Vec<(i32, PersonName, TeamName)>,
    /// Who is in no team of a published round, by its first week.
    pub unplaced: Vec<(i32, PersonName)>,
    /// Which teams have submitted nothing in a week though it is due.
    pub unsubmitted: Vec<(i32, TeamName)>,
    /// The code reviews whose time has passed.
    pub abandoned: Vec<Abandoned>,
    /// What is still to be done.
    pub open_actions: Vec<OpenAction>,
    /// What is left to do of its admissions.
    pub admissions: Unfinished,
    /// Who misses which week.
    pub absent: Vec<(i32, PersonName)>,
    /// Who misses which day, from today on.
    pub absent_on: Vec<(NaiveDate, PersonName)>,
    /// Whom nobody has heard from, and when they were invited.
    pub invited: Vec<(String, Instant)>,
    /// What is left on checklists of the cohort and of weeks that have begun.
    pub undone: Vec<Undone>,
    /// Clients of the campus whose next step is awaited for too long.
    pub clients: Vec<OverdueClient>,
    /// Roles at employers of the campus that nobody has approved yet.
    pub roles: Vec<NamedRole>,
    /// Students who have not been in one team yet.
    pub never_met: Vec<[PersonName; 2]>,
}

/// Something that is still to be done.
pub struct OpenAction {
    pub id: Id,
    pub text: Line,
    pub team: Option<TeamName>,
    pub owner: Option<PersonName>,
    /// The day by which it is to be done.
    pub due_on: NaiveDate,
}

/// What is known of a week.
pub struct WeekFacts {
    pub week: Week,
    /// Whether students see its teams.
    pub is_published: bool,
    /// Mentors missing.
    pub mentors_missing: i32,
    /// Whether one mentor would be alone.
    pub alone: Option<PersonName>,
    /// Those of its mentors who often did not come where they were expected, and how often.
    pub often_missed: Vec<(PersonName, i64)>,
}

impl WeekFacts {
    fn begins_within(&self, today: NaiveDate, days: Days) -> bool {
        self.week.ends_on >= today && self.week.starts_on <= today + days
    }
}

/// What needs the staff, the most urgent kind first and each kind by week.
pub fn attention(facts: &Facts) -> Vec<AttentionItem> {
    let weeks = facts.weeks.iter();
    let soon = weeks
        .clone()
        .filter(|week| week.begins_within(facts.today, TEAMS_BEFORE));
    let covered = weeks.filter(|week| week.begins_within(facts.today, MENTORS_BEFORE));
    let unpublished = soon
        .clone()
        .filter(|week| week.week.project_id.is_some() && !week.is_published);
    let soon: Vec<i32> = soon.map(|week| week.week.number).collect();
    let mut items: Vec<AttentionItem> = unpublished.map(|week| facts.unpublished(&week.week)).collect();
    items.extend(
        facts
            .gone
            .iter()
            .map(|(week, person, team)| facts.left(*week, person, team)),
    );
    items.extend(
        facts
            .unplaced
            .iter()
            .map(|(week, person)| facts.without_team(*week, person)),
    );
    items.extend(
        facts
            .unsubmitted
            .iter()
            .map(|(week, team)| facts.no_submission(*week, team)),
    );
    let is_recent = |review: &&Abandoned| facts.today <= review.due_on + MISSED_FOR;
    items.extend(
        facts
            .abandoned
            .iter()
            .filter(is_recent)
            .map(|review| facts.review(review)),
    );
    items.extend(facts.actions(AttentionKind::ActionOverdue));
    items.extend(facts.actions(AttentionKind::ActionUnowned));
    items.extend(covered.clone().filter_map(|week| facts.mentors(week)));
    items.extend(covered.flat_map(|week| facts.often_missed(week)));
    items.extend(facts.admissions());
    let absent = facts.absent.iter().filter(|(week, _)| soon.contains(week));
    items.extend(absent.map(|(week, person)| facts.absence(*week, person)));
    items.extend(facts.absent_days(&soon));
    let waited = |invited: &&(String, Instant)| invited.1.date() + ANSWER_WITHIN <= facts.today;
    items.extend(
        facts
            .invited
            .iter()
            .filter(waited)
            .map(|(name, at)| facts.unanswered(name, *at)),
    );
    items.extend(facts.undone.iter().map(|undone| facts.undone(undone)));
    items.extend(facts.clients.iter().map(|client| facts.client(client)));
    items.extend(facts.roles.iter().map(|role| facts.role(role)));
    items.extend(facts.never_met());
    items
}

#[cfg(test)]
mod tests;
