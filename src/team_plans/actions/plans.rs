//! Plans: prepared, saved, read, deleted.

use serde::Deserialize;

use crate::{
    accounts,
    authz::Actor,
    cohorts::CohortStaff,
    db::Conn,
    error::{Code, Error, Result},
    jobs::{self, JobRequest as _, model::Job},
    primitives::{Cursor, Filter, Id, IfMatch, Instant, Limit, Page},
    team_plans::{
        context::{assess_again, check_going_on, insert_version, snapshot, status_of},
        model::{Formed, FormingInput, PlanAct, PlanChange, PlanRequest, PlanStatus, Report, TeamPlan},
        rules, store,
    },
    teams::{
        self,
        model::{Encounter, FullRound, Names, PersonName, Seated, Span, TeamNames},
        store::NewRound,
    },
    web::Origin,
};

/// A request for a plan that has been checked, with all that forming its teams takes.
#[derive(Clone)]
pub struct PreparedPlan {
    plan: Id,
    /// What the teams are formed from.
    pub input: FormingInput,
}

/// Checks a request for a plan against the cohort.
pub fn prepare(conn: &mut Conn, actor: &Actor, cohort: Id, request: &PlanRequest) -> Result<PreparedPlan> {
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    check_going_on(&cohort)?;
    rules::check_room(&store::drafts(conn, &staff)?)?;
    let (snapshot, names) = snapshot(conn, &cohort)?;
    let plan = Id::new();
    let input = FormingInput {
        account: staff.person(),
        campus: cohort.campus_id,
        cohort: cohort.id,
        rounds: rules::rounds_to_form(request, &snapshot)?,
        later_rounds: rules::rounds_ahead(request, &snapshot),
        request: request.clone(),
        seed: request.seed.unwrap_or_else(|| rules::seed_of(plan)),
        earlier: planned_earlier(conn, cohort.id)?,
        snapshot,
        names,
    };
    Ok(PreparedPlan { plan, input })
}

/// What the plan that was published last has for weeks that students do not see yet, and for those after it: who plans
/// week by week goes on with that.
fn planned_earlier(conn: &mut Conn, cohort: Id) -> Result<Vec<Seated>> {
    let Some(plan) = store::last_published(conn, cohort)? else {
        return Ok(Vec::new());
    };
    let mut earlier: Vec<Seated> = serde_json::from_str(&plan.planned_along).map_err(Error::internal)?;
    let rounds = teams::store::rounds(conn, plan.id)?;
    earlier.extend(rounds.iter().map(FullRound::seated));
    Ok(earlier)
}

/// Puts a checked request for a plan into the queue. Its seed is fixed now, so that whichever process
/// forms the teams comes to the same.
pub fn enqueue(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    request: &PlanRequest,
    origin: &Origin,
    now: Instant,
) -> Result<Job> {
    let prepared = prepare(conn, actor, cohort, request)?;
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let request = PlanRequest {
        seed: Some(prepared.input.seed),
        ..prepared.input.request
    };
    jobs::enqueue(conn, cohort.campus_id, &staff, &request, origin, now)
}

/// A plan, whole.
pub struct FullPlan {
    /// The plan.
    pub plan: TeamPlan,
    /// How far it has come.
    pub status: PlanStatus,
    /// What was asked.
    pub request: PlanRequest,
    /// Its rounds.
    pub rounds: Vec<FullRound>,
    /// Other plans with unpublished teams for some of its weeks.
    pub other_drafts: Vec<TeamPlan>,
    /// What it is worth.
    pub report: Report,
    /// What the people in the report are called.
    pub names: Names,
}

impl FullPlan {
    /// Reads the rest of a plan.
    pub(super) fn of(conn: &mut Conn, plan: TeamPlan) -> Result<Self> {
        let report: Report = serde_json::from_str(&plan.report).map_err(Error::internal)?;
        let mut people: Vec<Id> = report.repeated.iter().flat_map(|pair| pair.people).collect();
        people.extend(report.fewest_met.iter().map(|met| met.person));
        let turns = report.spacing.turns.iter().flat_map(|turns| &turns.people);
        people.extend(turns.map(|turns| turns.person));
        let notes = report.roles.iter().flat_map(|roles| &roles.notes);
        people.extend(notes.filter_map(|note| note.person));
        people.sort_unstable();
        people.dedup();
        let cards = accounts::store::cards(conn, &people)?;
        let rounds = teams::store::rounds(conn, plan.id)?;
        Ok(Self {
            status: status_of(&rounds),
            request: serde_json::from_str(&plan.request).map_err(Error::internal)?,
            other_drafts: store::overlapping_drafts(conn, &plan)?,
            rounds,
            names: cards.iter().map(PersonName::from).collect(),
            report,
            plan,
        })
    }
}

