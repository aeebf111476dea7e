//! Encounters over HTTP, in numbers and as a picture.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    error::{Code, Error, Result},
    primitives::{Page, page::PageInfo},
    teams::{
        actions,
        model::PersonName,
        rules::{Encounter, Encounters, Names},
        svg,
    },
    web::{ById, Call, NoBody, NoQuery, Reply},
};

/// Who has worked with whom.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Encounters")]
pub struct EncountersView {
    /// Every pair that was in one team, in the order of their names. A round counts once.
    data: Vec<EncounterView>,
    page: PageInfo,
    /// Every student who has not left, by name.
    students: Vec<Coverage>,
    /// Pairs of them that have not met yet.
    never_met: usize,
}

/// Two people who were in one team.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Encounter")]
pub struct EncounterView {
    people: [PersonName; 2],
    /// In how many published rounds.
    meetings: usize,
    /// The first weeks of those rounds.
    weeks: Vec<i32>,
}

/// How much of the cohort a student has worked with.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EncounterCoverage")]
pub struct Coverage {
    #[serde(flatten)]
    person: PersonName,
    /// With how many of the others.
    met: usize,
    /// With how many not yet.
    never_met: usize,
}

impl From<Encounters> for EncountersView {
    fn from(found: Encounters) -> Self {
        let count = found.students.len();
        let coverage = |person: PersonName| {
            let met = found.met.iter().filter(|met| met.pair.contains(&person.id)).count();
            Coverage {
                met,
                never_met: count.saturating_sub(met + 1),
                person,
            }
        };
        let names: Names = found.students.iter().cloned().collect();
        let view = |met: &Encounter| EncounterView {
            people: met.pair.map(|id| names.of(id)),
            meetings: met.weeks.len(),
            weeks: met.weeks.clone(),
        };
        let Page { data, page } = Page::whole(found.met.iter().map(view).collect());
        Self {
            data,
            page,
            never_met: (count * count.saturating_sub(1) / 2).saturating_sub(found.met.len()),
            students: found.students.iter().cloned().map(coverage).collect(),
        }
    }
}

/// `GET /v1/cohorts/{id}/encounters`
pub async fn encounters(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<EncountersView>> {
    call.read(|conn, call| {
        let found = actions::encounters(conn, &call.actor, call.path.id)?;
        match prefers_picture(&call.accept) {
            true => picture(&found),
            false => Reply::ok(&EncountersView::from(found)),
        }
    })
    .await
}

fn picture(found: &Encounters) -> Result<Reply<EncountersView>> {
    if found.students.len() > svg::MOST {
        let detail = format!(
            "A picture shows up to {} students; ask for application/json.",
            svg::MOST
        );
        return Err(Error::new(Code::NotAcceptable, detail));
    }
    Ok(Reply::media("image/svg+xml", svg::heat_map(found)))
}

/// Whether a picture is wanted more than JSON.
fn prefers_picture(accept: &str) -> bool {
    quality(accept, "image/svg+xml") > quality(accept, "application/json")
}

/// How much a media type is wanted, in thousandths; the most exact range that names it counts.
fn quality(accept: &str, wanted: &str) -> u32 {
    let any_of_kind = format!("{}/*", wanted.split('/').next().unwrap_or_default());
    let ranges = accept.split(',').filter_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next()?;
        let exact = [wanted, any_of_kind.as_str(), "*/*"];
        let place = exact.iter().position(|known| known.eq_ignore_ascii_case(name))?;
        let q = parts
            .find_map(|part| part.strip_prefix("q="))
            .and_then(|q| q.parse::<f32>().ok());
        Some((place, (q.unwrap_or(1.0).clamp(0.0, 1.0) * 1000.0) as u32))
    });
    ranges.min_by_key(|(place, _)| *place).map_or(0, |(_, quality)| quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_given_to_those_who_prefer_it() {
        for accept in [
            "image/svg+xml",
            "image/svg+xml, application/json;q=0.5",
            "image/*",
            "text/html,image/*;q=0.9",
        ] {
            assert!(prefers_picture(accept), "{accept}");
        }
        for accept in [
            "*/*",
            "application/json",
            "application/json, image/svg+xml;q=0.5",
            "text/html",
            "",
            "image/svg+xml;q=0",
        ] {
            assert!(!prefers_picture(accept), "{accept}");
        }
    }
}
