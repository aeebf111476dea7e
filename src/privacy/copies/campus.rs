//! All that belongs to a campus, as its organisers take it along.

use std::{collections::BTreeSet, io::Write};

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    account,
    admissions::{self, CampusAdmissions},
    briefs::CampusBriefs,
    campuses::{self, CampusCampuses, CampusRow, PersonRow},
    careers::CampusCareers,
    checklists::CampusChecklists,
    clients::{self, CampusClients},
    cohorts::CampusCohorts,
    document::{Document, Scope},
    events::{self, CampusEvents},
    mentoring::{self, CampusMentoring},
    pastoral,
    products::{self, CampusProducts},
    programmes::CampusProgrammes,
    reflection,
    retros::{self, CampusRetros},
    rows::{LeftOut, Sections},
    service::{self, CampusService},
    students::{self, CampusStudents},
    teams::{self, CampusTeams},
    work::{self, CampusWork},
};
use crate::{
    accounts::model::Audience,
    admissions::model::ApplicationStatus,
    campuses::{CampusKeeper, model::MemberStatus},
    db::{
        Conn,
        schema::{
            applications, brief_interests, brief_members, campus_members, campuses as campus_rows, client_briefs,
            clients as clients_rows, enrolments, mentor_slots, people, product_owners, sign_ups,
        },
    },
    error::Result,
    on_both,
    primitives::{Id, Instant},
};

macro_rules! campus_data {
    ($($part:ident: $type:ident,)*) => {
        /// All that belongs to a campus. It is written a row at a time and never held as a whole: this is its shape.
        #[derive(Serialize, JsonSchema)]
        pub struct CampusData {
            /// When it was read.
            pub exported_at: Instant,
            /// The campus itself.
            pub campus: CampusRow,
            /// Everybody who appears in it as a member, student, mentor, applicant or product owner.
            pub people: Vec<PersonRow>,
            $(#[serde(flatten)] pub $part: $type,)*
        }

        /// The columns that it has, by its sections.
        pub const CAMPUS_DATA: &[Sections] = &[
            &[("campus", CampusRow::COLUMNS), ("people", PersonRow::COLUMNS)],
            $($type::SECTIONS),*
        ];

        /// Writes all that belongs to the campus, as one snapshot has it.
        pub fn write_campus_data(conn: &mut Conn, proof: &CampusKeeper, now: Instant, out: impl Write) -> Result<()> {
            let campus: CampusRow = on_both!(conn, |conn| campus_rows::table
                .find(proof.campus())
                .select(CampusRow::as_select())
                .first(conn))?;
            let scope = Scope::of(conn, proof)?;
            let mut document = Document::begin(out)?;
            document.member("exported_at", &now)?;
            document.text(",")?;
            document.member("campus", &campus)?;
            write_people(conn, &scope, &mut document)?;
            $($type::write(conn, &scope, &mut document)?;)*
            document.end()
        }
    };
}

campus_data! {
    campuses: CampusCampuses,
    programmes: CampusProgrammes,
    cohorts: CampusCohorts,
    students: CampusStudents,
    teams: CampusTeams,
    mentoring: CampusMentoring,
    work: CampusWork,
    events: CampusEvents,
    retros: CampusRetros,
    checklists: CampusChecklists,
    admissions: CampusAdmissions,
    clients: CampusClients,
    products: CampusProducts,
    briefs: CampusBriefs,
    careers: CampusCareers,
    service: CampusService,
}

/// Columns of what belongs to a campus that are left out, with the reason.
pub const LEFT_OUT: &[LeftOut] = &[
    account::LEFT_OUT,
    admissions::LEFT_OUT,
    campuses::LEFT_OUT,
    clients::LEFT_OUT,
    products::LEFT_OUT,
    students::LEFT_OUT,
    teams::LEFT_OUT,
    mentoring::LEFT_OUT,
    work::LEFT_OUT,
    events::LEFT_OUT,
    retros::LEFT_OUT,
    reflection::LEFT_OUT,
    pastoral::LEFT_OUT,
    service::LEFT_OUT,
];

/// Who appears in it, a thousand at a time.
fn write_people<W: Write>(conn: &mut Conn, scope: &Scope, document: &mut Document<W>) -> Result<()> {
    let asked: Vec<(Id, MemberStatus)> = on_both!(conn, |conn| campus_members::table
        .filter(campus_members::campus_id.eq(scope.campus))
        .select((campus_members::person_id, campus_members::status))
        .load(conn))?;
    let joined = asked.iter().filter(|(_, status)| *status == MemberStatus::Member);
    let members: BTreeSet<Id> = joined.map(|(person, _)| *person).collect();
    let mut all: BTreeSet<Id> = asked.into_iter().map(|(person, _)| person).collect();
    all.extend(on_both!(conn, |conn| enrolments::table
        .filter(enrolments::cohort_id.eq_any(&scope.cohorts))
        .select(enrolments::person_id)
        .load::<Id>(conn))?);
    all.extend(on_both!(conn, |conn| sign_ups::table
        .inner_join(mentor_slots::table)
        .filter(mentor_slots::cohort_id.eq_any(&scope.cohorts))
        .select(sign_ups::person_id)
        .load::<Id>(conn))?);
    let applicants: BTreeSet<Id> = on_both!(conn, |conn| applications::table
        .filter(applications::cohort_id.eq_any(&scope.cohorts))
        .filter(applications::status.ne(ApplicationStatus::Draft))
        .filter(applications::id.ne_all(&scope.recused))
        .select(applications::person_id)
        .load::<Id>(conn))?
    .into_iter()
    .collect();
    all.extend(&applicants);
    let owners: BTreeSet<Id> = on_both!(conn, |conn| product_owners::table
        .inner_join(clients_rows::table)
        .filter(clients_rows::campus_id.eq(scope.campus))
        .select(product_owners::person_id)
        .load::<Id>(conn))?
    .into_iter()
    .collect();
    all.extend(&owners);
    // Who would like to do paid work, or does it, may have built for the client at another campus.
    all.extend(on_both!(conn, |conn| brief_interests::table
        .inner_join(client_briefs::table)
        .filter(client_briefs::campus_id.eq(scope.campus))
        .select(brief_interests::person_id)
        .load::<Id>(conn))?);
    all.extend(on_both!(conn, |conn| brief_members::table
        .inner_join(client_briefs::table)
        .filter(client_briefs::campus_id.eq(scope.campus))
        .select(brief_members::person_id)
        .load::<Id>(conn))?);
    let all: Vec<Id> = all.into_iter().collect();
    document.begin_section("people")?;
    for (at, some) in all.chunks(1000).enumerate() {
        let rows: Vec<(PersonRow, Audience)> = on_both!(conn, |conn| people::table
            .filter(people::id.eq_any(some))
            .order(people::id)
            .select((PersonRow::as_select(), people::github_audience))
            .load(conn))?;
        let rows = rows.into_iter().map(|(row, audience)| {
            // Whoever applies, for themself or an organisation, shows themself to the staff, as whoever joins does.
            let known = [&members, &applicants, &owners];
            let is_member = known.iter().any(|some| some.contains(&row.id));
            Ok(row.shown_to_staff(is_member, audience))
        });
        document.rows(rows, at == 0)?;
    }
    document.end_section()
}
