//! Reading all that belongs to a campus, and writing it as one document.

use std::{collections::BTreeSet, io::Write};

use diesel::{connection::DefaultLoadingMode, pg::PgRowByRowLoadingMode, prelude::*};
use serde::Serialize;

use crate::{
    accounts::model::Audience,
    campuses::CampusKeeper,
    campuses::model::MemberStatus,
    db::{
        Conn,
        schema::{
            absences, actions, attendances, audit_entries, campus_alumni_sources, campus_days_off, campus_members,
            campus_removals, campus_staff, campuses, checklist_items, checklist_templates, checklists, claim_links,
            code_reviews, cohorts, day_absences, discoveries, due_extensions, enrolments, hand_overs, hint_requests,
            hint_texts, invitations, mentor_slots, pair_rules, people, programme_weeks, programmes, project_hints,
            projects, published_weeks, retro_items, retros, review_issues, rounds, scheduled_events, sign_ups,
            staff_invitations, submissions, team_members, team_plans, team_repairs, teams, timetable_sessions, weeks,
        },
    },
    error::{Error, Result},
    on_both,
    primitives::{Id, Instant},
    privacy::model::{
        AlumniSourceRow, CampusRow, ChecklistItemRow, ChecklistRow, ChecklistTemplateRow, CohortRow, DayOffRow,
        EventRow, ExportedAbsence, ExportedAction, ExportedAssignedReview, ExportedAttendance, ExportedAuditEntry,
        ExportedClaimLink, ExportedDayAbsence, ExportedDiscovery, ExportedEnrolment, ExportedExtension,
        ExportedHandOver, ExportedHint, ExportedHintRequest, ExportedInvitation, ExportedRemoval, ExportedRetro,
        ExportedSignUp, ExportedStaffInvitation, ExportedStaffRole, ExportedSubmission, HintTextRow, MemberRow,
        MentorSlotRow, PairRuleRow, PersonRow, ProgrammeRow, ProgrammeWeekRow, ProjectRow, PublishedWeekRow,
        RetroItemRow, ReviewIssueRow, RoundRow, SessionRow, TeamMemberRow, TeamPlanRow, TeamRepairRow, TeamRow,
        WeekRow,
    },
};

/// A document of sections, written a row at a time.
struct Document<W> {
    out: W,
}

impl<W: Write> Document<W> {
    fn text(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(Error::internal)
    }

    fn value(&mut self, value: &impl Serialize) -> Result<()> {
        serde_json::to_writer(&mut self.out, value).map_err(Error::internal)
    }

    fn member(&mut self, name: &str, value: &impl Serialize) -> Result<()> {
        self.text(&format!("\"{name}\":"))?;
        self.value(value)
    }

    fn begin(&mut self, section: &str) -> Result<()> {
        self.text(&format!(",\"{section}\":["))
    }

    /// The rows of a query, of which only one is in memory at a time.
    fn rows<R: Serialize>(&mut self, rows: impl Iterator<Item = QueryResult<R>>, are_first: bool) -> Result<()> {
        for (at, row) in rows.enumerate() {
            if at > 0 || !are_first {
                self.text(",")?;
            }
            self.value(&row?)?;
        }
        Ok(())
    }
}

/// Writes a section: all rows of a query, in the order it says.
macro_rules! section {
    ($document:ident, $conn:ident, $section:ident: $row:ident = $query:expr) => {
        section!($document, $conn, $section: $row = $query, |row| row)
    };
    ($document:ident, $conn:ident, $section:ident: $row:ident = $query:expr, $shown:expr) => {
        $document.begin(stringify!($section))?;
        match $conn {
            Conn::Sqlite(conn) => {
                let rows = $query.select($row::as_select());
                let rows = rows.load_iter::<$row, DefaultLoadingMode>(conn)?;
                $document.rows(rows.map(|row| row.map($shown)), true)?;
            }
            Conn::Postgres(conn) => {
                let rows = $query.select($row::as_select());
                let rows = rows.load_iter::<$row, PgRowByRowLoadingMode>(conn)?;
                $document.rows(rows.map(|row| row.map($shown)), true)?;
            }
        }
        $document.text("]")?;
    };
}

