//! Who must, and who must not, be in one team.

use crate::{
    accounts::{
        model::{Audience, PersonView},
        store as accounts,
    },
    authz::Actor,
    campuses::store as campuses,
    cohorts::{CohortInsider, CohortStaff, model::Cohort, store as cohorts},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant},
    students::{
        model::{EnrolmentStatus, PairKind, PairRule},
        rules::pair_rules::{self as rules, RequestedPairRule},
        store,
    },
};

/// A rule with the people in it.
pub struct PairRuleWithPeople {
    pub rule: PairRule,
    pub people: Vec<PersonView>,
    pub created_by: Option<PersonView>,
}

/// What became of somebody's wish.
pub enum PairRuleOutcome {
    /// Staff made a rule.
    Made(PairRuleWithPeople),
    /// A student asked in confidence: all that they learn is that it was heard.
    Heard(PairRule),
}

pub fn add_pair_rule(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    requested: RequestedPairRule,
    now: Instant,
) -> Result<PairRuleOutcome> {
    let (cohort, proof) = CohortInsider::of(conn, actor, cohort)?;
    if proof.is_staff() {
        check(conn, &cohort, &requested)?;
        let there = store::pair_rules(conn, cohort.id)?;
        rules::check_conflict(&requested, &there)?;
        rules::OF_A_COHORT.check_room(there.len())?;
        let rule = insert(conn, &proof, &requested, now)?;
        return Ok(PairRuleOutcome::Made(
            with_people(conn, &cohort, &proof.staff()?, vec![rule])?
                .pop()
                .ok_or_else(Error::not_found)?,
        ));
    }
    if !proof.is_student() {
        return Err(Error::not_found());
    }
    if requested.kind != PairKind::Apart || !requested.people.contains(&proof.person()) {
        return Err(Error::forbidden(
            "staff of the campus, and students who ask to be kept apart from somebody,",
        ));
    }
    check(conn, &cohort, &requested)?;
    ask_in_confidence(conn, &proof, &requested, now).map(PairRuleOutcome::Heard)
}

/// What one student may ask for in confidence: more could leave no teams at all.
const MOST_WISHES: usize = 3;

/// A student's wish never meets a conflict: that would tell them which rules there are. Their own
/// wish is heard once; one that contradicts a rule of the staff is for the staff to see.
fn ask_in_confidence(
    conn: &mut Conn,
    proof: &CohortInsider,
    requested: &RequestedPairRule,
    now: Instant,
) -> Result<PairRule> {
    let mut own = store::pair_rules(conn, proof.cohort())?;
    own.retain(|rule| rule.created_by == Some(proof.person()));
    if let Some(rule) = rules::same(requested, &own) {
        return Ok(rule.clone());
    }
    if own.len() >= MOST_WISHES {
        return Err(Error::new(
            Code::Conflict,
            format!(
                "You have already asked to be kept apart from {MOST_WISHES} people. Talk to the staff of your campus if you need more."
            ),
        ));
    }
    insert(conn, proof, requested, now)
}

fn check(conn: &mut Conn, cohort: &Cohort, requested: &RequestedPairRule) -> Result<()> {
    let weeks = cohorts::weeks(conn, cohort.id)?;
    let last = weeks.last().map_or(0, |week| week.number);
    let roster = store::roster(conn, cohort.id)?;
    let enrolled: Vec<Id> = roster
        .iter()
        .filter(|(enrolment, _)| enrolment.status == EnrolmentStatus::Enrolled)
        .map(|(_, card)| card.id)
        .collect();
    rules::check(requested, &enrolled, last)
}

fn insert(conn: &mut Conn, proof: &CohortInsider, requested: &RequestedPairRule, now: Instant) -> Result<PairRule> {
    let (person_a, person_b) = requested.pair();
    let rule = PairRule {
        id: Id::new(),
        cohort_id: proof.cohort(),
        kind: requested.kind,
        person_a,
        person_b,
        from_week: requested.from_week,
        to_week: requested.to_week,
        created_by: Some(proof.person()),
        created_at: now,
    };
    store::insert_pair_rule(conn, proof, &rule)?;
    Ok(rule)
}

/// For the staff: nobody else sees rules.
fn with_people(
    conn: &mut Conn,
    cohort: &Cohort,
    staff: &CohortStaff,
    rules: Vec<PairRule>,
) -> Result<Vec<PairRuleWithPeople>> {
    let ids: Vec<Id> = rules
        .iter()
        .flat_map(|rule| [Some(rule.person_a), Some(rule.person_b), rule.created_by])
        .flatten()
        .collect();
    let cards = accounts::cards(conn, &ids)?;
    let viewer = campuses::viewer(
        conn,
        Some(staff.person()),
        Audience::Cohort,
        Some(cohort.campus_id),
        &ids,
    )?;
    let card = |id: Id| Some(viewer.view(cards.iter().find(|card| card.id == id)?.clone()));
    Ok(rules
        .into_iter()
        .map(|rule| PairRuleWithPeople {
            people: [rule.person_a, rule.person_b].into_iter().filter_map(card).collect(),
            created_by: rule.created_by.and_then(card),
            rule,
        })
        .collect())
}

/// All rules of the cohort, oldest first: a page's worth is cut by the caller.
pub fn pair_rules(conn: &mut Conn, actor: &Actor, cohort: Id, after: Option<Id>) -> Result<Vec<PairRuleWithPeople>> {
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let mut rules = store::pair_rules(conn, cohort.id)?;
    rules.retain(|rule| after.is_none_or(|after| rule.id > after));
    with_people(conn, &cohort, &staff, rules)
}

pub fn pair_rule(conn: &mut Conn, actor: &Actor, id: Id) -> Result<PairRuleWithPeople> {
    let rule = store::pair_rule(conn, id)?;
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, rule.cohort_id)?;
    with_people(conn, &cohort, &staff, vec![rule])?
        .pop()
        .ok_or_else(Error::not_found)
}

/// A rule is made and removed, and never another.
pub const ONLY_VERSION: i64 = 1;

pub fn remove_pair_rule(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch) -> Result<()> {
    let rule = store::pair_rule(conn, id)?;
    let (_, proof) = CohortStaff::or_hide(conn, actor, rule.cohort_id)?;
    known.check(ONLY_VERSION)?;
    store::remove_pair_rule(conn, &proof, id)
}
