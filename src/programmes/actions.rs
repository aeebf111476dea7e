//! What people do with programmes, and how the library is filled.

use serde::Deserialize;

use super::{
    model::{NewFork, NewProgramme, Programme, ProgrammePatch, ProgrammeSelection, RoleName, WeekOutline},
    rules, store,
};
use crate::{
    audit,
    authz::Actor,
    campuses::CampusStaff,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant, Limit, Line, Page, Slug, Text},
};

/// A programme with its weeks.
pub struct ProgrammeWithWeeks {
    pub programme: Programme,
    pub weeks: Vec<WeekOutline>,
}

/// A programme with the number of its weeks.
pub struct CountedProgramme {
    pub programme: Programme,
    pub week_count: i64,
}

pub fn make(conn: &mut Conn, actor: &Actor, new: NewProgramme, now: Instant) -> Result<ProgrammeWithWeeks> {
    let proof = prove_at(conn, actor, new.campus_id)?;
    check(&new.roles, &new.weeks)?;
    rules::OF_A_CAMPUS.check_room(store::count(conn, &proof)?)?;
    let programme = Programme {
        id: Id::new(),
        campus_id: Some(new.campus_id),
        slug: new.slug,
        name: new.name,
        description: new.description,
        roles: serde_json::to_string(&new.roles).map_err(Error::internal)?,
        forked_from: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    store::insert(conn, &proof, &programme, &new.weeks)?;
    Ok(ProgrammeWithWeeks {
        programme,
        weeks: new.weeks,
    })
}

/// A campus that is named in a body: absent is a wrong field, foreign is forbidden.
fn prove_at(conn: &mut Conn, actor: &Actor, campus: Id) -> Result<CampusStaff> {
    let proof = CampusStaff::of(conn, actor, campus).map_err(|error| match error.code() {
        Code::NotFound => Error::field("/campus_id", "not_found", "there is no such campus"),
        _ => error,
    });
    Ok(proof?.1)
}

fn check(roles: &[RoleName], weeks: &[WeekOutline]) -> Result<()> {
    let mut faults = rules::faults_of_roles(roles);
    faults.extend(rules::faults_of_weeks(weeks));
    Error::check_fields(faults)
}

pub fn list(conn: &mut Conn, selection: &ProgrammeSelection, limit: Limit) -> Result<Page<CountedProgramme>> {
    let rows = store::programmes(conn, selection, limit.plus_one())?;
    let page = Page::of(rows, limit, |programme| programme.id);
    let ids: Vec<Id> = page.data.iter().map(|programme| programme.id).collect();
    let counts = store::week_counts(conn, &ids)?;
    Ok(page.map(|programme| {
        let count = counts.iter().find(|(id, _)| *id == programme.id);
        CountedProgramme {
            week_count: count.map_or(0, |(_, count)| *count),
            programme,
        }
    }))
}

pub fn whole(conn: &mut Conn, id: Id) -> Result<ProgrammeWithWeeks> {
    let programme = store::programme(conn, id)?;
    let weeks = store::weeks(conn, id)?;
    let weeks = weeks.into_iter().map(WeekOutline::of_row).collect::<Result<_>>()?;
    Ok(ProgrammeWithWeeks { programme, weeks })
}

pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: ProgrammePatch,
    seen: IfMatch,
    now: Instant,
) -> Result<ProgrammeWithWeeks> {
    let ProgrammeWithWeeks {
        programme: before,
        weeks: weeks_before,
    } = whole(conn, id)?;
    let campus = before.campus_id.ok_or_else(library_is_everybodys)?;
    let (_, proof) = CampusStaff::of(conn, actor, campus)?;
    let roles = patch.roles.or(before.role_names()?);
    let weeks = patch.weeks.given();
    check(&roles, weeks.as_deref().unwrap_or(&weeks_before))?;
    seen.check(before.version)?;
    let changed = Programme {
        slug: patch.slug.or(before.slug.clone()),
        name: patch.name.or(before.name.clone()),
        description: patch.description.or(before.description.clone()),
        roles: serde_json::to_string(&roles).map_err(Error::internal)?,
        ..before.clone()
    };
    if changed == before && weeks.as_ref().is_none_or(|weeks| *weeks == weeks_before) {
        return Ok(ProgrammeWithWeeks {
            programme: before,
            weeks: weeks_before,
        });
    }
    let after = Programme {
        version: before.version + 1,
        updated_at: now,
        ..changed
    };
    store::update(conn, &proof, &after, weeks.as_deref())?;
    audit::changed(&before, &after);
    if weeks.as_ref().is_some_and(|weeks| *weeks != weeks_before) {
        audit::touched("weeks");
    }
    Ok(ProgrammeWithWeeks {
        programme: after,
        weeks: weeks.unwrap_or(weeks_before),
    })
}

/// What whoever would change a programme of the library is answered.
pub fn library_is_everybodys() -> Error {
    Error::new(
        Code::Forbidden,
        "Programmes of the library cannot be changed. Fork it and change the fork.",
    )
}

pub fn fork(conn: &mut Conn, actor: &Actor, id: Id, fork: NewFork, now: Instant) -> Result<ProgrammeWithWeeks> {
    let ProgrammeWithWeeks { programme: from, weeks } = whole(conn, id)?;
    let proof = prove_at(conn, actor, fork.campus_id)?;
    rules::OF_A_CAMPUS.check_room(store::count(conn, &proof)?)?;
    let programme = Programme {
        id: Id::new(),
        campus_id: Some(fork.campus_id),
        slug: fork.slug,
        name: fork.name.unwrap_or(from.name),
        forked_from: Some(from.id),
        version: 1,
        created_at: now,
        updated_at: now,
        ..from
    };
    store::insert(conn, &proof, &programme, &weeks)?;
    Ok(ProgrammeWithWeeks { programme, weeks })
}

/// The library as it is shipped.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Library {
    #[serde(rename = "source")]
    _source: String,
    programmes: Vec<Shipped>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    slug: Slug,
    name: Line,
    description: Text,
    roles: Vec<RoleName>,
    weeks: Vec<WeekOutline>,
}

fn library() -> Result<Vec<Shipped>> {
    let library: Library = serde_json::from_str(include_str!("library.json")).map_err(Error::internal)?;
    Ok(library.programmes)
}

/// Puts the library's programmes into a database that does not hold them yet.
pub fn fill_library(conn: &mut Conn) -> Result<()> {
    for shipped in library()? {
        if store::library_has(conn, &shipped.slug)? {
            continue;
        }
        let now = Instant::now();
        let programme = Programme {
            id: Id::new(),
            campus_id: None,
            slug: shipped.slug,
            name: shipped.name,
            description: Some(shipped.description),
            roles: serde_json::to_string(&shipped.roles).map_err(Error::internal)?,
            forked_from: None,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        store::insert_into_library(conn, &programme, &shipped.weeks)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_is_what_a_campus_could_have_made() {
        let library = library().unwrap();
        let lengths: Vec<(&str, usize)> = library.iter().map(|one| (one.slug.as_str(), one.weeks.len())).collect();
        assert_eq!(lengths, [("fac-2018", 16), ("fac-2020", 18), ("fac-2022", 12)]);
        for shipped in &library {
            check(&shipped.roles, &shipped.weeks).unwrap();
        }
    }
}
