//! What staff do with templates and checklists.

use std::collections::{BTreeMap, HashSet};

use super::{
    model::{Checklist, Item, ListedWeek, NewChecklists, NewTemplate, Template, TemplateFork, TemplatePatch, Undone},
    proofs::TemplateReader,
    rules, store,
};
use crate::{
    accounts::{model::PersonCard, store as accounts},
    audit,
    authz::{Actor, SignedIn},
    campuses::CampusStaff,
    cohorts::CohortStaff,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant},
    programmes,
};

/// The templates of a campus, by their names.
pub fn list_templates(conn: &mut Conn, actor: &Actor, campus: Id) -> Result<Vec<Template>> {
    let reader = TemplateReader::of(conn, actor, campus)?;
    store::templates(conn, &reader)
}

/// The templates of a programme, by their names. Those of the library have none.
pub fn list_programme_templates(conn: &mut Conn, actor: &Actor, programme: Id) -> Result<Vec<Template>> {
    let programme = programmes::store::programme(conn, programme)?;
    let Some(campus) = programme.campus_id else {
        SignedIn::prove(actor)?;
        return Ok(Vec::new());
    };
    let reader = TemplateReader::of_programme(conn, actor, campus, programme.id)?;
    store::templates_of_programme(conn, &reader, programme.id)
}

