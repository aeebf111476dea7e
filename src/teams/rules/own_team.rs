//! Why somebody is in their team, for students: a function of published teams alone. It is given
//! nothing else, so that neither what it says nor what it leaves out can tell of pair rules, balance
//! or drafts.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    primitives::Id,
    teams::model::{Company, Names, PersonName, Seated},
};

/// What the published teams tell of somebody's place in one of them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "TeamExplanation")]
pub struct OwnTeam {
    /// The person.
    pub person: PersonName,
    /// The first week of the round.
    pub first_week: i32,
    /// Last week of the round.
    pub last_week: i32,
    /// Role and company.
    #[serde(flatten)]
    pub company: Company,
    /// With how many different people they have worked by then, this team included.
    pub met: usize,
    /// The same in sentences.
    pub text: String,
}

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The person whom it is about.
    Themself,
    /// Somebody else.
    Another,
}

/// Explains the team of `person` in `round`, after the published rounds `before` it.
pub fn own_team(person: Id, told: Told, round: &Seated, before: &[&Seated], names: &Names) -> OwnTeam {
    let company = Company::of(person, round, before, names);
    let rounds = before.iter().copied().chain([round]);
    let mut met: Vec<Id> = rounds.flat_map(|round| round.mates(person)).collect();
    met.sort_unstable();
    met.dedup();
    let person = names.of(person);
    OwnTeam {
        first_week: round.span.first,
        last_week: round.span.last,
        met: met.len(),
        text: text(told, &person.name, &company, met.len()),
        person,
        company,
    }
}

fn text(told: Told, name: &str, company: &Company, met: usize) -> String {
    let mut sentences = Vec::new();
    let (works, role_is, has_been) = match told {
        Told::Themself => ("You work".to_owned(), "Your role is", "you have been".to_owned()),
        Told::Another => (format!("{name} works"), "The role is", format!("{name} has been")),
    };
    let fresh = company.with.iter().filter(|mate| mate.met_before == 0);
    let fresh: Vec<&str> = fresh.map(|mate| mate.person.name.as_str()).collect();
    if !fresh.is_empty() {
        sentences.push(format!("{works} with {} for the first time.", list(&fresh)));
    }
    for mate in company.with.iter().filter(|mate| mate.met_before > 0) {
        let weeks: Vec<String> = mate.weeks.iter().map(ToString::to_string).collect();
        let weeks: Vec<&str> = weeks.iter().map(String::as_str).collect();
        let word = if weeks.len() == 1 { "week" } else { "weeks" };
        sentences.push(format!(
            "With {} again, after {word} {}.",
            mate.person.name,
            list(&weeks)
        ));
    }
    if let Some(role) = &company.role {
        let role = role.replace('_', " ");
        sentences.push(match company.role_before {
            0 => format!("{role_is} {role}, for the first time."),
            1 => format!("{role_is} {role}, as once before."),
            times => format!("{role_is} {role}, as {times} times before."),
        });
    }
    let people = if met == 1 { "person" } else { "people" };
    sentences.push(format!("So far, {has_been} in teams with {met} different {people}."));
    sentences.push(
        "Teams are formed for many weeks at once, so that everybody works with as many different people as \
         possible and has every role about equally often."
            .into(),
    );
    sentences.join(" ")
}

fn list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::teams::model::{Seat, Span};

    #[test]
    fn says_who_is_new_and_who_comes_again() {
        let ids: Vec<Id> = (0..4).map(|_| Id::new()).collect();
        let names: Names = ids
            .iter()
            .zip(["Amal", "Basma", "Chen", "Dina"])
            .map(|(id, name)| PersonName {
                id: *id,
                name: name.into(),
            })
            .collect();
        let round = |week, people: &[usize]| Seated {
            span: Span {
                first: week,
                last: week,
            },
            teams: vec![
                people
                    .iter()
                    .map(|at| Seat {
                        person: ids[*at],
                        role: Some("ux_lead".into()),
                    })
                    .collect(),
            ],
        };
        let before = round(1, &[0, 1]);
        let tell = |told| own_team(ids[0], told, &round(2, &[0, 1, 2, 3]), &[&before], &names);
        let told = tell(Told::Another);
        assert_eq!((told.met, told.company.fresh, told.company.repeats), (3, 2, 1));
        assert!(
            told.text.starts_with(
                "Amal works with Chen and Dina for the first time. With Basma again, after week 1. The role is ux \
                 lead, as once before. So far, Amal has been in teams with 3 different people."
            ),
            "{}",
            told.text
        );
        let own = tell(Told::Themself).text;
        assert!(
            own.starts_with(
                "You work with Chen and Dina for the first time. With Basma again, after week 1. Your role is ux lead, as \
                 once before. So far, you have been in teams with 3 different people."
            ),
            "{own}"
        );
    }
}
