//! How a copy of what is stored is declared: the rows of a table, and the sections that a person gets.

use crate::primitives::{Email, Id};

/// Columns that a copy leaves out, with the reason; `table.*` for all of a table.
pub type LeftOut = &'static [(&'static str, &'static [&'static str])];

/// The sections of a copy, each with the columns that it has.
pub type Sections = &'static [(&'static str, &'static [&'static str])];

/// Why a person's copy has no secrets.
pub const SECRETS: &str = "secrets, of which only a hash is stored, and what is kept to recognise a request";

/// Why a campus's copy has no secrets.
pub const HASHES: &str = "secrets, of which only a hash is stored";

/// Why a person's copy has no drafts of teams.
pub const DRAFTS: &str = "drafts of teams and their earlier versions: the staff's work, about everybody in the cohort";

/// Why no copy has what only the service itself reads.
pub const HOUSEKEEPING: &str = "how the service keeps its own work in order";

/// Whose rows are read.
pub struct Whose {
    pub person: Id,
    /// Whom the audit trail knows them as: this account, and those that were merged into it.
    pub accounts: Vec<Id>,
    /// Their address, if it is proved: what goes to any other may be meant for somebody else.
    pub address: Option<Email>,
}

/// Rows of a table: the columns of it that a copy has, each under its own name. Columns of other tables that say
/// what a row is about stand behind the semicolon.
macro_rules! rows {
    ($($(#[$meta:meta])* $name:ident from $table:ident {
        $($(#[$field_meta:meta])* $field:ident: $type:ty,)*
        $(; $($(#[$joined_meta:meta])* $joined:ident: $joined_type:ty = $expression:expr,)*)?
    })*) => {$(
        $(#[$meta])*
        #[derive(diesel::Queryable, diesel::Selectable, serde::Serialize, schemars::JsonSchema)]
        #[diesel(table_name = $table)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            $($($(#[$joined_meta])* #[diesel(select_expression = $expression)] pub $joined: $joined_type,)*)?
        }

        impl $name {
            /// The columns that it has.
            pub(super) const COLUMNS: &[&str] = &[$(concat!(stringify!($table), ".", stringify!($field))),*];
        }
    )*};
}
pub(super) use rows;

/// Sections of a person's copy: `name: Row in table of column by order`, where the column holds the person, or a query.
macro_rules! person {
    ($name:ident {
        $($(#[$meta:meta])* $section:ident: $row:ident
            $(in $table:ident of $person:ident by $order:ident)? $(= |$whose:ident| $query:expr)?;)*
    }) => {
        /// What a person's copy has of it.
        #[derive(serde::Serialize, schemars::JsonSchema)]
        pub struct $name {
            $($(#[$meta])* pub $section: Vec<$row>,)*
        }

        impl $name {
            pub(super) const SECTIONS: $crate::privacy::copies::rows::Sections =
                &[$((stringify!($section), $row::COLUMNS)),*];

            pub(super) fn of(
                conn: &mut $crate::db::Conn,
                whose: &$crate::privacy::copies::rows::Whose,
            ) -> $crate::error::Result<Self> {
                Ok(Self {$(
                    $section: {
                        $(let query = $table::table.filter($table::$person.eq(whose.person)).order($table::$order);)?
                        $(let query = { let $whose = whose; $query };)?
                        query.select($row::as_select()).load(conn)?
                    },
                )*})
            }
        }
    };
}
pub(super) use person;

/// The clients that a person looks after.
macro_rules! own_clients {
    ($whose:ident) => {
        $crate::db::schema::product_owners::table
            .filter($crate::db::schema::product_owners::person_id.eq($whose.person))
            .select($crate::db::schema::product_owners::client_id)
    };
}
pub(super) use own_clients;
