//! Queries on discoveries.

use diesel::{prelude::*, sql_types::Bool};

use crate::{
    accounts::model::PersonCard,
    cohorts::CohortInsider,
    db::{
        Conn, SWEPT,
        dialect::AmongMethod as _,
        schema::{discoveries, people, useful_marks},
    },
    error::Result,
    on_both,
    primitives::{
        Id, Instant,
        text::{folded, forms},
    },
    work::{
        events,
        model::{Discovery, DiscoverySelection, DiscoverySort, Position, search_words},
        proofs::Sharer,
    },
};

/// A discovery with whoever shared it.
pub type WithPerson = (Discovery, Option<PersonCard>);

/// A discovery.
///
/// # Errors
/// `404` if there is none.
pub fn discovery(conn: &mut Conn, id: Id) -> Result<WithPerson> {
    Ok(discoveries::table
        .left_join(people::table)
        .filter(discoveries::id.eq(id))
        .select((Discovery::as_select(), Option::<PersonCard>::as_select()))
        .first(conn)?)
}

/// Up to `limit` discoveries of a cohort.
pub fn discoveries(conn: &mut Conn, cohort: Id, selection: &DiscoverySelection, limit: i64) -> Result<Vec<WithPerson>> {
    let mut query = discoveries::table
        .left_join(people::table)
        .filter(discoveries::cohort_id.eq(cohort))
        .limit(limit)
        .select((Discovery::as_select(), Option::<PersonCard>::as_select()))
        .into_boxed();
    if let Some(kind) = &selection.kind {
        query = query.filter(discoveries::kind.eq(kind));
    }
    if let Some(topic) = &selection.topic {
        query = query.filter(discoveries::topic_folded.eq(topic));
    }
    if let Some(week) = selection.week {
        query = query.filter(discoveries::week_number.eq(week));
    }
    if let Some(team) = selection.team {
        query = query.filter(discoveries::team_id.eq(team));
    }
    if let Some(words) = &selection.words {
        if words.is_empty() {
            query = query.filter(false.into_sql::<Bool>());
        }
        // A word is letters, digits, and none of the signs that mean anything to LIKE.
        for word in words {
            let [one, other] = forms(word).map(|form| discoveries::search_words.like(format!("% {form}%")));
            query = query.filter(one.or(other));
        }
    }
    if let Some(Position { useful, id }) = selection.after {
        query = match selection.sort {
            DiscoverySort::Newest => query.filter(discoveries::id.lt(id)),
            DiscoverySort::Oldest => query.filter(discoveries::id.gt(id)),
            DiscoverySort::MostUseful => {
                let same = discoveries::useful.eq(useful).and(discoveries::id.lt(id));
                query.filter(discoveries::useful.lt(useful).or(same))
            }
            DiscoverySort::LeastUseful => {
                let same = discoveries::useful.eq(useful).and(discoveries::id.gt(id));
                query.filter(discoveries::useful.gt(useful).or(same))
            }
        };
    }
    query = match selection.sort {
        DiscoverySort::Newest => query.order(discoveries::id.desc()),
        DiscoverySort::Oldest => query.order(discoveries::id),
        DiscoverySort::MostUseful => query.order((discoveries::useful.desc(), discoveries::id.desc())),
        DiscoverySort::LeastUseful => query.order((discoveries::useful, discoveries::id)),
    };
    Ok(query.load(conn)?)
}

/// How many discoveries somebody has shared in a cohort.
pub fn shared_by(conn: &mut Conn, cohort: Id, person: Id) -> Result<i64> {
    Ok(discoveries::table
        .filter(discoveries::cohort_id.eq(cohort))
        .filter(discoveries::shared_by.eq(person))
        .count()
        .get_result(conn)?)
}

/// Adds a discovery.
pub fn insert_discovery(conn: &mut Conn, proof: &CohortInsider, new: &Discovery) -> Result<()> {
    debug_assert_eq!(proof.cohort(), new.cohort_id, "the proof holds elsewhere");
    diesel::insert_into(discoveries::table).values(new).execute(conn)?;
    Ok(())
}

