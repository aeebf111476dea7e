//! The encounters of a cohort as a picture for the wall: students by students, a number in every cell,
//! shades that stay apart in black and white.

use std::fmt::Write as _;

use super::{model::PersonName, rules::Encounters};

/// Students that a picture can show and still be read.
pub const MOST: usize = 120;

const CELL: usize = 30;
const TOP: usize = 56;
/// Width of a letter of the names, on average.
const LETTER: usize = 7;
const LONGEST: usize = 24;

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
    let names: Vec<String> = found.students.iter().map(short).collect();
    let margin = LETTER * names.iter().map(|name| name.chars().count()).max().unwrap_or(0) + 16;
    let side = CELL * names.len();
    let (width, height) = ((margin + side + 24).max(420), TOP + margin + side + 72);
    let mut svg = String::new();
    let title = escape(&format!("Who has worked with whom: {}", found.cohort));
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"title desc\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n\
         <title id=\"title\">{title}</title>\n<desc id=\"desc\">{}</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n\
         <text x=\"16\" y=\"32\" font-size=\"18\" font-weight=\"600\" fill=\"#111111\">{title}</text>\n",
        escape(&description(found))
    );
    for (at, name) in names.iter().enumerate() {
        let (name, middle) = (escape(name), CELL * at + CELL / 2);
        let (x, y) = (margin - 8, TOP + margin + middle + 4);
        let _ = writeln!(
            svg,
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"end\" fill=\"#111111\">{name}</text>"
        );
        let (x, y) = (margin + middle + 4, TOP + margin - 8);
        let _ = writeln!(
            svg,
            "<text transform=\"translate({x} {y}) rotate(-90)\" fill=\"#111111\">{name}</text>"
        );
    }
    let times = Times::of(found);
    for row in 0..names.len() {
        for column in 0..names.len() {
            let (x, y) = (margin + CELL * column, TOP + margin + CELL * row);
            svg.push_str(&cell(x, y, (row != column).then(|| times.of_pair(row, column))));
        }
    }
    legend(&mut svg, TOP + margin + side + 24);
    svg.push_str("</svg>\n");
    svg
}

fn cell(x: usize, y: usize, times: Option<usize>) -> String {
    let frame = format!("<rect x=\"{x}\" y=\"{y}\" width=\"{CELL}\" height=\"{CELL}\" stroke=\"#bdbdbd\"");
    let Some(times) = times else {
        return format!("{frame} fill=\"#525252\"/>\n");
    };
    let (fill, ink) = SHADES.get(times).or(SHADES.last()).copied().unwrap_or_default();
    let (x, y) = (x + CELL / 2, y + CELL / 2 + 4);
    format!("{frame} fill=\"{fill}\"/><text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" fill=\"{ink}\">{times}</text>\n")
}

fn legend(svg: &mut String, y: usize) {
    let words = ["not yet", "once", "twice", "3 times", "4 and more"];
    for (times, word) in words.iter().enumerate() {
        let x = 16 + times * 78;
        let (fill, _) = SHADES.get(times).copied().unwrap_or_default();
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"14\" height=\"14\" fill=\"{fill}\" stroke=\"#525252\"/>\
             <text x=\"{}\" y=\"{}\" fill=\"#111111\" font-size=\"11\">{word}</text>",
            x + 19,
            y + 11
        );
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

fn short(person: &PersonName) -> String {
    let mut name: String = person.name.chars().take(LONGEST).collect();
    if person.name.chars().count() > LONGEST {
        name.push('…');
    }
    name
}

/// Text that cannot become markup.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{primitives::Id, teams::rules::Encounter};

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
