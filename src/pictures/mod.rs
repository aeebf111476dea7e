//! Pictures for the wall and for slides: readable in black and white, with a description for those
//! who do not see them.

mod coverage;
mod curve;
mod heat_map;
mod plan;

use std::fmt::{Display, Write as _};

pub use coverage::coverage;
pub use curve::curve;
pub use heat_map::heat_map;
pub use plan::{PlanPicture, plan};

use crate::error::{Code, Error, Result};

/// Students that a picture can show and still be read.
const MOST: usize = 120;
/// Their media type.
pub const SVG: &str = "image/svg+xml";

/// Width of a letter of twelve pixels, on average.
const LETTER: usize = 7;
/// Letters of a name that are shown.
const LONGEST: usize = 24;
/// What text is written in; its contrast with every light shade is more than 7.
const INK: &str = "#111111";

/// Whether a picture of so many people can be read by anybody.
///
/// # Errors
/// `406` if not.
pub fn check_legible(people: usize) -> Result<()> {
    if people <= MOST {
        return Ok(());
    }
    let detail = format!("A picture shows up to {MOST} people. Ask for application/json.");
    Err(Error::new(Code::NotAcceptable, detail))
}

/// An SVG document in the making, on white, with its title at the top.
struct Picture {
    svg: String,
}

impl Picture {
    fn new((width, height): (usize, usize), title: &str, description: &str) -> Self {
        // A letter of the heading takes about ten pixels of the room between the margins.
        let heading = escape(&shortened(title, width.saturating_sub(32) / 10));
        let (title, description) = (escape(title), escape(description));
        let mut picture = Self { svg: String::new() };
        picture.add(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\" font-family=\"system-ui, sans-serif\" \
             font-size=\"12\">\n<title id=\"title\">{title}</title>\n<desc id=\"desc\">{description}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n\
             <text x=\"16\" y=\"32\" font-size=\"18\" font-weight=\"600\" fill=\"{INK}\">{heading}</text>"
        ));
        picture
    }

    /// Adds an element, whose texts are escaped already.
    fn add(&mut self, element: impl Display) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.svg, "{element}");
    }

    fn text(&mut self, (x, y): (usize, usize), attributes: &str, text: &str) {
        let text = escape(text);
        self.add(format_args!("<text x=\"{x}\" y=\"{y}\" {attributes}>{text}</text>"));
    }

    fn finish(mut self) -> String {
        self.svg.push_str("</svg>\n");
        self.svg
    }
}

/// A name, or its beginning if it is too long to show.
fn short(name: &str) -> String {
    shortened(name, LONGEST)
}

fn shortened(text: &str, most: usize) -> String {
    let mut shown: String = text.chars().take(most).collect();
    if text.chars().count() > most {
        shown.push('…');
    }
    shown
}

/// How wide the longest of these texts is.
fn width_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> usize {
    LETTER * texts.into_iter().map(|text| text.chars().count()).max().unwrap_or(0)
}

/// Text that cannot become markup. What XML does not allow at all becomes a mark that says so.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if c.is_control() => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}
