//! The encounters of a cohort as a picture for the wall: students by students, a number in every cell,
//! shades that stay apart in black and white.

use super::{INK, Picture, short, width_of};
use crate::teams::model::Encounters;

const CELL: usize = 30;
const TOP: usize = 56;
/// Room for one entry of the legend, and for a row of them.
const ENTRY: (usize, usize) = (88, 24);
/// Never: background and ink, with a contrast of more than 4.5.
const NEVER: (&str, &str) = ("#ffffff", "#767676");
/// Once, and as often as anybody at all: red, green and blue.
const ONCE: [usize; 3] = [0xdb, 0xe9, 0xf6];
const MOST_OFTEN: [usize; 3] = [0x08, 0x30, 0x6b];
/// Shades between which the eye can tell the difference; beyond, two or more numbers share one.
const SHADES: usize = 8;
/// However seldom people meet, the scale goes so far: that all have met once is to look light.
const AT_LEAST: usize = 4;

/// The picture, as an SVG document.
pub fn heat_map(found: &Encounters) -> String {
    let names: Vec<String> = found.students.iter().map(|student| short(&student.name)).collect();
    let margin = width_of(names.iter().map(String::as_str)) + 16;
    let side = CELL * names.len();
    let times = MeetingCounts::of(found);
    let scale = Scale::to(times.most());
    let width = (margin + side + 24).max(420);
    let height = TOP + margin + side + 48 + ENTRY.1 * scale.entries().len().div_ceil(in_a_row(width));
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
    for row in 0..names.len() {
        for column in 0..names.len() {
            let place = (margin + CELL * column, TOP + margin + CELL * row);
            let times = (row != column).then(|| times.of_pair(row, column));
            cell(&mut picture, place, times, &scale);
        }
    }
    legend(&mut picture, (width, TOP + margin + side + 24), &scale);
    picture.finish()
}

/// How light or dark a number is.
struct Scale {
    /// How many numbers share a shade.
    each: usize,
    /// How many shades there are besides that of never.
    shades: usize,
}

impl Scale {
    fn to(most: usize) -> Self {
        let most = most.max(AT_LEAST);
        let each = most.div_ceil(SHADES);
        Self {
            each,
            shades: most.div_ceil(each),
        }
    }

    /// Background and ink, each pair with a contrast of more than 4.5.
    fn of(&self, times: usize) -> (String, &'static str) {
        let Some(before) = times.checked_sub(1) else {
            return (NEVER.0.into(), NEVER.1);
        };
        let (at, steps) = ((before / self.each).min(self.shades - 1), self.shades - 1);
        let between = |(light, dark): (usize, usize)| (light * (steps - at) + dark * at) / steps;
        let [red, green, blue] = [0, 1, 2].map(|colour| {
            let end = |of: [usize; 3]| of.get(colour).copied().unwrap_or_default();
            between((end(ONCE), end(MOST_OFTEN)))
        });
        (format!("#{red:02x}{green:02x}{blue:02x}"), ink_on([red, green, blue]))
    }

    /// A number of each shade and what is said of it.
    fn entries(&self) -> Vec<(usize, String)> {
        let word = |shade: usize| {
            let (first, last) = (self.each * shade + 1, self.each * (shade + 1));
            let word = match (first, last) {
                (1, 1) => "once".into(),
                (2, 2) => "twice".into(),
                (first, last) if first == last => format!("{first} times"),
                (first, last) => format!("{first}–{last} times"),
            };
            (first, word)
        };
        std::iter::once((0, "not yet".into()))
            .chain((0..self.shades).map(word))
            .collect()
    }
}

/// Black or white, whichever has the greater contrast; that is 4.58 at the least.
fn ink_on(colour: [usize; 3]) -> &'static str {
    let channels = colour.into_iter().zip([0.2126, 0.7152, 0.0722]);
    let luminance: f64 = channels.map(|(value, weight)| linear(value) * weight).sum();
    match (luminance + 0.05).powi(2) > 1.05 * 0.05 {
        true => "#000000",
        false => "#ffffff",
    }
}