/// Saves what was formed, if the cohort still is as it was when the request was checked.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    prepared: &PreparedPlan,
    formed: &Formed,
    now: Instant,
) -> Result<FullPlan> {
    let PreparedPlan { plan, input } = prepared;
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, input.cohort)?;
    check_going_on(&cohort)?;
    rules::check_room(&store::drafts(conn, &staff)?)?;
    let (current, _) = snapshot(conn, &cohort)?;
    if current != input.snapshot {
        return Err(match rules::rounds_to_form(&input.request, &current) {
            // The most common change, and the one that asking again does not cure.
            Err(published) if published.code() == Code::WeeksPublished => published,
            _ => rules::roster_changed(),
        });
    }
    let plan = TeamPlan {
        id: *plan,
        cohort_id: cohort.id,
        from_week: input.request.from_week,
        to_week: input.request.to_week,
        seed: input.seed,
        request: serde_json::to_string(&input.request).map_err(Error::internal)?,
        report: serde_json::to_string(&formed.report).map_err(Error::internal)?,
        created_by: Some(staff.person()),
        version: 1,
        created_at: now,
        updated_at: now,
        planned_along: serde_json::to_string(&formed.planned_along).map_err(Error::internal)?,
    };
    let rounds = formed.rounds.iter().map(new_round).collect::<Result<Vec<_>>>()?;
    store::insert_plan(conn, &staff, &plan)?;
    teams::store::insert_rounds(conn, &staff, plan.id, &rounds)?;
    let rounds = teams::store::rounds(conn, plan.id)?
        .into_iter()
        .map(|round| round.round);
    let change = PlanChange::new(PlanAct::Formed, rounds.collect());
    insert_version(conn, &staff, &plan, &change)?;
    FullPlan::of(conn, plan)
}

fn new_round(seated: &Seated) -> Result<NewRound> {
    let mut names = TeamNames::default();
    let teams = seated.teams.iter().map(|_| Ok((Id::new(), names.take_free()?)));
    Ok(NewRound {
        id: Id::new(),
        teams: teams.collect::<Result<_>>()?,
        seated: seated.clone(),
    })
}

/// A plan, for staff.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<FullPlan> {
    let plan = store::plan(conn, id)?;
    CohortStaff::or_hide(conn, actor, plan.cohort_id)?;
    FullPlan::of(conn, plan)
}

/// A plan with what its picture needs besides.
pub struct PlanOverview {
    /// What the cohort is called.
    pub cohort: String,
    /// The plan.
    pub plan: FullPlan,
    /// Who meets whom in published rounds and in the plan's.
    pub met: Vec<Encounter>,
    /// How many people are in the plan.
    pub people: usize,
}

/// A plan and whom everybody in it meets, for staff.
pub fn overview(conn: &mut Conn, actor: &Actor, id: Id) -> Result<PlanOverview> {
    let plan = store::plan(conn, id)?;
    let (cohort, _) = CohortStaff::or_hide(conn, actor, plan.cohort_id)?;
    let plan = FullPlan::of(conn, plan)?;
    let mut rounds: Vec<Seated> = plan.rounds.iter().map(FullRound::seated).collect();
    let mut people: Vec<Id> = rounds
        .iter()
        .flat_map(|round| round.teams.iter().flatten().map(|seat| seat.person))
        .collect();
    people.sort_unstable();
    people.dedup();
    let planned: Vec<Span> = rounds.iter().map(|round| round.span).collect();
    let earlier = teams::store::published_rounds(conn, cohort.id)?;
    rounds.extend(earlier.into_iter().filter(|round| !planned.contains(&round.span)));
    Ok(PlanOverview {
        cohort: cohort.name.to_string(),
        met: teams::model::encounters(&rounds, &people),
        people: people.len(),
        plan,
    })
}

/// The plans of a cohort, for staff, newest first.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    filter: &Filter<PlanStatus>,
    limit: Limit,
    cursor: Option<&Cursor>,
) -> Result<Page<(TeamPlan, PlanStatus)>> {
    let (cohort, _) = CohortStaff::or_hide(conn, actor, cohort)?;
    let before = cursor.map(Cursor::key).transpose()?;
    let plans = store::plans(conn, cohort.id, filter, before, limit.plus_one())?;
    let page = Page::of(plans, limit, |plan| plan.id);
    let ids: Vec<Id> = page.data.iter().map(|plan| plan.id).collect();
    let statuses = store::statuses(conn, &ids)?;
    Ok(page.map(|plan| {
        let status = statuses.get(&plan.id).copied().unwrap_or(PlanStatus::Draft);
        (plan, status)
    }))
}

/// Discards a draft; of one that students see in part, the rounds that they do not see. Jobs that still
/// work on it are cancelled.
pub fn delete(conn: &mut Conn, actor: &Actor, id: Id, seen: IfMatch, now: Instant) -> Result<()> {
    let plan = store::plan(conn, id)?;
    let (_, staff) = CohortStaff::or_hide(conn, actor, plan.cohort_id)?;
    seen.require(plan.version)?;
    let rounds = teams::store::rounds(conn, id)?;
    let status = status_of(&rounds);
    if status == PlanStatus::Published {
        let detail = "All weeks of this plan are published. Repair the published teams instead.";
        return Err(Error::new(Code::PlanNotDraft, detail));
    }
    let gone = Error::new(Code::NotFound, "The draft has been discarded.");
    jobs::cancel_pointless(conn, &staff, |job| draft_of(job) == Some(id), &gone, now)?;
    if status == PlanStatus::Draft {
        return store::delete_plan(conn, &staff, &plan);
    }
    teams::store::delete_unpublished_rounds(conn, &staff, id)?;
    let unpublished = rounds
        .into_iter()
        .map(|round| round.round)
        .filter(|round| round.published_at.is_none());
    let change = PlanChange::new(PlanAct::Discard, unpublished.collect());
    assess_again(conn, actor, id, &change, now)
}

/// Which draft a job works on, if it is about one that was there before.
fn draft_of(job: &Job) -> Option<Id> {
    #[derive(Deserialize)]
    struct Of {
        plan: Id,
    }
    if job.kind == PlanRequest::KIND {
        return None;
    }
    serde_json::from_str(&job.request).ok().map(|of: Of| of.plan)
}
