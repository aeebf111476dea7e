//! The trade-off of a draft as a picture: repeats from left to right, teams outside the wishes for
//! balance from bottom to top. Shapes, not colours, tell the points apart.

use super::{INK, Picture};
use crate::team_plans::model::{CurveView, Measures};

/// Width and height.
const SIZE: (usize, usize) = (640, 420);
/// The field inside the axes: left, top, right, bottom.
const FIELD: (i64, i64, i64, i64) = (72, 72, 608, 336);
/// Where the legend stands.
const LEGEND: i64 = 404;
/// Steps on an axis at most.
const STEPS: i64 = 6;

/// The picture, as an SVG document.
pub fn curve(found: &CurveView) -> String {
    let scale = Scale::of(found);
    let title = "What better balance would cost in repeats";
    let mut picture = Picture::new(SIZE, title, &description(found));
    axes(&mut picture, &scale);
    line(&mut picture, found, &scale);
    let places: Vec<(i64, i64)> = found.points.iter().map(|point| scale.place(&point.measures)).collect();
    let (x, y) = scale.place(&found.present);
    for (x, y) in &places {
        picture.add(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"{INK}\"/>"));
    }
    for (at, label) in labels(&places, (x, y)).iter().enumerate() {
        let Some(label) = label else { continue };
        picture.add(format_args!(
            "<text x=\"{}\" y=\"{}\" font-weight=\"600\">{}</text>",
            label.left,
            label.bottom,
            at + 1
        ));
    }
    picture.add(format_args!(
        "<circle cx=\"{x}\" cy=\"{y}\" r=\"10\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"2\"/>"
    ));
    legend(&mut picture);
    picture.finish()
}

fn axes(picture: &mut Picture, scale: &Scale) {
    let (left, top, right, bottom) = FIELD;
    picture.add(format_args!(
        "<path d=\"M{left} {top}V{bottom}H{right}\" fill=\"none\" stroke=\"{INK}\"/>\
         <text x=\"{}\" y=\"{}\" text-anchor=\"middle\">repeats (fewer is better)</text>\
         <text transform=\"translate(20 {}) rotate(-90)\" text-anchor=\"middle\">outside the wishes for balance</text>",
        (left + right) / 2,
        bottom + 40,
        (top + bottom) / 2
    ));
    for value in scale.repeats.steps() {
        let x = scale.repeats.at(value);
        picture.add(format_args!(
            "<path d=\"M{x} {bottom}v5\" stroke=\"{INK}\"/><text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{value}</text>",
            bottom + 19
        ));
    }
    for value in scale.outside.steps() {
        let y = scale.outside.at(value);
        picture.add(format_args!(
            "<path d=\"M{left} {y}h-5M{left} {y}H{right}\" stroke=\"#bdbdbd\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{value}</text>",
            left - 9,
            y + 4
        ));
    }
}

fn line(picture: &mut Picture, found: &CurveView, scale: &Scale) {
    let places = found.points.iter().map(|point| scale.place(&point.measures));
    let places: Vec<String> = places.map(|(x, y)| format!("{x},{y}")).collect();
    picture.add(format_args!(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#525252\" stroke-width=\"1.5\"/>",
        places.join(" ")
    ));
}

fn legend(picture: &mut Picture) {
    let y = LEGEND;
    picture.add(format_args!(
        "<circle cx=\"80\" cy=\"{0}\" r=\"5\"/><text x=\"92\" y=\"{y}\">teams to choose</text>\
         <circle cx=\"220\" cy=\"{0}\" r=\"8\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"2\"/>\
         <text x=\"234\" y=\"{y}\">the draft as it is</text>",
        y - 4
    ));
}

/// A rectangle that something takes up.
#[derive(Clone, Copy, Debug)]
struct Area {
    left: i64,
    top: i64,
    right: i64,
    bottom: i64,
}