/// Writes all that belongs to the campus, as one snapshot has it.
pub fn write_campus_data(conn: &mut Conn, proof: &CampusKeeper, now: Instant, out: impl Write) -> Result<()> {
    let id = proof.campus();
    let mut document = Document { out };
    let campus: CampusRow = on_both!(conn, |conn| campuses::table
        .find(id)
        .select(CampusRow::as_select())
        .first(conn))?;
    document.text("{")?;
    document.member("exported_at", &now)?;
    document.text(",")?;
    document.member("campus", &campus)?;
    let cohort_ids: Vec<Id> = cohorts::table
        .filter(cohorts::campus_id.eq(id))
        .select(cohorts::id)
        .load(conn)?;
    write_people(conn, id, &cohort_ids, &mut document)?;
    write_campus(conn, id, &mut document)?;
    write_cohorts(conn, &cohort_ids, &mut document)?;
    write_teams(conn, &cohort_ids, &mut document)?;
    section!(document, conn, audit_entries: ExportedAuditEntry =
        audit_entries::table.filter(audit_entries::campus_id.eq(id)).order(audit_entries::id));
    document.text("}")?;
    document.out.flush().map_err(Error::internal)
}

/// Who appears in it, a thousand at a time.
fn write_people<W: Write>(conn: &mut Conn, campus: Id, cohorts: &[Id], document: &mut Document<W>) -> Result<()> {
    let asked: Vec<(Id, MemberStatus)> = on_both!(conn, |conn| campus_members::table
        .filter(campus_members::campus_id.eq(campus))
        .select((campus_members::person_id, campus_members::status))
        .load(conn))?;
    let joined = asked.iter().filter(|(_, status)| *status == MemberStatus::Member);
    let members: BTreeSet<Id> = joined.map(|(person, _)| *person).collect();
    let mut all: BTreeSet<Id> = asked.into_iter().map(|(person, _)| person).collect();
    all.extend(on_both!(conn, |conn| enrolments::table
        .filter(enrolments::cohort_id.eq_any(cohorts))
        .select(enrolments::person_id)
        .load::<Id>(conn))?);
    all.extend(on_both!(conn, |conn| sign_ups::table
        .inner_join(mentor_slots::table)
        .filter(mentor_slots::cohort_id.eq_any(cohorts))
        .select(sign_ups::person_id)
        .load::<Id>(conn))?);
    let all: Vec<Id> = all.into_iter().collect();
    document.begin("people")?;
    for (at, some) in all.chunks(1000).enumerate() {
        let rows: Vec<(PersonRow, Audience)> = on_both!(conn, |conn| people::table
            .filter(people::id.eq_any(some))
            .order(people::id)
            .select((PersonRow::as_select(), people::github_audience))
            .load(conn))?;
        let rows = rows.into_iter().map(|(row, audience)| {
            let is_member = members.contains(&row.id);
            Ok(row.shown_to_staff(is_member, audience))
        });
        document.rows(rows, at == 0)?;
    }
    document.text("]")
}

fn write_campus<W: Write>(conn: &mut Conn, campus: Id, document: &mut Document<W>) -> Result<()> {
    macro_rules! of_campus {
        ($section:ident: $row:ident in $table:ident by $order:ident) => {
            section!(document, conn, $section: $row =
                $table::table.filter($table::campus_id.eq(campus)).order($table::$order))
        };
    }
    of_campus!(alumni_sources: AlumniSourceRow in campus_alumni_sources by source_id);
    of_campus!(days_off: DayOffRow in campus_days_off by day);
    section!(document, conn, members: MemberRow = campus_members::table
        .inner_join(people::table)
        .filter(campus_members::campus_id.eq(campus))
        .order(campus_members::person_id), MemberRow::shown_to_staff);
    of_campus!(removals: ExportedRemoval in campus_removals by person_id);
    of_campus!(staff: ExportedStaffRole in campus_staff by person_id);
    of_campus!(staff_invitations: ExportedStaffInvitation in staff_invitations by id);
    of_campus!(programmes: ProgrammeRow in programmes by id);
    section!(document, conn, programme_weeks: ProgrammeWeekRow = programme_weeks::table
        .inner_join(programmes::table)
        .filter(programmes::campus_id.eq(campus))
        .order((programme_weeks::programme_id, programme_weeks::number)));
    of_campus!(cohorts: CohortRow in cohorts by id);
    of_campus!(checklist_templates: ChecklistTemplateRow in checklist_templates by id);
    Ok(())
}