/// How much light a channel gives, as WCAG 2 counts it.
fn linear(channel: usize) -> f64 {
    let value = f64::from(u8::try_from(channel).unwrap_or(u8::MAX)) / 255.0;
    match value <= 0.04045 {
        true => value / 12.92,
        false => ((value + 0.055) / 1.055).powf(2.4),
    }
}

fn cell(picture: &mut Picture, (x, y): (usize, usize), times: Option<usize>, scale: &Scale) {
    let (fill, ink) = times.map_or(("#525252".into(), ""), |times| scale.of(times));
    picture.add(format_args!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{CELL}\" height=\"{CELL}\" stroke=\"#bdbdbd\" fill=\"{fill}\"/>"
    ));
    if let Some(times) = times {
        let middle = (x + CELL / 2, y + CELL / 2 + 4);
        let attributes = format!("text-anchor=\"middle\" fill=\"{ink}\"");
        picture.text(middle, &attributes, &times.to_string());
    }
}

/// How many entries of the legend stand side by side.
fn in_a_row(width: usize) -> usize {
    (width.saturating_sub(16) / ENTRY.0).max(1)
}

fn legend(picture: &mut Picture, (width, top): (usize, usize), scale: &Scale) {
    let row = in_a_row(width);
    for (at, (times, word)) in scale.entries().into_iter().enumerate() {
        let (x, y) = (16 + at % row * ENTRY.0, top + at / row * ENTRY.1);
        let (fill, _) = scale.of(times);
        picture.add(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"14\" height=\"14\" fill=\"{fill}\" stroke=\"#525252\"/>"
        ));
        let attributes = format!("fill=\"{INK}\" font-size=\"11\"");
        picture.text((x + 19, y + 11), &attributes, &word);
    }
}

/// The picture in words, for those who do not see it.
fn description(found: &Encounters) -> String {
    let count = found.students.len();
    let (pairs, met) = (count * count.saturating_sub(1) / 2, found.met.len());
    let most = MeetingCounts::of(found).most();
    let again = found.met.iter().filter(|met| met.weeks.len() > 1).count();
    format!(
        "A table of {count} students by {count} students. {met} of {pairs} pairs have been in one team, {again} of \
         them more than once, the most often {most} times; {} pairs have not met yet.",
        pairs.saturating_sub(met)
    )
}

/// How often each two have met.
struct MeetingCounts {
    count: usize,
    cells: Vec<usize>,
}

impl MeetingCounts {
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

    fn most(&self) -> usize {
        self.cells.iter().copied().max().unwrap_or(0)
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
        teams::model::{Encounter, PersonName},
    };

    #[test]
    fn the_scale_goes_to_the_most_often_and_every_shade_can_be_told_and_read() {
        let contrast = |a: f64, b: f64| (a.max(b) + 0.05) / (a.min(b) + 0.05);
        let light = |colour: &str| -> f64 {
            let channel = |at: usize| linear(usize::from_str_radix(&colour[at..at + 2], 16).unwrap());
            0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
        };
        for most in 0..40 {
            let scale = Scale::to(most);
            let entries = scale.entries();
            assert!((5..=SHADES + 1).contains(&entries.len()), "{most}");
            let lights: Vec<f64> = entries.iter().map(|(times, _)| light(&scale.of(*times).0)).collect();
            let apart = |pair: &[f64]| contrast(pair[0], pair[1]) > 1.2 && pair[0] > pair[1];
            assert!(lights.windows(2).all(apart), "{most}: {lights:?}");
            for times in 0..=most {
                let (fill, ink) = scale.of(times);
                assert!(contrast(light(&fill), light(ink)) > 4.5, "{most}: {fill} {ink}");
            }
            assert_eq!(scale.of(most.max(AT_LEAST)).0, "#08306b");
        }
        let words =
            |most: usize| -> Vec<String> { Scale::to(most).entries().into_iter().map(|(_, word)| word).collect() };
        assert_eq!(words(1), ["not yet", "once", "twice", "3 times", "4 times"]);
        assert_eq!(words(6).last().unwrap(), "6 times");
        assert_eq!(words(9)[1..3], ["1–2 times", "3–4 times"]);
        assert_ne!(Scale::to(6).of(5), Scale::to(6).of(6));
    }

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