impl Area {
    fn around((x, y): (i64, i64), radius: i64) -> Self {
        Self {
            left: x - radius,
            top: y - radius,
            right: x + radius,
            bottom: y + radius,
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// Where the number of each point stands: at the side of the falling line that has room. Where neither has, it is left
/// out, because two numbers in one place are read as a third.
fn labels(points: &[(i64, i64)], draft: (i64, i64)) -> Vec<Option<Area>> {
    let (axis, _, _, ground) = FIELD;
    let mut taken: Vec<Area> = points.iter().map(|point| Area::around(*point, 5)).collect();
    // The draft's ring is around the point whose teams it has.
    taken.extend((!points.contains(&draft)).then(|| Area::around(draft, 11)));
    let mut labels = Vec::new();
    for (number, &(x, y)) in (1..).zip(points) {
        let width = if number < 10 { 8 } else { 16 };
        let beside = |left: i64, bottom: i64| Area {
            left,
            top: bottom - 10,
            right: left + width,
            bottom,
        };
        let mut sides = [beside(x + 8, y - 8), beside(x - 8 - width, y + 18)].into_iter();
        let free =
            |area: &Area| axis < area.left && area.bottom < ground && !taken.iter().any(|other| other.meets(area));
        let label = sides.find(free);
        taken.extend(label);
        labels.push(label);
    }
    labels
}

/// The picture in words, for those who do not see it.
fn description(found: &CurveView) -> String {
    let told = |measures: &Measures| format!("{} repeats, {} outside", measures.repeats, measures.outside);
    let points = found.points.iter().enumerate();
    let points: Vec<String> = points
        .map(|(at, point)| format!("{}: {}", at + 1, told(&point.measures)))
        .collect();
    let stands = match found.at {
        Some(at) => format!("The draft is at point {}.", at + 1),
        None => format!("The draft is at none of them: {}.", told(&found.present)),
    };
    format!(
        "Repeats against teams or people outside the wishes for balance, {} points from the fewest repeats to the best \
         balance. {}. {stands}",
        points.len(),
        points.join("; ")
    )
}

/// Where values lie on the two axes.
struct Scale {
    repeats: Axis,
    outside: Axis,
}

impl Scale {
    fn of(found: &CurveView) -> Self {
        let all = || found.points.iter().map(|point| &point.measures).chain([&found.present]);
        let (left, top, right, bottom) = FIELD;
        Self {
            repeats: Axis::over(all().map(|measures| measures.repeats), (left + 16, right - 24)),
            outside: Axis::over(
                all().map(|measures| i64::from(measures.outside)),
                (bottom - 16, top + 16),
            ),
        }
    }

    fn place(&self, measures: &Measures) -> (i64, i64) {
        (
            self.repeats.at(measures.repeats),
            self.outside.at(measures.outside.into()),
        )
    }
}

/// From the least value to the greatest, and where they are drawn.
struct Axis {
    values: (i64, i64),
    drawn: (i64, i64),
}

impl Axis {
    fn over(values: impl Iterator<Item = i64> + Clone, drawn: (i64, i64)) -> Self {
        let least = values.clone().min().unwrap_or(0);
        let greatest = values.max().unwrap_or(0).max(least + 1);
        Self {
            values: (least, greatest),
            drawn,
        }
    }

    fn at(&self, value: i64) -> i64 {
        let ((least, greatest), (from, to)) = (self.values, self.drawn);
        from + (to - from) * (value - least) / (greatest - least)
    }

    /// Values to write beside it, the greatest among them only if it falls on a step.
    fn steps(&self) -> impl Iterator<Item = i64> + use<> {
        let (least, greatest) = self.values;
        let step = (greatest - least).unsigned_abs().div_ceil(STEPS.unsigned_abs()).max(1);
        (least..=greatest).step_by(usize::try_from(step).unwrap_or(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        primitives::{Id, Instant},
        team_plans::model::{Point, TradeOff},
    };

    fn found(points: &[(i64, u32)], present: (i64, u32), at: Option<usize>) -> CurveView {
        let measures = |(repeats, outside): (i64, u32)| Measures {
            repeats,
            outside,
            turn_spread: 0.0,
            soon: 0,
            same_teams: 0,
            imbalance: 0.5,
        };
        let point = |values: &(i64, u32)| Point {
            measures: measures(*values),
            rounds: Vec::new(),
        };
        CurveView {
            curve: TradeOff {
                plan_id: Id::new(),
                plan_version: 1,
                points: String::new(),
                stopped_early: false,
                computed_at: Instant::now(),
            },
            points: points.iter().map(point).collect(),
            present: measures(present),
            at,
        }
    }

    #[test]
    fn each_point_is_drawn_and_told_and_lies_inside() {
        let svg = curve(&found(&[(10, 7), (14, 4), (31, 0)], (10, 7), Some(0)));
        assert_eq!(svg.matches("r=\"5\" fill=\"#111111\"").count(), 3);
        assert!(svg.contains("role=\"img\"") && svg.contains("aria-labelledby=\"title desc\""));
        assert!(svg.contains("1: 10 repeats, 7 outside; 2: 14 repeats, 4 outside; 3: 31 repeats, 0 outside."));
        assert!(svg.contains("The draft is at point 1."));
        let scale = Scale::of(&found(&[(10, 7), (31, 0)], (40, 9), None));
        let (left, top, right, bottom) = FIELD;
        for (repeats, outside) in [(10, 7), (31, 0), (40, 9)] {
            let (x, y) = (scale.repeats.at(repeats), scale.outside.at(outside));
            assert!((left..right).contains(&x) && (top..bottom).contains(&y), "{x} {y}");
        }
        assert!(scale.repeats.at(10) < scale.repeats.at(40) && scale.outside.at(0) > scale.outside.at(9));
    }

    #[test]
    fn numbers_of_points_near_each_other_do_not_cover_one_another() {
        let measured = [(225, 94), (228, 90), (230, 89), (234, 84), (243, 70), (403, 19)];
        let near = found(&measured, (225, 109), None);
        let scale = Scale::of(&near);
        let points: Vec<_> = near.points.iter().map(|point| scale.place(&point.measures)).collect();
        let shown: Vec<Area> = labels(&points, scale.place(&near.present))
            .into_iter()
            .flatten()
            .collect();
        assert_eq!(shown.len(), measured.len(), "there is room for all of them");
        for (at, label) in shown.iter().enumerate() {
            assert!(!shown[..at].iter().any(|other| other.meets(label)), "{label:?}");
            assert!(
                !points.iter().any(|point| Area::around(*point, 5).meets(label)),
                "{label:?}"
            );
        }
        let crowd = [(100, 100), (101, 100), (102, 101), (103, 101)];
        let shown = labels(&crowd, (100, 100));
        assert!(shown[0].is_some() && shown.iter().any(Option::is_none), "{shown:?}");
    }

    #[test]
    fn one_point_and_no_point_are_pictures_too() {
        assert!(curve(&found(&[(0, 0)], (0, 0), Some(0))).ends_with("</svg>\n"));
        let none = curve(&found(&[], (3, 2), None));
        assert!(none.contains("The draft is at none of them: 3 repeats, 2 outside."));
    }
}
