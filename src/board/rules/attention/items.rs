//! What the staff are told, in words.

use super::{Facts, OpenAction, WeekFacts};
use crate::{
    admissions::model::Overdue,
    board::model::{AttentionItem, AttentionKind},
    careers::model::NamedRole,
    checklists::model::Undone,
    clients::model::{ClientStatus, OverdueClient, Party},
    cohorts::model::Week,
    primitives::Instant,
    teams::model::{PersonName, TeamName},
    work::model::Abandoned,
};

/// How many pairs are named.
const PAIRS_NAMED: usize = 5;

impl Facts {
    fn item(&self, kind: AttentionKind, title: String, detail: impl Into<String>, path: &str) -> AttentionItem {
        AttentionItem {
            kind,
            week: None,
            person: None,
            team: None,
            about: None,
            title,
            detail: detail.into(),
            href: format!("/v1/cohorts/{}/{path}", self.cohort),
        }
    }

    /// When a week begins or began.
    fn begins(&self, week: &Week) -> String {
        let begins = match week.starts_on <= self.today {
            true => "began",
            false => "begins",
        };
        format!("It {begins} on {}.", week.starts_on)
    }

    /// What is left to do of its admissions.
    pub(super) fn admissions(&self) -> impl Iterator<Item = AttentionItem> {
        let undecided = self.admissions.undecided.map(|Overdue { day, count }| {
            let title = match count {
                1 => "1 application waits for a decision".to_owned(),
                _ => format!("{count} applications wait for a decision"),
            };
            let detail = format!("Decisions were to be told by {day}. Decide, or change the day in the intake.");
            self.item(AttentionKind::DecisionsOverdue, title, detail, "admission-ranking")
        });
        let unnoted = self.admissions.unnoted.map(|Overdue { day, count }| {
            let title = match count {
                1 => "Nobody has noted whether 1 applicant came to the trial week".to_owned(),
                _ => format!("Nobody has noted whether {count} applicants came to the trial week"),
            };
            let detail = format!("It was over on {day}. Note who attended and who missed it.");
            let path = "applications?status=submitted&trial=invited";
            self.item(AttentionKind::TrialUnnoted, title, detail, path)
        });
        undecided.into_iter().chain(unnoted)
    }

