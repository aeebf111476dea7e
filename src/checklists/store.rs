//! Queries on templates, checklists and items.

use diesel::prelude::*;

use super::{
    events,
    model::{Checklist, Item, ListedWeek, Template},
    proofs::TemplateReader,
};
use crate::{
    campuses::CampusStaff,
    cohorts::CohortStaff,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{checklist_items as items, checklist_templates as templates, checklists, weeks},
    },
    error::Result,
    on_both,
    primitives::{Id, Instant},
};

/// The templates of a campus, by their names.
pub fn templates(conn: &mut Conn, proof: &TemplateReader) -> Result<Vec<Template>> {
    Ok(templates::table
        .filter(templates::campus_id.eq(proof.campus()))
        .filter(templates::programme_id.is_null())
        .order((templates::name, templates::id))
        .select(Template::as_select())
        .load(conn)?)
}

/// The templates of a programme, by their names.
pub fn templates_of_programme(conn: &mut Conn, proof: &TemplateReader, programme: Id) -> Result<Vec<Template>> {
    Ok(templates::table
        .filter(templates::campus_id.eq(proof.campus()))
        .filter(templates::programme_id.eq(programme))
        .order((templates::name, templates::id))
        .select(Template::as_select())
        .load(conn)?)
}

/// One template.
///
/// # Errors
/// `404` if there is none.
pub fn template(conn: &mut Conn, id: Id) -> Result<Template> {
    Ok(templates::table.find(id).select(Template::as_select()).first(conn)?)
}

/// How many a campus has.
pub fn count_templates(conn: &mut Conn, proof: &CampusStaff) -> Result<i64> {
    Ok(templates::table
        .filter(templates::campus_id.eq(proof.campus()))
        .count()
        .get_result(conn)?)
}

/// Makes one.
pub fn insert_template(conn: &mut Conn, proof: &CampusStaff, new: &Template) -> Result<()> {
    debug_assert_eq!(proof.campus(), new.campus_id, "the proof holds elsewhere");
    diesel::insert_into(templates::table).values(new).execute(conn)?;
    events::template(new).created(conn)
}

/// Puts another name or other items in place of what was.
pub fn update_template(conn: &mut Conn, proof: &CampusStaff, changed: &Template) -> Result<()> {
    let own = templates::table
        .find(changed.id)
        .filter(templates::campus_id.eq(proof.campus()));
    diesel::update(own)
        .set((
            templates::name.eq(&changed.name),
            templates::items.eq(&changed.items),
            templates::version.eq(changed.version),
            templates::updated_at.eq(changed.updated_at),
        ))
        .execute(conn)?;
    events::template(changed).updated(conn)
}

/// Deletes one. Checklists that were made from it stay.
pub fn delete_template(conn: &mut Conn, proof: &CampusStaff, template: &Template) -> Result<()> {
    let own = templates::table
        .find(template.id)
        .filter(templates::campus_id.eq(proof.campus()));
    diesel::delete(own).execute(conn)?;
    events::template(template).deleted(conn)
}

/// The weeks of a cohort, in order.
pub fn listed_weeks(conn: &mut Conn, cohort: Id) -> Result<Vec<ListedWeek>> {
    Ok(weeks::table
        .filter(weeks::cohort_id.eq(cohort))
        .order(weeks::number)
        .select(ListedWeek::as_select())
        .load(conn)?)
}

/// The checklists of a cohort, in the order in which they were made.
pub fn checklists(conn: &mut Conn, proof: &CohortStaff) -> Result<Vec<Checklist>> {
    Ok(checklists::table
        .filter(checklists::cohort_id.eq(proof.cohort()))
        .order(checklists::id)
        .select(Checklist::as_select())
        .load(conn)?)
}

/// The items of these checklists, in order.
pub fn items_of(conn: &mut Conn, of: &[Checklist]) -> Result<Vec<Item>> {
    let ids = of.iter().map(|checklist| checklist.id);
    Ok(items::table
        .filter(items::checklist_id.among(ids))
        .order((items::checklist_id, items::position))
        .select(Item::as_select())
        .load(conn)?)
}

/// A checklist.
///
/// # Errors
/// `404` if there is none.
pub fn checklist(conn: &mut Conn, id: Id) -> Result<Checklist> {
    Ok(checklists::table.find(id).select(Checklist::as_select()).first(conn)?)
}

/// An item.
///
/// # Errors
/// `404` if there is none.
pub fn item(conn: &mut Conn, id: Id) -> Result<Item> {
    Ok(items::table.find(id).select(Item::as_select()).first(conn)?)
}

/// Makes a checklist with its items.
pub fn insert_checklist(conn: &mut Conn, proof: &CohortStaff, new: &Checklist, of_it: &[Item]) -> Result<()> {
    debug_assert_eq!(proof.cohort(), new.cohort_id, "the proof holds elsewhere");
    diesel::insert_into(checklists::table).values(new).execute(conn)?;
    on_both!(conn, |conn| diesel::insert_into(items::table)
        .values(of_it)
        .execute(conn))?;
    events::checklist(new).created(conn)
}

/// Deletes a checklist with its items.
pub fn delete_checklist(conn: &mut Conn, proof: &CohortStaff, checklist: &Checklist) -> Result<()> {
    let own = checklists::table
        .find(checklist.id)
        .filter(checklists::cohort_id.eq(proof.cohort()));
    diesel::delete(own).execute(conn)?;
    events::checklist(checklist).deleted(conn)
}

/// Ticks an item: whoever was first did it.
pub fn tick(conn: &mut Conn, proof: &CohortStaff, checklist: &Checklist, item: Id, now: Instant) -> Result<()> {
    let open = items::table.find(item).filter(items::done_at.is_null());
    let ticked = diesel::update(open)
        .set((items::done_by.eq(proof.person()), items::done_at.eq(now)))
        .execute(conn)?;
    tell_if_changed(conn, checklist, ticked)
}

/// Takes the tick of an item away.
pub fn untick(conn: &mut Conn, _: &CohortStaff, checklist: &Checklist, item: Id) -> Result<()> {
    let done = items::table.find(item).filter(items::done_at.is_not_null());
    let unticked = diesel::update(done)
        .set((items::done_by.eq(None::<Id>), items::done_at.eq(None::<Instant>)))
        .execute(conn)?;
    tell_if_changed(conn, checklist, unticked)
}

fn tell_if_changed(conn: &mut Conn, checklist: &Checklist, changed: usize) -> Result<()> {
    match changed {
        0 => Ok(()),
        _ => events::checklist(checklist).updated(conn),
    }
}
