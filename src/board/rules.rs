//! What needs the staff.

mod fairness;

pub use fairness::{average, notes, own_notes, rounded};

use chrono::{Days, NaiveDate};

use super::model::{AttentionItem, AttentionKind};
use crate::{
    checklists::model::Undone,
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
/// How many pairs are named.
const PAIRS_NAMED: usize = 5;

/// Whether an action of this team and owner concerns somebody in `own` team: it is the whole cohort's, their team's or
/// their own, or nobody looks after it and it is of a team they were in before, `earlier`.
pub fn concerns(team: Option<Id>, owner: Option<Id>, (own, earlier): (Option<Id>, &[Id]), person: Id) -> bool {
    let is_left = owner.is_none() && team.is_some_and(|team| earlier.contains(&team));
    team.is_none() || team == own || owner == Some(person) || is_left
}

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
    /// Who misses which week.
    pub absent: Vec<(i32, PersonName)>,
    /// Who misses which day, from today on.
    pub absent_on: Vec<(NaiveDate, PersonName)>,
    /// Whom nobody has heard from, and when they were invited.
    pub invited: Vec<(String, Instant)>,
    /// What is left on checklists of the cohort and of weeks that have begun.
    pub undone: Vec<Undone>,
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
    items.extend(covered.filter_map(|week| facts.mentors(week)));
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
    items.extend(facts.never_met());
    items
}

impl Facts {
    fn item(&self, kind: AttentionKind, title: String, detail: impl Into<String>, path: &str) -> AttentionItem {
        AttentionItem {
            kind,
            week: None,
            person: None,
            team: None,
            title,
            detail: detail.into(),
            href: format!("/v1/cohorts/{}/{path}", self.cohort),
        }
    }

    fn undone(&self, undone: &Undone) -> AttentionItem {
        let Undone { week, name, left } = undone;
        let left = match left {
            1 => format!("1 item of “{name}” is left"),
            several => format!("{several} items of “{name}” are left"),
        };
        let (title, path) = match week {
            Some(week) => (format!("{left} in week {week}"), format!("checklists?week={week}")),
            None => (left, "checklists".into()),
        };
        let detail = "Do what is left, and tick it.";
        AttentionItem {
            week: *week,
            ..self.item(AttentionKind::ChecklistUndone, title, detail, &path)
        }
    }

    fn unpublished(&self, week: &Week) -> AttentionItem {
        let Week { number, starts_on, .. } = week;
        let title = match *starts_on <= self.today {
            true => format!("Week {number} has begun without teams"),
            false => format!("Week {number} has no published teams"),
        };
        let detail = format!("It begins on {starts_on}. Form its teams, or publish a draft.");
        AttentionItem {
            week: Some(*number),
            ..self.item(
                AttentionKind::UnpublishedWeek,
                title,
                detail,
                &format!("board?week={number}"),
            )
        }
    }

    fn left(&self, week: i32, person: &PersonName, team: &TeamName) -> AttentionItem {
        let title = format!("{} is missing in {}", person.name, team.name);
        let detail = "They have left or miss the whole round. Ask for ways to repair its teams.";
        AttentionItem {
            week: Some(week),
            person: Some(person.clone()),
            team: Some(team.clone()),
            href: format!("/v1/teams/{}", team.id),
            ..self.item(AttentionKind::LeftTeam, title, detail, "")
        }
    }

    fn without_team(&self, week: i32, person: &PersonName) -> AttentionItem {
        let title = format!("{} is in no team in week {week}", person.name);
        let detail = "They came after its teams were published. Repair its teams.";
        AttentionItem {
            week: Some(week),
            person: Some(person.clone()),
            ..self.item(AttentionKind::WithoutTeam, title, detail, &format!("board?week={week}"))
        }
    }

    fn no_submission(&self, week: i32, team: &TeamName) -> AttentionItem {
        let title = format!("{} has submitted nothing in week {week}", team.name);
        let detail = "Its work is due. Ask the team, or give it more time.";
        AttentionItem {
            week: Some(week),
            team: Some(team.clone()),
            ..self.item(
                AttentionKind::SubmissionMissing,
                title,
                detail,
                &format!("weeks/{week}/submissions"),
            )
        }
    }