fn write_cohorts<W: Write>(conn: &mut Conn, cohorts: &[Id], document: &mut Document<W>) -> Result<()> {
    macro_rules! of_cohorts {
        ($section:ident: $row:ident in $table:ident by $order:ident) => {
            section!(document, conn, $section: $row = $table::table
                .filter($table::cohort_id.eq_any(cohorts))
                .order(($table::cohort_id, $table::$order)))
        };
    }
    of_cohorts!(weeks: WeekRow in weeks by number);
    of_cohorts!(projects: ProjectRow in projects by id);
    of_cohorts!(enrolments: ExportedEnrolment in enrolments by person_id);
    of_cohorts!(invitations: ExportedInvitation in invitations by id);
    of_cohorts!(claim_links: ExportedClaimLink in claim_links by id);
    of_cohorts!(absences: ExportedAbsence in absences by week_number);
    of_cohorts!(pair_rules: PairRuleRow in pair_rules by id);
    of_cohorts!(mentor_slots: MentorSlotRow in mentor_slots by id);
    of_cohorts!(hand_overs: ExportedHandOver in hand_overs by week_id);
    of_cohorts!(submissions: ExportedSubmission in submissions by id);
    of_cohorts!(due_extensions: ExportedExtension in due_extensions by team_id);
    of_cohorts!(project_hints: ExportedHint in project_hints by id);
    of_cohorts!(hint_texts: HintTextRow in hint_texts by id);
    of_cohorts!(hint_requests: ExportedHintRequest in hint_requests by hint_id);
    of_cohorts!(code_reviews: ExportedAssignedReview in code_reviews by id);
    of_cohorts!(review_issues: ReviewIssueRow in review_issues by id);
    of_cohorts!(discoveries: ExportedDiscovery in discoveries by id);
    of_cohorts!(day_absences: ExportedDayAbsence in day_absences by day);
    of_cohorts!(timetable_sessions: SessionRow in timetable_sessions by id);
    of_cohorts!(scheduled_events: EventRow in scheduled_events by id);
    of_cohorts!(attendances: ExportedAttendance in attendances by event_id);
    of_cohorts!(retros: ExportedRetro in retros by id);
    of_cohorts!(retro_items: RetroItemRow in retro_items by id);
    of_cohorts!(actions: ExportedAction in actions by id);
    of_cohorts!(checklists: ChecklistRow in checklists by id);
    section!(document, conn, checklist_items: ChecklistItemRow = checklist_items::table
        .inner_join(checklists::table)
        .filter(checklists::cohort_id.eq_any(cohorts))
        .order((checklist_items::checklist_id, checklist_items::position)));
    section!(document, conn, sign_ups: ExportedSignUp = sign_ups::table
        .inner_join(mentor_slots::table)
        .filter(mentor_slots::cohort_id.eq_any(cohorts))
        .order(sign_ups::id));
    Ok(())
}

/// What was published: drafts are nobody's to take along.
fn write_teams<W: Write>(conn: &mut Conn, cohorts: &[Id], document: &mut Document<W>) -> Result<()> {
    let published: Vec<(Id, Id)> = on_both!(conn, |conn| rounds::table
        .filter(rounds::cohort_id.eq_any(cohorts))
        .filter(rounds::published_at.is_not_null())
        .select((rounds::plan_id, rounds::id))
        .load(conn))?;
    let plans: BTreeSet<Id> = published.iter().map(|(plan, _)| *plan).collect();
    let plans: Vec<Id> = plans.into_iter().collect();
    let ids: Vec<Id> = published.iter().map(|(_, round)| *round).collect();
    section!(document, conn, team_plans: TeamPlanRow =
        team_plans::table.filter(team_plans::id.eq_any(&plans)).order(team_plans::id));
    section!(document, conn, rounds: RoundRow = rounds::table.filter(rounds::id.eq_any(&ids)).order(rounds::id));
    section!(document, conn, published_weeks: PublishedWeekRow = published_weeks::table
        .filter(published_weeks::cohort_id.eq_any(cohorts))
        .order((published_weeks::cohort_id, published_weeks::week_number)));
    macro_rules! of_rounds {
        ($section:ident: $row:ident in $table:ident by $order:ident) => {
            section!(document, conn, $section: $row = $table::table
                .filter($table::round_id.eq_any(&ids))
                .order(($table::round_id, $table::$order)))
        };
    }
    of_rounds!(teams: TeamRow in teams by position);
    of_rounds!(team_members: TeamMemberRow in team_members by person_id);
    of_rounds!(team_repairs: TeamRepairRow in team_repairs by id);
    Ok(())
}
