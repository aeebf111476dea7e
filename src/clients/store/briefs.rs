//! Briefs, and the campuses that have had them.

use diesel::{dsl::InnerJoinQuerySource, prelude::*, sql_types::Bool};

use crate::{
    clients::{
        builders::built_for,
        events::{self, BriefChange, BriefEvent},
        model::{Brief, BriefSelection, BriefStatus, NamedBrief, Party, Pass},
        proofs::{BriefKeeper, BriefReader, ClientKeeper, SeenClient},
    },
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{brief_members as members, brief_passes as passes, campuses, client_briefs as briefs, clients},
    },
    error::Result,
    outbox,
    primitives::{Id, Instant},
};

/// What happens to a brief, and to whom in its team.
#[derive(Clone, Debug)]
pub struct Happening {
    pub kind: BriefChange,
    /// Whether another campus has passed it on to this one.
    pub is_passed_on: bool,
    /// Who comes into the team, stays, and leaves.
    pub joined: Vec<Id>,
    pub members: Vec<Id>,
    pub left: Vec<Id>,
}

impl Happening {
    /// With this team, which stays as it is.
    pub fn of(kind: BriefChange, members: Vec<Id>) -> Self {
        Self {
            kind,
            is_passed_on: false,
            joined: Vec::new(),
            members,
            left: Vec::new(),
        }
    }
}

/// A brief, if there is one.
pub fn brief(conn: &mut Conn, id: Id) -> Result<Option<Brief>> {
    Ok(briefs::table
        .find(id)
        .select(Brief::as_select())
        .first(conn)
        .optional()?)
}

/// How many of a client go on.
pub fn count_briefs(conn: &mut Conn, client: Id) -> Result<i64> {
    Ok(briefs::table
        .filter(briefs::client_id.eq(client))
        .filter(briefs::status.among([BriefStatus::Submitted, BriefStatus::Open, BriefStatus::Staffed]))
        .count()
        .get_result(conn)?)
}

/// Briefs with their clients and campuses.
type Joined = InnerJoinQuerySource<InnerJoinQuerySource<briefs::table, clients::table>, campuses::table>;

/// Which of them are meant. A query for each type of condition would take the compiler seconds.
type Condition<'a> = Box<dyn BoxableExpression<Joined, <Conn as Connection>::Backend, SqlType = Bool> + 'a>;