    fn review(&self, review: &Abandoned) -> AttentionItem {
        let Abandoned {
            id,
            week,
            due_on,
            by,
            of,
        } = review;
        let title = format!("{} has not reviewed the work of {} in week {week}", by.name, of.name);
        let detail = format!("It had time until {due_on}. Give it more, or ask another team to take the review over.");
        AttentionItem {
            week: Some(*week),
            team: Some(by.clone()),
            href: format!("/v1/code-reviews/{id}"),
            ..self.item(AttentionKind::ReviewAbandoned, title, detail, "")
        }
    }

    /// Open actions that need somebody for this reason. What is overdue is told as that alone.
    fn actions(&self, kind: AttentionKind) -> impl Iterator<Item = AttentionItem> {
        let why = |action: &OpenAction| match (action.due_on < self.today, &action.owner) {
            (true, _) => Some(AttentionKind::ActionOverdue),
            (false, None) => Some(AttentionKind::ActionUnowned),
            (false, Some(_)) => None,
        };
        self.open_actions
            .iter()
            .filter(move |action| why(action) == Some(kind))
            .map(move |action| self.action(kind, action))
    }

    fn action(&self, kind: AttentionKind, action: &OpenAction) -> AttentionItem {
        let OpenAction { text, due_on, .. } = action;
        let (title, detail) = match (kind, &action.owner) {
            (AttentionKind::ActionOverdue, Some(_)) => (
                format!("Still to be done: {text}"),
                format!("It was to be done by {due_on}. Ask its owner, or drop it with a note."),
            ),
            (AttentionKind::ActionOverdue, None) => (
                format!("Still to be done: {text}"),
                format!(
                    "It was to be done by {due_on}, and nobody looks after it. Find somebody, or drop it with a note."
                ),
            ),
            _ => (
                format!("Nobody looks after: {text}"),
                "Find somebody who does, or drop it with a note.".to_owned(),
            ),
        };
        AttentionItem {
            person: action.owner.clone(),
            team: action.team.clone(),
            href: format!("/v1/actions/{}", action.id),
            ..self.item(kind, title, detail, "")
        }
    }

    fn mentors(&self, facts: &WeekFacts) -> Option<AttentionItem> {
        let Week { number, starts_on, .. } = &facts.week;
        let item = match (facts.mentors_missing, &facts.alone) {
            (missing @ 1.., _) => {
                let title = match missing {
                    1 => format!("Week {number} lacks a mentor"),
                    _ => format!("Week {number} lacks {missing} mentors"),
                };
                let detail = format!("It begins on {starts_on}. Ask alumni to sign up.");
                self.item(AttentionKind::MentorsMissing, title, detail, "mentor-coverage")
            }
            (_, Some(alone)) => {
                let title = format!("{} mentors alone in week {number}", alone.name);
                let detail = format!("It begins on {starts_on}. Find somebody to mentor with them.");
                let item = self.item(AttentionKind::MentorAlone, title, detail, "mentor-coverage");
                AttentionItem {
                    person: Some(alone.clone()),
                    ..item
                }
            }
            _ => return None,
        };
        Some(AttentionItem {
            week: Some(*number),
            ..item
        })
    }

    fn absence(&self, week: i32, person: &PersonName) -> AttentionItem {
        let title = format!("{} misses week {week}", person.name);
        let detail = "Look whether their team can do without them.";
        AttentionItem {
            week: Some(week),
            person: Some(person.clone()),
            ..self.item(AttentionKind::Absence, title, detail, &format!("absences?week={week}"))
        }
    }

    /// Of single days in these weeks, once for each student and week; who misses a week is told of already.
    fn absent_days(&self, weeks: &[i32]) -> Vec<AttentionItem> {
        let mut found: Vec<(i32, &PersonName, Vec<String>)> = Vec::new();
        for (day, person) in &self.absent_on {
            let of_day = |facts: &&WeekFacts| facts.week.span().contains(*day);
            let week = self.weeks.iter().find(of_day).map(|facts| facts.week.number);
            let Some(week) = week.filter(|week| weeks.contains(week)) else {
                continue;
            };
            if self
                .absent
                .iter()
                .any(|(missed, one)| *missed == week && one.id == person.id)
            {
                continue;
            }
            match found.iter_mut().find(|(of, one, _)| *of == week && one.id == person.id) {
                Some((_, _, days)) => days.push(day.to_string()),
                None => found.push((week, person, vec![day.to_string()])),
            }
        }
        let item = |(week, person, days): (i32, &PersonName, Vec<String>)| AttentionItem {
            week: Some(week),
            person: Some(person.clone()),
            ..self.item(
                AttentionKind::Absence,
                format!("{} misses {}", person.name, days.join(", ")),
                "Look whether their team can do without them on those days.",
                "day-absences",
            )
        };
        found.into_iter().map(item).collect()
    }