/// One template.
pub fn get_template(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Template> {
    Ok(TemplateReader::of_template(conn, actor, id)?.0)
}

/// Makes one.
pub fn create_template(conn: &mut Conn, actor: &Actor, campus: Id, new: NewTemplate, now: Instant) -> Result<Template> {
    let (campus, proof) = CampusStaff::of(conn, actor, campus)?;
    insert(conn, &proof, template(campus.id, None, new, now))
}

/// Makes one for the cohorts of a programme.
pub fn create_programme_template(
    conn: &mut Conn,
    actor: &Actor,
    programme: Id,
    new: NewTemplate,
    now: Instant,
) -> Result<Template> {
    let programme = programmes::store::programme(conn, programme)?;
    SignedIn::prove(actor)?;
    let campus = programme.campus_id.ok_or_else(programmes::library_is_everybodys)?;
    let (campus, proof) = CampusStaff::of(conn, actor, campus)?;
    insert(conn, &proof, template(campus.id, Some(programme.id), new, now))
}

fn template(campus_id: Id, programme_id: Option<Id>, new: NewTemplate, now: Instant) -> Template {
    Template {
        id: Id::new(),
        campus_id,
        name: new.name,
        scope: new.scope,
        items: new.items,
        forked_from: None,
        version: 1,
        created_at: now,
        updated_at: now,
        programme_id,
    }
}

fn insert(conn: &mut Conn, proof: &CampusStaff, template: Template) -> Result<Template> {
    rules::TEMPLATES.check_room(store::count_templates(conn, proof)?)?;
    store::insert_template(conn, proof, &template)?;
    Ok(template)
}

/// Copies one to a campus of the caller.
pub fn fork_template(conn: &mut Conn, actor: &Actor, id: Id, fork: TemplateFork, now: Instant) -> Result<Template> {
    let (from, _) = TemplateReader::of_template(conn, actor, id)?;
    let staff = CampusStaff::of(conn, actor, fork.campus_id).map_err(|error| match error.code() {
        Code::NotFound => Error::field("/campus_id", "not_found", "there is no such campus"),
        _ => error,
    });
    let (campus, proof) = staff?;
    let template = Template {
        id: Id::new(),
        campus_id: campus.id,
        name: fork.name.unwrap_or(from.name),
        forked_from: Some(from.id),
        programme_id: None,
        version: 1,
        created_at: now,
        updated_at: now,
        ..from
    };
    insert(conn, &proof, template)
}

/// Changes one. Checklists that were made from it stay.
pub fn change_template(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: TemplatePatch,
    known: IfMatch,
    now: Instant,
) -> Result<Template> {
    let (before, reader) = TemplateReader::of_template(conn, actor, id)?;
    let proof = reader.staff()?;
    known.check(before.version)?;
    let changed = before.clone().patched(patch);
    if changed == before {
        return Ok(before);
    }
    let after = Template {
        version: before.version + 1,
        updated_at: now,
        ..changed
    };
    audit::changed(&before, &after);
    store::update_template(conn, &proof, &after)?;
    Ok(after)
}

/// Deletes one. Checklists that were made from it stay.
pub fn delete_template(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch) -> Result<()> {
    let (template, reader) = TemplateReader::of_template(conn, actor, id)?;
    let proof = reader.staff()?;
    known.check(template.version)?;
    store::delete_template(conn, &proof, &template)
}

/// A checklist with its items.
pub struct WholeChecklist {
    /// The checklist.
    pub checklist: Checklist,
    /// The number of its week, if it is for one.
    pub week: Option<i32>,
    /// Each with who did it.
    pub items: Vec<(Item, Option<PersonCard>)>,
}

/// The checklists of a cohort, of one week if it is named, the cohort's own first.
pub fn list(conn: &mut Conn, actor: &Actor, cohort: Id, week: Option<i32>) -> Result<Vec<WholeChecklist>> {
    let (_, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let mut all = whole(conn, &staff)?;
    all.retain(|one| week.is_none() || one.week == week);
    Ok(all)
}

fn whole(conn: &mut Conn, staff: &CohortStaff) -> Result<Vec<WholeChecklist>> {
    let checklists = store::checklists(conn, staff)?;
    let weeks = store::listed_weeks(conn, staff.cohort())?;
    let items = store::items_of(conn, &checklists)?;
    let people: HashSet<Id> = items.iter().filter_map(|item| item.done_by).collect();
    let cards = accounts::cards(conn, &people.into_iter().collect::<Vec<_>>())?;
    let mut by_checklist: BTreeMap<Id, Vec<(Item, Option<PersonCard>)>> = BTreeMap::new();
    for item in items {
        let done_by = item
            .done_by
            .and_then(|id| cards.iter().find(|card| card.id == id).cloned());
        by_checklist.entry(item.checklist_id).or_default().push((item, done_by));
    }
    let number = |id: Id| {
        weeks
            .iter()
            .find(|week: &&ListedWeek| week.id == id)
            .map(|week| week.number)
    };
    let mut all: Vec<WholeChecklist> = checklists
        .into_iter()
        .map(|checklist| WholeChecklist {
            week: checklist.week_id.and_then(number),
            items: by_checklist.remove(&checklist.id).unwrap_or_default(),
            checklist,
        })
        .collect();
    all.sort_by_key(|one| (one.week, one.checklist.id));
    Ok(all)
}

/// Makes those that are missing; returns how many they were, and all that there are from the template now.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    new: NewChecklists,
    now: Instant,
) -> Result<(usize, Vec<WholeChecklist>)> {
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let missing = || {
        let detail = "must be a template of the cohort's campus or of its programme";
        Error::field("/template_id", "not_found", detail)
    };
    let template = match store::template(conn, new.template_id) {
        Ok(template) if rules::is_offered(&template, cohort.campus_id, cohort.programme_id) => template,
        Err(error) if error.code() != Code::NotFound => return Err(error),
        _ => return Err(missing()),
    };
    let there = store::checklists(conn, &staff)?;
    let from_it = there
        .iter()
        .filter(|checklist| checklist.template_id == Some(template.id));
    let weeks = store::listed_weeks(conn, cohort.id)?;
    let wanted = rules::wanted(
        template.scope,
        new.week,
        &weeks,
        &from_it.map(|checklist| checklist.week_id).collect(),
    )?;
    rules::CHECKLISTS.check_room_for(wanted.len(), i64::try_from(there.len()).unwrap_or(i64::MAX))?;
    let made = wanted.len();
    for week_id in wanted {
        let checklist = Checklist {
            id: Id::new(),
            cohort_id: cohort.id,
            week_id,
            template_id: Some(template.id),
            name: template.name.clone(),
            created_at: now,
        };
        let lines = template.items.lines().map_err(Error::internal)?;
        let item = |(position, text)| Item {
            id: Id::new(),
            checklist_id: checklist.id,
            position,
            text,
            done_by: None,
            done_at: None,
        };
        let items: Vec<Item> = (1..).zip(lines).map(item).collect();
        store::insert_checklist(conn, &staff, &checklist, &items)?;
    }
    let mut all = whole(conn, &staff)?;
    all.retain(|one| one.checklist.template_id == Some(template.id));
    Ok((made, all))
}

/// Deletes a checklist.
pub fn delete(conn: &mut Conn, actor: &Actor, id: Id) -> Result<()> {
    let checklist = store::checklist(conn, id)?;
    let (_, staff) = CohortStaff::or_hide(conn, actor, checklist.cohort_id)?;
    store::delete_checklist(conn, &staff, &checklist)
}

/// Ticks an item, or takes its tick away. Repeating it changes nothing.
pub fn tick(conn: &mut Conn, actor: &Actor, item: Id, is_done: bool, now: Instant) -> Result<()> {
    let item = store::item(conn, item)?;
    let checklist = store::checklist(conn, item.checklist_id)?;
    let (_, staff) = CohortStaff::or_hide(conn, actor, checklist.cohort_id)?;
    match is_done {
        true => store::tick(conn, &staff, &checklist, item.id, now),
        false => store::untick(conn, &staff, &checklist, item.id),
    }
}

/// What is left to do in a cohort and its weeks that have begun.
pub fn undone(conn: &mut Conn, actor: &Actor, cohort: Id, today: chrono::NaiveDate) -> Result<Vec<Undone>> {
    let (_, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let checklists = store::checklists(conn, &staff)?;
    let items = store::items_of(conn, &checklists)?;
    let weeks = store::listed_weeks(conn, staff.cohort())?;
    Ok(rules::undone(&checklists, &items, &weeks, today))
}
