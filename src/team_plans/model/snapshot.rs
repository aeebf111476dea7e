//! A cohort at one moment, as far as its teams depend on it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::{
    cohorts::model::Phase,
    primitives::Id,
    students::model::PairKind,
    teams::model::{Seated, Span},
};

/// All of a cohort that the teams depend on. Two equal snapshots have the same teams.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// Its weeks, in order.
    pub weeks: Vec<WeekDates>,
    /// Everybody who is or was enrolled.
    pub students: Vec<Student>,
    /// Who misses which week.
    pub absences: BTreeSet<(i32, Id)>,
    /// Who is to be apart, or together.
    pub rules: Vec<Rule>,
    /// The roles of its programme.
    pub roles: Vec<String>,
    /// The rounds that students see.
    pub published: Vec<Seated>,
}

/// A week.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekDates {
    /// From 1.
    pub number: i32,
    /// What it is for.
    pub phase: Phase,
    /// Its first working day.
    pub starts_on: NaiveDate,
    /// Its last week.
    pub ends_on: NaiveDate,
}

/// A student.
#[derive(Clone, Debug, PartialEq)]
pub struct Student {
    /// Id of the person.
    pub id: Id,
    /// Whether they are enrolled now.
    pub enrolled: bool,
    /// 0 to 5, if it is known.
    pub experience: Option<i32>,
    /// What they volunteered.
    pub attributes: BTreeMap<String, String>,
    /// First day.
    pub joined_on: NaiveDate,
    /// Last day.
    pub left_on: Option<NaiveDate>,
}

/// A pair rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its id.
    pub id: Id,
    /// What it asks for.
    pub kind: PairKind,
    /// Of whom.
    pub pair: [Id; 2],
    /// First and last week it holds.
    pub weeks: Span,
}

/// The weeks that somebody misses because they miss most of their working days: more than half of them.
pub fn mostly_missed(
    weeks: &[WeekDates],
    days: &BTreeSet<(NaiveDate, Id)>,
    works_on: impl Fn(NaiveDate) -> bool,
) -> BTreeSet<(i32, Id)> {
    let mut missed = BTreeSet::new();
    for week in weeks {
        let working = week.starts_on.iter_days().take_while(|day| *day <= week.ends_on);
        let working: BTreeSet<NaiveDate> = working.filter(|day| works_on(*day)).collect();
        let mut counts: BTreeMap<Id, usize> = BTreeMap::new();
        for (_, person) in days.iter().filter(|(day, _)| working.contains(day)) {
            *counts.entry(*person).or_default() += 1;
        }
        let mostly = counts.into_iter().filter(|(_, count)| count * 2 > working.len());
        missed.extend(mostly.map(|(person, _)| (week.number, person)));
    }
    missed
}

impl Snapshot {
    /// Whether a student is there in any week of a round.
    pub fn is_present(&self, student: &Student, round: Span) -> bool {
        let there = |week: &WeekDates| !self.absences.contains(&(week.number, student.id));
        self.weeks_of(student, round).any(there)
    }

    /// Whether a student belongs to the cohort in any week of a round, there or absent.
    pub fn belongs(&self, student: &Student, round: Span) -> bool {
        self.weeks_of(student, round).next().is_some()
    }

    /// The weeks of a round from a student's first to the last that they stayed to its end.
    fn weeks_of(&self, student: &Student, round: Span) -> impl Iterator<Item = &WeekDates> {
        let (enrolled, joined_on, left_on) = (student.enrolled, student.joined_on, student.left_on);
        let belongs = move |week: &&WeekDates| {
            let stays = left_on.map_or(enrolled, |last_day| last_day >= week.ends_on);
            round.has(week.number) && joined_on <= week.ends_on && stays
        };
        self.weeks.iter().filter(belongs)
    }

    /// All who are there in any week of a round.
    pub fn present(&self, round: Span) -> BTreeSet<Id> {
        let there = self.students.iter().filter(|student| self.is_present(student, round));
        there.map(|student| student.id).collect()
    }

    /// All who are there in any week of a round and have not left when it ends.
    pub fn staying(&self, round: Span) -> BTreeSet<Id> {
        let end = Span {
            first: round.last,
            ..round
        };
        let stays = |student: &&Student| self.is_present(student, round) && self.belongs(student, end);
        self.students.iter().filter(stays).map(|student| student.id).collect()
    }

    /// Published rounds other than those that share a week with `rounds`.
    pub fn published_besides(&self, rounds: &[Span]) -> impl Iterator<Item = &Seated> {
        let spans = rounds.to_vec();
        let apart = move |seated: &&Seated| !spans.iter().any(|span| span.overlaps(seated.span));
        self.published.iter().filter(apart)
    }
}
