//! How a cohort's weeks are covered with mentors, as a picture: weeks by kinds of slots, with what is missing and who is
//! alone told by signs and not by colour alone.

use super::{INK, LETTER, Picture, short, width_of};
use crate::mentoring::model::{CoverageMap, CoveredCell};

const CELL: (usize, usize) = (58, 34);
const TOP: usize = 56;
/// Nobody wanted, covered, one mentor alone, somebody missing: backgrounds that stay apart in black and white.
const NOTHING: &str = "#ffffff";
const COVERED: &str = "#bcd9f2";
const ALONE: &str = "#fbe3a2";
const MISSING: &str = "#f3b0a5";

/// The picture, as an SVG document.
pub fn coverage(map: &CoverageMap) -> String {
    let margin = width_of(map.rows.iter().map(|row| row.name.as_str())).max(6 * LETTER) + 24;
    let width = (margin + CELL.0 * map.weeks.len() + 24).max(460);
    let bottom = TOP + 24 + CELL.1 * map.rows.len();
    let title = format!("Mentors: {}", map.cohort);
    let mut picture = Picture::new((width, bottom + 64), &title, &description(map));
    for (at, week) in map.weeks.iter().enumerate() {
        let middle = (margin + CELL.0 * at + CELL.0 / 2, TOP + 12);
        picture.text(
            middle,
            &format!("text-anchor=\"middle\" fill=\"{INK}\""),
            &week.to_string(),
        );
    }
    for (at, row) in map.rows.iter().enumerate() {
        let top = TOP + 24 + CELL.1 * at;
        let middle = (margin - 8, top + CELL.1 / 2 + 4);
        picture.text(
            middle,
            &format!("text-anchor=\"end\" fill=\"{INK}\""),
            &short(&row.name),
        );
        for (week, found) in row.cells.iter().enumerate() {
            cell(&mut picture, (margin + CELL.0 * week, top), *found);
        }
    }
    legend(&mut picture, bottom + 20);
    picture.finish()
}

/// Background, outline, and sign.
fn look(found: CoveredCell) -> (&'static str, &'static str, String) {
    let numbers = format!("{}/{}", found.confirmed, found.wanted);
    match found {
        CoveredCell { slots: 0, .. } => (NOTHING, "stroke=\"#bdbdbd\"", String::new()),
        CoveredCell { gap: 1.., .. } => (
            MISSING,
            "stroke=\"#111111\" stroke-width=\"2\" stroke-dasharray=\"5 3\"",
            format!("{numbers} −{}{}", found.gap, if found.is_alone { " !" } else { "" }),
        ),
        CoveredCell { is_alone: true, .. } => (ALONE, "stroke=\"#111111\" stroke-width=\"2\"", format!("{numbers} !")),
        _ => (COVERED, "stroke=\"#bdbdbd\"", numbers),
    }
}

fn cell(picture: &mut Picture, (x, y): (usize, usize), found: CoveredCell) {
    let (fill, outline, sign) = look(found);
    let (width, height) = (CELL.0 - 2, CELL.1 - 2);
    let (left, top) = (x + 1, y + 1);
    picture.add(format_args!(
        "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\" {outline}/>"
    ));
    let middle = (x + CELL.0 / 2, y + CELL.1 / 2 + 4);
    picture.text(middle, &format!("text-anchor=\"middle\" fill=\"{INK}\""), &sign);
}

fn legend(picture: &mut Picture, top: usize) {
    let text = format!("fill=\"{INK}\" font-size=\"11\"");
    picture.text((16, top), &text, "2/2: mentors who come, of those wanted");
    picture.text((16, top + 16), &text, "dashed, −1: so many are missing");
    picture.text((230, top + 16), &text, "bold outline, !: one mentor is alone");
}

/// The picture in words, for those who do not see it.
fn description(map: &CoverageMap) -> String {
    let Some(all) = map.rows.last() else {
        return "No weeks.".into();
    };
    let weeks = |is: &dyn Fn(&CoveredCell) -> bool| -> String {
        let pairs = map.weeks.iter().zip(&all.cells);
        let found: Vec<String> = pairs
            .filter(|(_, cell)| is(cell))
            .map(|(week, _)| week.to_string())
            .collect();
        match found.is_empty() {
            true => "none".into(),
            false => found.join(", "),
        }
    };
    format!(
        "{} weeks. Weeks that lack mentors: {}. Weeks with one mentor alone: {}.",
        map.weeks.len(),
        weeks(&|cell| cell.gap > 0),
        weeks(&|cell| cell.is_alone)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentoring::model::CoverageRow;

    #[test]
    fn what_is_missing_and_who_is_alone_is_told_in_signs_and_words() {
        let cell = |wanted, confirmed, gap, is_alone| CoveredCell {
            wanted,
            confirmed,
            gap,
            slots: usize::from(wanted > 0),
            is_alone,
        };
        let cells = vec![
            cell(2, 2, 0, false),
            cell(2, 1, 1, true),
            cell(1, 1, 0, true),
            cell(0, 0, 0, false),
        ];
        let map = CoverageMap {
            cohort: "fac<14>".into(),
            weeks: vec![1, 2, 3, 4],
            rows: vec![CoverageRow {
                name: "week".into(),
                cells,
            }],
        };
        let svg = coverage(&map);
        assert!(svg.contains("fac&lt;14&gt;") && svg.ends_with("</svg>\n"), "{svg}");
        assert!(
            svg.contains("Weeks that lack mentors: 2. Weeks with one mentor alone: 2, 3."),
            "{svg}"
        );
        for sign in [">2/2<", ">1/2 −1 !<", ">1/1 !<"] {
            assert_eq!(svg.matches(sign).count(), 1, "{sign}");
        }
        assert_eq!(svg.matches("stroke-dasharray").count(), 1);
        let nothing = CoverageMap {
            weeks: vec![],
            rows: vec![],
            ..map
        };
        assert!(coverage(&nothing).contains("No weeks."));
    }
}