    fn unanswered(&self, name: &str, at: Instant) -> AttentionItem {
        let title = format!("{name} has not answered the invitation");
        let detail = format!("It was sent on {}. Send it again, or ask them.", at.date());
        self.item(
            AttentionKind::InvitationUnanswered,
            title,
            detail,
            "invitations?status=pending",
        )
    }

    /// From the middle of the cohort on.
    fn never_met(&self) -> Option<AttentionItem> {
        let is_over = |week: &&WeekFacts| week.week.ends_on < self.today;
        let pairs = self.never_met.len();
        if pairs == 0 || self.weeks.iter().filter(is_over).count() * 2 < self.weeks.len() {
            return None;
        }
        let title = match pairs {
            1 => "Two students have never worked together".to_owned(),
            _ => format!("{pairs} pairs of students have never worked together"),
        };
        let named = self.never_met.iter().take(PAIRS_NAMED);
        let named: Vec<String> = named.map(|[a, b]| format!("{} and {}", a.name, b.name)).collect();
        let more = match pairs - named.len() {
            0 => String::new(),
            more => format!("; and {more} more pairs"),
        };
        let detail = format!("{}{more}.", named.join("; "));
        Some(self.item(AttentionKind::NeverMet, title, detail, "encounters"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohorts::model::Phase;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, number).unwrap()
    }

    fn week(number: i32, first: u32) -> Week {
        Week {
            id: Id::new(),
            cohort_id: Id::new(),
            number,
            phase: Phase::Core,
            topic: Line::parse("Servers").unwrap(),
            starts_on: day(first),
            ends_on: day(first + 4),
            project_id: Some(Id::new()),
            version: 1,
        }
    }

    fn facts(today: u32) -> Facts {
        let covered = |week| WeekFacts {
            week,
            is_published: true,
            mentors_missing: 0,
            alone: None,
        };
        Facts {
            cohort: Id::new(),
            today: day(today),
            weeks: [(1, 1), (2, 8), (3, 15), (4, 22)]
                .map(|(number, first)| covered(week(number, first)))
                .into(),
            gone: Vec::new(),
            unplaced: Vec::new(),
            unsubmitted: Vec::new(),
            abandoned: Vec::new(),
            open_actions: Vec::new(),
            absent: Vec::new(),
            absent_on: Vec::new(),
            invited: Vec::new(),
            undone: Vec::new(),
            never_met: Vec::new(),
        }
    }

    fn somebody(name: &str) -> PersonName {
        PersonName {
            id: Id::new(),
            name: name.into(),
        }
    }

    fn told(facts: &Facts) -> Vec<(AttentionKind, Option<i32>)> {
        attention(facts)
            .into_iter()
            .map(|item| (item.kind, item.week))
            .collect()
    }

    #[test]
    fn what_is_left_on_a_checklist_is_told_in_words() {
        let undone = |week, left| Undone {
            week,
            name: Line::parse("To do").unwrap(),
            left,
        };
        let mut facts = facts(8);
        facts.undone = vec![undone(None, 1), undone(Some(2), 3)];
        let titles: Vec<String> = attention(&facts).into_iter().map(|item| item.title).collect();
        assert_eq!(
            titles,
            ["1 item of “To do” is left", "3 items of “To do” are left in week 2"]
        );
    }

    #[test]
    fn weeks_without_teams_are_told_a_week_before_and_until_they_are_over() {
        for (today, numbers) in [
            (1, vec![1, 2]),
            (5, vec![1, 2]),
            (7, vec![2]),
            (8, vec![2, 3]),
            (27, vec![]),
        ] {
            let mut facts = facts(today);
            facts.weeks.iter_mut().for_each(|week| week.is_published = false);
            let expected: Vec<_> = numbers
                .iter()
                .map(|week| (AttentionKind::UnpublishedWeek, Some(*week)))
                .collect();
            assert_eq!(told(&facts), expected, "on {today} March");
            // A week that builds nothing needs no teams.
            facts.weeks.iter_mut().for_each(|week| week.week.project_id = None);
            assert_eq!(told(&facts), []);
        }
    }

    #[test]
    fn a_gap_counts_more_than_being_alone() {
        let mut facts = facts(1);
        facts.weeks[1].mentors_missing = 1;
        facts.weeks[1].alone = Some(somebody("Mona"));
        facts.weeks[2].alone = Some(somebody("Mona"));
        let expected = [
            (AttentionKind::MentorsMissing, Some(2)),
            (AttentionKind::MentorAlone, Some(3)),
        ];
        assert_eq!(told(&facts), expected);
        facts.today = day(20);
        assert_eq!(told(&facts), []);
    }

    #[test]
    fn work_is_missed_until_a_week_after_its_week() {
        for (today, numbers) in [
            (1, vec![1]),
            (12, vec![1, 2]),
            (13, vec![2]),
            (15, vec![2, 3]),
            (30, vec![4]),
        ] {
            assert_eq!(
                weeks_to_submit_in(&facts(today).weeks, day(today)),
                numbers,
                "on {today} March"
            );
        }
        let mut unpublished = facts(1);
        unpublished.weeks.iter_mut().for_each(|week| week.is_published = false);
        assert!(weeks_to_submit_in(&unpublished.weeks, day(1)).is_empty());
    }

    #[test]
    fn a_review_is_told_for_a_week_after_its_time() {
        for (today, is_told) in [(9, true), (15, true), (16, false)] {
            let mut facts = facts(today);
            let team = |name: &str| TeamName {
                id: Id::new(),
                name: Line::parse(name).unwrap(),
            };
            facts.abandoned = vec![Abandoned {
                id: Id::new(),
                week: 1,
                due_on: day(8),
                by: team("Red"),
                of: team("Blue"),
            }];
            let titles: Vec<String> = attention(&facts).into_iter().map(|item| item.title).collect();
            let expected = is_told.then_some("Red has not reviewed the work of Blue in week 1");
            assert_eq!(titles, Vec::from_iter(expected), "on {today} March");
        }
    }

    #[test]
    fn actions_are_told_when_they_are_overdue_or_nobodys() {
        for (due, owner, kind) in [
            (8, Some("Amal"), None),
            (8, None, Some(AttentionKind::ActionUnowned)),
            (7, Some("Amal"), Some(AttentionKind::ActionOverdue)),
            (7, None, Some(AttentionKind::ActionOverdue)),
        ] {
            let mut facts = facts(8);
            facts.open_actions = vec![OpenAction {
                id: Id::new(),
                text: Line::parse("Pair more").unwrap(),
                team: None,
                owner: owner.map(somebody),
                due_on: day(due),
            }];
            let kinds: Vec<AttentionKind> = attention(&facts).into_iter().map(|item| item.kind).collect();
            assert_eq!(kinds, Vec::from_iter(kind), "due on {due} March, of {owner:?}");
        }
    }

    #[test]
    fn absences_are_told_of_this_week_and_the_next() {
        let mut facts = facts(8);
        facts.absent = [1, 2, 3, 4].map(|week| (week, somebody("Amal"))).into();
        assert_eq!(
            told(&facts),
            [(AttentionKind::Absence, Some(2)), (AttentionKind::Absence, Some(3))]
        );
    }

    #[test]
    fn pairs_are_counted_from_the_middle_on() {
        let mut facts = facts(13);
        facts.never_met = (0..7).map(|_| [somebody("Amal"), somebody("Basma")]).collect();
        let [item] = attention(&facts).try_into().unwrap();
        assert_eq!(item.title, "7 pairs of students have never worked together");
        assert!(item.detail.ends_with("; and 2 more pairs."), "{}", item.detail);
        facts.today = day(12);
        assert_eq!(told(&facts), []);
    }

    #[test]
    fn an_invitation_is_waited_for_three_days() {
        let mut facts = facts(8);
        let at = |text: &str| ("Dina".to_owned(), Instant::parse(text).unwrap());
        facts.invited = vec![at("2027-03-05T09:00:00Z"), at("2027-03-06T09:00:00Z")];
        assert_eq!(told(&facts), [(AttentionKind::InvitationUnanswered, None)]);
    }
}
