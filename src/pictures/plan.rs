//! A plan at a glance: a row for every round, a column for every team, so that it fits on one page.

use std::collections::BTreeMap;

use super::{INK, LETTER, Picture, short, shortened, width_of};
use crate::{
    accounts::model::PersonCard,
    team_plans::model::Report,
    teams::model::{Encounter, FullRound, FullTeam, Member},
};

const TOP: usize = 56;
const LINE: usize = 16;
/// Room for the weeks at the left.
const WEEKS: usize = 84;
const PADDING: usize = 8;

/// What the picture shows.
pub struct PlanPicture<'a> {
    /// What the cohort is called.
    pub cohort: &'a str,
    /// The plan's rounds, in order.
    pub rounds: &'a [FullRound],
    /// What the plan is worth.
    pub report: &'a Report,
    /// Who meets whom in which rounds, those before the plan included.
    pub met: &'a [Encounter],
}

/// The picture, as an SVG document.
pub fn plan(shown: &PlanPicture) -> String {
    let cells: Vec<Vec<Cell>> = shown
        .rounds
        .iter()
        .map(|round| {
            round
                .teams
                .iter()
                .map(|team| Cell::of(team, round, shown.met))
                .collect()
        })
        .collect();
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let lines = cells.iter().flatten().flat_map(|cell| &cell.lines);
    let column = width_of(lines.map(String::as_str)).max(10 * LETTER) + 2 * PADDING;
    let heights = cells.iter().map(|row| height(row)).collect::<Vec<_>>();
    let away: Vec<Option<String>> = shown.rounds.iter().map(|round| away(round, shown.rounds)).collect();
    let size = (
        (16 + WEEKS + columns * column + 16).max(420),
        TOP + heights.iter().sum::<usize>() + LINE * away.iter().flatten().count() + 48,
    );
    let title = format!("Teams of {}", shown.cohort);
    let mut picture = Picture::new(size, &title, &description(shown, columns));
    let mut y = TOP;
    for (((row, round), height), away) in cells.iter().zip(shown.rounds).zip(heights).zip(away) {
        weeks(&mut picture, y, round);
        for (at, cell) in row.iter().enumerate() {
            cell.draw(&mut picture, (16 + WEEKS + at * column, y), (column, height));
        }
        y += height;
        if let Some(away) = away {
            let at = (16 + WEEKS + PADDING, y + LINE - 4);
            let fitting = shortened(&away, (size.0 - at.0 - 16) / LETTER);
            picture.text(at, &format!("fill=\"{INK}\" font-size=\"11\""), &fitting);
            y += LINE;
        }
    }
    let key = "A dot before a name: has been in a team with somebody of this team before.";
    picture.text((16, y + 28), &format!("fill=\"{INK}\" font-size=\"11\""), key);
    picture.finish()
}

/// Who has a team in another round of the plan and none in this one: absent, not there yet, or gone.
fn away(round: &FullRound, all: &[FullRound]) -> Option<String> {
    let placed = |round: &FullRound| -> BTreeMap<_, _> {
        let members = round.teams.iter().flat_map(|team| &team.members);
        members
            .map(|(member, card)| (member.person_id, short(card.name.as_str())))
            .collect()
    };
    let here = placed(round);
    let mut missing: BTreeMap<_, _> = all.iter().flat_map(placed).collect();
    missing.retain(|person, _| !here.contains_key(person));
    let mut names: Vec<String> = missing.into_values().collect();
    names.sort_unstable();
    (!names.is_empty()).then(|| format!("Without a team: {}", names.join(", ")))
}

fn height(row: &[Cell]) -> usize {
    let lines = row.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    (lines + 1) * LINE + 2 * PADDING
}

fn weeks(picture: &mut Picture, y: usize, round: &FullRound) {
    let (first, last) = (round.round.first_week, round.round.last_week);
    let weeks = if first == last {
        format!("Week {first}")
    } else {
        format!("Weeks {first}–{last}")
    };
    let (y, bold) = (y + PADDING + LINE - 4, format!("font-weight=\"600\" fill=\"{INK}\""));
    picture.text((16, y), &bold, &weeks);
    if round.round.published_at.is_some() {
        picture.text((16, y + LINE), &format!("fill=\"{INK}\" font-size=\"11\""), "published");
    }
}

/// A team in a round: its name, then a line for everybody in it.
struct Cell {
    name: String,
    lines: Vec<String>,
}

impl Cell {
    fn of(team: &FullTeam, round: &FullRound, met: &[Encounter]) -> Self {
        let people: Vec<_> = team.members.iter().map(|(member, _)| member.person_id).collect();
        let again = |met: &&Encounter| {
            met.pair.iter().all(|person| people.contains(person))
                && met.weeks.iter().any(|week| *week < round.round.first_week)
        };
        let again: Vec<_> = met.iter().filter(again).flat_map(|met| met.pair).collect();
        let line = |(member, card): &(Member, PersonCard)| {
            let mark = if again.contains(&member.person_id) { "• " } else { "" };
            let role = member
                .role
                .as_deref()
                .map(|role| format!(" · {}", role.replace('_', " ")));
            format!("{mark}{}{}", short(card.name.as_str()), role.unwrap_or_default())
        };
        Self {
            name: short(team.team.name.as_str()),
            lines: team.members.iter().map(line).collect(),
        }
    }

    fn draw(&self, picture: &mut Picture, (x, y): (usize, usize), (width, height): (usize, usize)) {
        picture.add(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"none\" stroke=\"#767676\"/>"
        ));
        let (x, mut y) = (x + PADDING, y + PADDING + LINE - 4);
        picture.text((x, y), &format!("font-weight=\"600\" fill=\"{INK}\""), &self.name);
        for line in &self.lines {
            y += LINE;
            picture.text((x, y), &format!("fill=\"{INK}\""), line);
        }
    }
}

/// The picture in words, for those who do not see it.
fn description(shown: &PlanPicture, columns: usize) -> String {
    let weeks = match (shown.rounds.first(), shown.rounds.last()) {
        (Some(first), Some(last)) => format!("weeks {} to {}", first.round.first_week, last.round.last_week),
        _ => "no week".into(),
    };
    let Report { repeats, bound, .. } = shown.report;
    format!(
        "A table of {} rounds, {weeks}, with up to {columns} teams each, everybody by name and role. \
         {repeats} repeats, where no plan can have fewer than {bound}.",
        shown.rounds.len()
    )
}