/// Up to `limit` briefs in the order in which they were submitted, each with the names of its client and its campus.
fn named(conn: &mut Conn, condition: Condition<'_>, selection: &BriefSelection, limit: i64) -> Result<Vec<NamedBrief>> {
    let mut query = briefs::table
        .inner_join(clients::table)
        .inner_join(campuses::table)
        .filter(condition)
        .order(briefs::id)
        .limit(limit)
        .select((Brief::as_select(), clients::name, campuses::name))
        .into_boxed();
    if let Some(states) = selection.states.clone() {
        query = query.filter(briefs::status.among(states));
    }
    if let Some(after) = selection.after {
        query = query.filter(briefs::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// Up to `limit` of a client.
pub fn briefs_of(
    conn: &mut Conn,
    proof: &SeenClient,
    selection: &BriefSelection,
    limit: i64,
) -> Result<Vec<NamedBrief>> {
    named(conn, Box::new(briefs::client_id.eq(proof.client.id)), selection, limit)
}

/// Up to `limit` of a campus: for its staff those that it has or had, for others those that are open to them or whose team they are in.
pub fn briefs_at(
    conn: &mut Conn,
    proof: &BriefReader,
    selection: &BriefSelection,
    limit: i64,
    now: Instant,
) -> Result<Vec<NamedBrief>> {
    let is_here = briefs::campus_id.eq(proof.campus());
    let condition: Condition = if proof.is_staff() {
        let had = passes::table
            .filter(passes::campus_id.eq(proof.campus()))
            .select(passes::brief_id);
        Box::new(is_here.or(briefs::id.eq_any(had)))
    } else {
        let built = built_for(conn, proof.person())?;
        let done = members::table
            .filter(members::person_id.eq(proof.person()))
            .select(members::brief_id);
        let is_open = briefs::status.eq(BriefStatus::Open);
        let is_own = briefs::id.eq_any(done).or(is_open.and(briefs::client_id.among(built)));
        if proof.is_graduate() {
            let is_for_all = briefs::reserved_until
                .is_null()
                .or(briefs::reserved_until.assume_not_null().le(now));
            Box::new(is_here.and(is_own.or(is_open.and(is_for_all))))
        } else {
            Box::new(is_here.and(is_own))
        }
    };
    named(conn, condition, selection, limit)
}

/// The campuses that have passed a brief on, in order.
pub fn passes(conn: &mut Conn, brief: Id) -> Result<Vec<Pass>> {
    Ok(passes::table
        .inner_join(campuses::table)
        .filter(passes::brief_id.eq(brief))
        .order(passes::id)
        .select((passes::campus_id, campuses::name, passes::created_at))
        .load(conn)?)
}

/// Adds one, which waits to be approved.
pub fn insert_brief(conn: &mut Conn, proof: &ClientKeeper, brief: &Brief, by: Party, now: Instant) -> Result<()> {
    debug_assert_eq!(proof.client(), brief.client_id, "the proof holds elsewhere");
    diesel::insert_into(briefs::table).values(brief).execute(conn)?;
    let happening = Happening::of(BriefChange::Submitted, Vec::new());
    tell(conn, brief, happening, by, proof.person(), now)
}

/// Changes what one says.
pub fn update_brief(conn: &mut Conn, proof: &BriefKeeper, brief: &Brief) -> Result<()> {
    save(conn, proof.brief(), brief)?;
    let owners = super::owner_ids(conn, brief.client_id)?;
    events::brief(brief, &owners).updated(conn)
}

/// Notes what happens to one.
pub fn advance_brief(conn: &mut Conn, proof: &BriefKeeper, brief: &Brief, what: Happening, now: Instant) -> Result<()> {
    save(conn, proof.brief(), brief)?;
    tell(conn, brief, what, proof.party(), Some(proof.person()), now)
}

pub(super) fn save(conn: &mut Conn, held_for: Id, brief: &Brief) -> Result<()> {
    debug_assert_eq!(held_for, brief.id, "the proof holds elsewhere");
    diesel::update(briefs::table.find(brief.id)).set(brief).execute(conn)?;
    Ok(())
}

/// Notes that a campus has passed one on.
pub fn pass_brief_on(conn: &mut Conn, proof: &BriefKeeper, before: &Brief, after: &Brief, now: Instant) -> Result<()> {
    save(conn, proof.brief(), after)?;
    diesel::insert_into(passes::table)
        .values((
            passes::id.eq(Id::new()),
            passes::brief_id.eq(before.id),
            passes::campus_id.eq(before.campus_id),
            passes::created_at.eq(now),
        ))
        .execute(conn)?;
    let (by, person) = (proof.party(), Some(proof.person()));
    let passed_on = Happening::of(BriefChange::PassedOn, Vec::new());
    tell(conn, before, passed_on, by, person, now)?;
    let submitted = Happening {
        is_passed_on: true,
        ..Happening::of(BriefChange::Submitted, Vec::new())
    };
    tell(conn, after, submitted, by, person, now)
}

fn tell(conn: &mut Conn, brief: &Brief, what: Happening, by: Party, person: Option<Id>, now: Instant) -> Result<()> {
    let event = BriefEvent {
        kind: what.kind,
        brief_id: brief.id,
        campus_id: brief.campus_id,
        by,
        is_passed_on: what.is_passed_on,
        owners: super::owner_ids(conn, brief.client_id)?,
        joined: what.joined,
        members: what.members,
        left: what.left,
    };
    outbox::record(conn, &event, person, now)
}