    pub(super) fn undone(&self, undone: &Undone) -> AttentionItem {
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
            about: Some(name.to_string()),
            ..self.item(AttentionKind::ChecklistUndone, title, detail, &path)
        }
    }

    pub(super) fn unpublished(&self, week: &Week) -> AttentionItem {
        let Week { number, starts_on, .. } = week;
        let title = match *starts_on <= self.today {
            true => format!("Week {number} has begun without teams"),
            false => format!("Week {number} has no published teams"),
        };
        let detail = format!("{} Form its teams, or publish a draft.", self.begins(week));
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

    pub(super) fn left(&self, week: i32, person: &PersonName, team: &TeamName) -> AttentionItem {
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

    pub(super) fn without_team(&self, week: i32, person: &PersonName) -> AttentionItem {
        let title = format!("{} is in no team in week {week}", person.name);
        let detail = "They came after its teams were published. Repair its teams.";
        AttentionItem {
            week: Some(week),
            person: Some(person.clone()),
            ..self.item(AttentionKind::WithoutTeam, title, detail, &format!("board?week={week}"))
        }
    }

    pub(super) fn no_submission(&self, week: i32, team: &TeamName) -> AttentionItem {
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

    pub(super) fn review(&self, review: &Abandoned) -> AttentionItem {
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
    pub(super) fn actions(&self, kind: AttentionKind) -> impl Iterator<Item = AttentionItem> {
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
            about: Some(text.to_string()),
            href: format!("/v1/actions/{}", action.id),
            ..self.item(kind, title, detail, "")
        }
    }

    pub(super) fn mentors(&self, facts: &WeekFacts) -> Option<AttentionItem> {
        let (number, begins) = (facts.week.number, self.begins(&facts.week));
        let item = match (facts.mentors_missing, &facts.alone) {
            (missing @ 1.., _) => {
                let title = match missing {
                    1 => format!("Week {number} lacks a mentor"),
                    _ => format!("Week {number} lacks {missing} mentors"),
                };
                let detail = format!("{begins} Ask alumni to sign up.");
                self.item(AttentionKind::MentorsMissing, title, detail, "mentor-coverage")
            }
            (_, Some(alone)) => {
                let title = format!("{} mentors alone in week {number}", alone.name);
                let detail = format!("{begins} Find somebody to mentor with them.");
                let item = self.item(AttentionKind::MentorAlone, title, detail, "mentor-coverage");
                AttentionItem {
                    person: Some(alone.clone()),
                    ..item
                }
            }
            _ => return None,
        };
        Some(AttentionItem {
            week: Some(number),
            ..item
        })
    }

    pub(super) fn often_missed(&self, facts: &WeekFacts) -> impl Iterator<Item = AttentionItem> {
        let number = facts.week.number;
        facts.often_missed.iter().map(move |(mentor, times)| AttentionItem {
            week: Some(number),
            person: Some(mentor.clone()),
            ..self.item(
                AttentionKind::MentorOftenMissed,
                format!("{} mentors in week {number}", mentor.name),
                format!(
                    "They were expected and did not come {times} times within a year. Ask whether they come, or find \
                     somebody besides."
                ),
                "mentor-coverage",
            )
        })
    }

    pub(super) fn absence(&self, week: i32, person: &PersonName) -> AttentionItem {
        let title = format!("{} misses week {week}", person.name);
        let detail = "Look whether their team can do without them.";
        AttentionItem {
            week: Some(week),
            person: Some(person.clone()),
            ..self.item(AttentionKind::Absence, title, detail, &format!("absences?week={week}"))
        }
    }

    /// Of single days in these weeks, once for each student and week; who misses a week is told of already.
    pub(super) fn absent_days(&self, weeks: &[i32]) -> Vec<AttentionItem> {
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

    pub(super) fn unanswered(&self, name: &str, at: Instant) -> AttentionItem {
        let title = format!("{name} has not answered the invitation");
        let detail = format!("It was sent on {}. Send it again, or ask them.", at.date());
        let item = self.item(
            AttentionKind::InvitationUnanswered,
            title,
            detail,
            "invitations?status=pending",
        );
        AttentionItem {
            about: Some(name.to_owned()),
            ..item
        }
    }

    pub(super) fn client(&self, client: &OverdueClient) -> AttentionItem {
        let waits = match (client.waits_for, client.status) {
            (Party::Staff, _) => "has waited for your next step",
            (Party::Owner, ClientStatus::AgreementSent) => "has not signed the agreement",
            (Party::Owner, ClientStatus::ResearchAsked) => "has not sent its user research",
            (Party::Owner, ClientStatus::Completed) => "has not given feedback",
            (Party::Owner, _) => "has not booked a workshop",
        };
        let title = format!("{} {waits} since {}", client.name, client.since);
        let stands = format!("It has been `{}` since {}", client.status.as_str(), client.since);
        let detail = match (client.waits_for, client.status) {
            (Party::Staff, _) => format!("{stands}. Take the next step, or withdraw it."),
            (Party::Owner, ClientStatus::Completed) => {
                format!("{stands}, and its product owners have not given feedback yet. Ask them.")
            }
            (Party::Owner, _) => {
                format!("{stands}, and its product owners have been reminded. Ask them, or withdraw it.")
            }
        };
        AttentionItem {
            about: Some(client.name.to_string()),
            href: format!("/v1/clients/{}", client.id),
            ..self.item(AttentionKind::ClientWaiting, title, detail, "")
        }
    }

    pub(super) fn role(&self, (role, employer): &NamedRole) -> AttentionItem {
        let title = format!("A role at {employer} waits to be approved: {}", role.title);
        let detail = format!(
            "Read it, then publish it or close it. It expires on {}.",
            role.expires_on
        );
        AttentionItem {
            about: Some(role.title.to_string()),
            href: format!("/v1/roles/{}", role.id),
            ..self.item(AttentionKind::RoleUnapproved, title, detail, "")
        }
    }

    /// From the middle of the cohort on.
    pub(super) fn never_met(&self) -> Option<AttentionItem> {
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
