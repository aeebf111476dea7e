//! How a campus's copy is written: a section after the other, a row at a time.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    io::Write,
};

use diesel::prelude::*;
use serde::Serialize;

use crate::{
    admissions::recused_at,
    campuses::CampusKeeper,
    db::{
        Conn,
        schema::{audit_entries, cohorts, consents, enrolments, merged_accounts, rounds},
    },
    error::{Error, Result},
    on_both,
    primitives::Id,
    students::model::Purpose,
};

/// Which rows belong to the campus.
pub struct Scope {
    pub campus: Id,
    pub cohorts: Vec<Id>,
    /// Rounds whose teams were published: drafts are nobody's to take along.
    pub rounds: Vec<Id>,
    /// Plans with such a round.
    pub plans: Vec<Id>,
    /// Students who do not want teams balanced by what is known of them: the staff see none of it.
    pub objectors: HashSet<Id>,
    /// Applications that whoever takes the copy has nothing to do with.
    pub recused: Vec<Id>,
    /// Accounts that the audit trail names and that were merged into another, with whose they are since.
    pub merged: HashMap<Id, Id>,
}

impl Scope {
    pub fn of(conn: &mut Conn, proof: &CampusKeeper) -> Result<Self> {
        let campus = proof.campus();
        let cohorts: Vec<Id> = cohorts::table
            .filter(cohorts::campus_id.eq(campus))
            .select(cohorts::id)
            .load(conn)?;
        let published: Vec<(Id, Id)> = on_both!(conn, |conn| rounds::table
            .filter(rounds::cohort_id.eq_any(&cohorts))
            .filter(rounds::published_at.is_not_null())
            .select((rounds::plan_id, rounds::id))
            .load(conn))?;
        let plans: BTreeSet<Id> = published.iter().map(|(plan, _)| *plan).collect();
        let objectors: Vec<Id> = on_both!(conn, |conn| consents::table
            .filter(consents::purpose.eq(Purpose::TeamBalance))
            .filter(consents::given.eq(false))
            .filter(
                consents::person_id.eq_any(
                    enrolments::table
                        .filter(enrolments::cohort_id.eq_any(&cohorts))
                        .select(enrolments::person_id),
                ),
            )
            .select(consents::person_id)
            .load(conn))?;
        let done_by = audit_entries::table
            .filter(audit_entries::campus_id.eq(campus))
            .filter(audit_entries::person_id.is_not_null())
            .select(audit_entries::person_id.assume_not_null());
        let merged: Vec<(Id, Id)> = on_both!(conn, |conn| merged_accounts::table
            .filter(merged_accounts::id.eq_any(done_by))
            .select((merged_accounts::id, merged_accounts::person_id))
            .load(conn))?;
        Ok(Self {
            campus,
            recused: recused_at(conn, campus, proof.person())?,
            merged: merged.into_iter().collect(),
            cohorts,
            rounds: published.into_iter().map(|(_, round)| round).collect(),
            plans: plans.into_iter().collect(),
            objectors: objectors.into_iter().collect(),
        })
    }
}

/// A JSON object of sections.
pub struct Document<W> {
    out: W,
}

impl<W: Write> Document<W> {
    pub fn begin(out: W) -> Result<Self> {
        let mut document = Self { out };
        document.text("{")?;
        Ok(document)
    }

    pub fn end(mut self) -> Result<()> {
        self.text("}")?;
        self.out.flush().map_err(Error::internal)
    }

    pub fn member(&mut self, name: &str, value: &impl Serialize) -> Result<()> {
        self.text(&format!("\"{name}\":"))?;
        self.value(value)
    }

    /// Begins a section, behind what is there.
    pub fn begin_section(&mut self, name: &str) -> Result<()> {
        self.text(&format!(",\"{name}\":["))
    }

    pub fn end_section(&mut self) -> Result<()> {
        self.text("]")
    }

    /// The rows of a query, of which only one is in memory at a time.
    pub fn rows<R: Serialize>(&mut self, rows: impl Iterator<Item = QueryResult<R>>, are_first: bool) -> Result<()> {
        for (at, row) in rows.enumerate() {
            if at > 0 || !are_first {
                self.text(",")?;
            }
            self.value(&row?)?;
        }
        Ok(())
    }

    pub fn text(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(Error::internal)
    }

    fn value(&mut self, value: &impl Serialize) -> Result<()> {
        serde_json::to_writer(&mut self.out, value).map_err(Error::internal)
    }
}

/// Sections of a campus's copy: `name: Row in table of campus by order`, or `of cohorts`, or `of rounds`, or a query; behind
/// it what a row of this campus is turned into.
macro_rules! campus {
    ($name:ident {
        $($(#[$meta:meta])* $section:ident: $row:ident
            $(in $table:ident of $scope:ident by $order:ident)?
            $(= |$given:ident| $query:expr $(=> $shown:path)?)?;)*
    }) => {
        /// What a campus's copy has of it. It is never held as a whole: this is its shape.
        #[derive(serde::Serialize, schemars::JsonSchema)]
        pub struct $name {
            $($(#[$meta])* pub $section: Vec<$row>,)*
        }

        impl $name {
            pub(super) const SECTIONS: $crate::privacy::copies::rows::Sections =
                &[$((stringify!($section), $row::COLUMNS)),*];

            pub(super) fn write<W: std::io::Write>(
                conn: &mut $crate::db::Conn,
                scope: &$crate::privacy::copies::document::Scope,
                document: &mut $crate::privacy::copies::document::Document<W>,
            ) -> $crate::error::Result<()> {
                use diesel::{connection::DefaultLoadingMode, pg::PgRowByRowLoadingMode};
                $(
                    document.begin_section(stringify!($section))?;
                    // Each engine has a query of its own: what streams rows knows the one that it reads from.
                    macro_rules! query {
                        () => {{
                            $(let query = $crate::privacy::copies::document::rows_of_scope!($table of $scope by $order, scope);)?
                            $(let query = { let $given = scope; $query };)?
                            query.select($row::as_select())
                        }};
                    }
                    let shown = |row: QueryResult<$row>| {
                        $($(let row = row.map(|row| $shown(row, scope));)?)?
                        row
                    };
                    match conn {
                        $crate::db::Conn::Sqlite(conn) => {
                            let rows = query!().load_iter::<$row, DefaultLoadingMode>(conn)?;
                            document.rows(rows.map(shown), true)?;
                        }
                        $crate::db::Conn::Postgres(conn) => {
                            let rows = query!().load_iter::<$row, PgRowByRowLoadingMode>(conn)?;
                            document.rows(rows.map(shown), true)?;
                        }
                    }
                    document.end_section()?;
                )*
                Ok(())
            }
        }
    };
}
pub(super) use campus;

/// The rows of a table that belong to a campus.
macro_rules! rows_of_scope {
    ($table:ident of campus by $order:ident, $scope:ident) => {
        $table::table
            .filter($table::campus_id.eq($scope.campus))
            .order($table::$order)
    };
    ($table:ident of cohorts by $order:ident, $scope:ident) => {
        $table::table
            .filter($table::cohort_id.eq_any(&$scope.cohorts))
            .order(($table::cohort_id, $table::$order))
    };
    ($table:ident of rounds by $order:ident, $scope:ident) => {
        $table::table
            .filter($table::round_id.eq_any(&$scope.rounds))
            .order(($table::round_id, $table::$order))
    };
}
pub(super) use rows_of_scope;
