//! The medians as a picture: a group of bars for each scenario, as shares of its tallest.

use std::fmt::Write as _;

const COLOURS: [&str; 6] = ["#0b6e4f", "#6c91c2", "#d98324", "#8d8d8d", "#a23b72", "#c9b037"];
const BAR: usize = 22;
const GAP: usize = 34;
const HEIGHT: usize = 220;

/// Bars: for each scenario the requests a second of each server, if it was measured.
pub fn draw(servers: &[&str], scenarios: &[(&str, Vec<Option<f64>>)]) -> String {
    let group = BAR * servers.len() + GAP;
    let (width, height) = (group * scenarios.len() + GAP, HEIGHT + 90);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n"
    );
    for (at, (scenario, rates)) in scenarios.iter().enumerate() {
        let left = GAP + at * group;
        let most = rates.iter().flatten().copied().fold(1.0, f64::max);
        for (bar, rate) in rates.iter().enumerate() {
            let Some(rate) = rate else { continue };
            let tall = (rate / most * HEIGHT as f64).max(1.0);
            let (x, y) = (left + bar * BAR, HEIGHT as f64 + 30.0 - tall);
            let colour = COLOURS.get(bar).copied().unwrap_or("black");
            let told = if *rate < 1000.0 {
                format!("{rate:.0}")
            } else {
                format!("{:.1}k", rate / 1000.0)
            };
            let _ = writeln!(
                svg,
                "<rect x=\"{x}\" y=\"{y:.1}\" width=\"{}\" height=\"{tall:.1}\" fill=\"{colour}\"/>\
                 <text x=\"{}\" y=\"{:.1}\" font-size=\"8\" text-anchor=\"middle\">{told}</text>",
                BAR - 2,
                x + BAR / 2 - 1,
                y - 3.0,
            );
        }
        let middle = left + BAR * servers.len() / 2;
        let _ = writeln!(
            svg,
            "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{scenario}</text>",
            HEIGHT + 46
        );
    }
    for (at, server) in servers.iter().enumerate() {
        let (x, y) = (GAP + at * 110, HEIGHT + 62);
        let colour = COLOURS.get(at).copied().unwrap_or("black");
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"12\" height=\"12\" fill=\"{colour}\"/><text x=\"{}\" y=\"{}\">{server}</text>",
            x + 17,
            y + 10
        );
    }
    svg + "</svg>\n"
}