/// Puts what is told of a discovery in place of what was.
pub fn update_discovery(conn: &mut Conn, proof: &Sharer, changed: &Discovery) -> Result<()> {
    diesel::update(discoveries::table.find(proof.discovery()))
        .set((
            discoveries::title.eq(&changed.title),
            discoveries::url.eq(&changed.url),
            discoveries::kind.eq(&changed.kind),
            discoveries::topic.eq(&changed.topic),
            discoveries::text.eq(&changed.text),
            discoveries::topic_folded.eq(&changed.topic_folded),
            discoveries::search_words.eq(&changed.search_words),
            discoveries::version.eq(changed.version),
            discoveries::updated_at.eq(changed.updated_at),
        ))
        .execute(conn)?;
    events::discovery(changed.cohort_id, changed.id).updated(conn)
}

/// Makes anew what is searched of some discoveries for which it is to be made as this version does. Returns how many.
pub fn read_words_again(conn: &mut Conn) -> Result<usize> {
    let rows: Vec<(Id, String, String, Option<String>)> = discoveries::table
        .filter(discoveries::search_words.eq(""))
        .select((
            discoveries::id,
            discoveries::title,
            discoveries::topic,
            discoveries::text,
        ))
        .limit(SWEPT)
        .load(conn)?;
    for (id, title, topic, text) in &rows {
        let words = search_words([title, topic, text.as_deref().unwrap_or_default()]);
        diesel::update(discoveries::table.find(*id))
            .set((
                discoveries::topic_folded.eq(folded(topic)),
                discoveries::search_words.eq(words),
            ))
            .execute(conn)?;
    }
    Ok(rows.len())
}

/// Removes a discovery with all marks.
pub fn delete_discovery(conn: &mut Conn, proof: &Sharer) -> Result<()> {
    diesel::delete(discoveries::table.find(proof.discovery())).execute(conn)?;
    Ok(())
}

/// Which of these discoveries somebody found useful.
pub fn marked_by(conn: &mut Conn, person: Id, ids: &[Id]) -> Result<Vec<Id>> {
    Ok(useful_marks::table
        .filter(useful_marks::person_id.eq(person))
        .filter(useful_marks::discovery_id.among(ids))
        .select(useful_marks::discovery_id)
        .load(conn)?)
}

/// Whoever sees it finds it useful; whoever says so again counts once.
pub fn insert_mark(conn: &mut Conn, proof: &CohortInsider, discovery: Id, now: Instant) -> Result<()> {
    let mark = (
        useful_marks::discovery_id.eq(discovery),
        useful_marks::person_id.eq(proof.person()),
        useful_marks::created_at.eq(now),
    );
    let inserted = on_both!(conn, |conn| diesel::insert_into(useful_marks::table)
        .values(mark)
        .on_conflict_do_nothing()
        .execute(conn))?;
    match inserted {
        0 => Ok(()),
        _ => count_marks(conn, proof.cohort(), discovery),
    }
}

/// Whoever sees it finds it useful no longer.
pub fn delete_mark(conn: &mut Conn, proof: &CohortInsider, discovery: Id) -> Result<()> {
    diesel::delete(useful_marks::table.find((discovery, proof.person()))).execute(conn)?;
    count_marks(conn, proof.cohort(), discovery)
}

fn count_marks(conn: &mut Conn, cohort: Id, discovery: Id) -> Result<()> {
    let count: i64 = useful_marks::table
        .filter(useful_marks::discovery_id.eq(discovery))
        .count()
        .get_result(conn)?;
    let useful = i32::try_from(count).unwrap_or(i32::MAX);
    diesel::update(discoveries::table.find(discovery))
        .set(discoveries::useful.eq(useful))
        .execute(conn)?;
    events::discovery(cohort, discovery).updated(conn)
}
