//! The encounters of a cohort as a picture for the wall: students by students, a number in every cell,
//! shades that stay apart in black and white.

use super::{INK, Picture, short, width_of};
use crate::teams::rules::Encounters;

const CELL: usize = 30;
const TOP: usize = 56;
/// From never to four times and more: background and ink, each pair with a contrast of more than 4.5.
const SHADES: [(&str, &str); 5] = [
    ("#ffffff", "#767676"),
    ("#dbe9f6", "#08306b"),
    ("#9ecae1", "#08306b"),
    ("#2171b5", "#ffffff"),
    ("#08306b", "#ffffff"),
];

/// The picture, as an SVG document.
pub fn heat_map(found: &Encounters) -> String {
    let names: Vec<String> = found.students.iter().map(|student| short(&student.name)).collect();
    let margin = width_of(names.iter().map(String::as_str)) + 16;
    let side = CELL * names.len();
    let (width, height) = ((margin + side + 24).max(420), TOP + margin + side + 72);
    let title = format!("Who has worked with whom: {}", found.cohort);
    let mut picture = Picture::new((width, height), &title, &description(found));
    for (at, name) in names.iter().enumerate() {
        let middle = CELL * at + CELL / 2;
        let row = (margin - 8, TOP + margin + middle + 4);
        picture.text(row, &format!("text-anchor=\"end\" fill=\"{INK}\""), name);
        let (x, y) = (margin + middle + 4, TOP + margin - 8);
        let upwards = format!("transform=\"rotate(-90 {x} {y})\" fill=\"{INK}\"");
        picture.text((x, y), &upwards, name);
    }
    let times = Times::of(found);
    for row in 0..names.len() {
        for column in 0..names.len() {
            let place = (margin + CELL * column, TOP + margin + CELL * row);
            cell(&mut picture, place, (row != column).then(|| times.of_pair(row, column)));
        }
    }
    legend(&mut picture, TOP + margin + side + 24);
    picture.finish()
}

fn cell(picture: &mut Picture, (x, y): (usize, usize), times: Option<usize>) {
    let shade = |times: usize| SHADES.get(times).or(SHADES.last()).copied().unwrap_or_default();
    let (fill, ink) = times.map_or(("#525252", ""), shade);
    picture.add(format_args!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{CELL}\" height=\"{CELL}\" stroke=\"#bdbdbd\" fill=\"{fill}\"/>"
    ));
    if let Some(times) = times {
        let middle = (x + CELL / 2, y + CELL / 2 + 4);
        let attributes = format!("text-anchor=\"middle\" fill=\"{ink}\"");
        picture.text(middle, &attributes, &times.to_string());
    }
}

fn legend(picture: &mut Picture, y: usize) {
    let words = ["not yet", "once", "twice", "3 times", "4 and more"];
    for (at, (word, (fill, _))) in words.into_iter().zip(SHADES).enumerate() {
        let x = 16 + at * 78;
        picture.add(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"14\" height=\"14\" fill=\"{fill}\" stroke=\"#525252\"/>"
        ));
        let attributes = format!("fill=\"{INK}\" font-size=\"11\"");
        picture.text((x + 19, y + 11), &attributes, word);
    }
}

/// The picture in words, for those who do not see it.
fn description(found: &Encounters) -> String {
    let count = found.students.len();
    let (pairs, met) = (count * count.saturating_sub(1) / 2, found.met.len());
    let most = found.met.iter().map(|met| met.weeks.len()).max().unwrap_or(0);
    let again = found.met.iter().filter(|met| met.weeks.len() > 1).count();
    format!(
        "A table of {count} students by {count} students. {met} of {pairs} pairs have been in one team, {again} of \
         them more than once, the most often {most} times; {} pairs have not met yet.",
        pairs.saturating_sub(met)
    )
}

/// How often each two have met.
struct Times {
    count: usize,
    cells: Vec<usize>,
}

impl Times {
    fn of(found: &Encounters) -> Self {
        let count = found.students.len();
        let mut times = Self {
            count,
            cells: vec![0; count * count],
        };
        let place = |id| found.students.iter().position(|student| student.id == id);
        for met in &found.met {
            let [Some(a), Some(b)] = met.pair.map(place) else {
                continue;
            };
            for cell in [a * count + b, b * count + a] {
                times
                    .cells
                    .get_mut(cell)
                    .into_iter()
                    .for_each(|cell| *cell = met.weeks.len());
            }
        }
        times
    }

    fn of_pair(&self, row: usize, column: usize) -> usize {
        self.cells.get(row * self.count + column).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        primitives::Id,
        teams::{model::PersonName, rules::Encounter},
    };

    #[test]
    fn names_are_escaped_numbers_stand_in_cells_and_words_tell_the_same() {
        let names = ["<script>alert(1)</script>", "Amal & \"Co\"", "Basma"];
        let students: Vec<PersonName> = names
            .iter()
            .map(|name| PersonName {
                id: Id::new(),
                name: (*name).into(),
            })
            .collect();
        let met = vec![Encounter {
            pair: [students[0].id, students[2].id],
            weeks: vec![1, 4],
        }];
        let svg = heat_map(&Encounters {
            cohort: "fac<14>".into(),
            students,
            met,
        });
        assert!(
            !svg.contains("<script>") && svg.contains("Amal &amp; &quot;Co&quot;") && svg.contains("fac&lt;14&gt;")
        );
        assert_eq!(
            (svg.matches(">2</text>").count(), svg.matches(">0</text>").count()),
            (2, 4)
        );
        assert!(svg.contains("role=\"img\"") && svg.contains("1 of 3 pairs have been in one team"));
        assert!(
            heat_map(&Encounters {
                cohort: String::new(),
                students: vec![],
                met: vec![]
            })
            .ends_with("</svg>\n")
        );
    }
}
