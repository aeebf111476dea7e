//! All that is stored about a person.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    account::{self, Account, ExportedAccount},
    admissions::Admissions,
    briefs::{self, Briefs},
    campuses::{self, Campuses},
    careers::Careers,
    checklists::Checklists,
    clients::{self, Clients},
    events::{self, Events},
    mentoring::{self, Mentoring},
    pastoral::{self, Pastoral},
    products::Products,
    reflection::Reflection,
    retros::{self, Retros},
    rows::{LeftOut, Sections, Whose},
    service::{self, Service},
    students::{self, Students},
    teams::{self, Teams},
    work::{self, Work},
};
use crate::{
    audit,
    authz::SignedIn,
    db::{Conn, schema::people},
    error::Result,
    primitives::Instant,
};

macro_rules! export {
    ($($part:ident: $type:ident,)*) => {
        /// All that is stored about a person.
        #[derive(Serialize, JsonSchema)]
        #[schemars(rename = "PersonalData")]
        pub struct Export {
            /// When it was read.
            pub exported_at: Instant,
            /// The account itself.
            pub account: ExportedAccount,
            $(#[serde(flatten)] pub $part: $type,)*
        }

        /// The columns that an export has, by its sections.
        pub const EXPORTED: &[Sections] = &[&[("account", ExportedAccount::COLUMNS)], $($type::SECTIONS),*];

        impl Export {
            /// Of whoever asks, as one snapshot has it.
            pub fn of(conn: &mut Conn, proof: &SignedIn, now: Instant) -> Result<Self> {
                let account: ExportedAccount = people::table
                    .find(proof.person())
                    .select(ExportedAccount::as_select())
                    .first(conn)?;
                let whose = Whose {
                    person: account.id,
                    accounts: audit::accounts_of(conn, account.id)?,
                    address: account.email.clone().filter(|_| account.email_verified_at.is_some()),
                };
                Ok(Self {
                    exported_at: now,
                    account,
                    $($part: $type::of(conn, &whose)?,)*
                })
            }
        }
    };
}

export! {
    own_account: Account,
    campuses: Campuses,
    students: Students,
    published_teams: Teams,
    mentoring: Mentoring,
    work: Work,
    happenings: Events,
    retrospection: Retros,
    reflection: Reflection,
    pastoral: Pastoral,
    checklists: Checklists,
    admissions: Admissions,
    clients: Clients,
    products: Products,
    briefs: Briefs,
    careers: Careers,
    service: Service,
}

/// Columns of tables with people in them that an export leaves out, with the reason.
pub const WITHHELD: &[LeftOut] = &[
    account::WITHHELD,
    campuses::WITHHELD,
    clients::WITHHELD,
    briefs::WITHHELD,
    students::WITHHELD,
    teams::WITHHELD,
    mentoring::WITHHELD,
    work::WITHHELD,
    events::WITHHELD,
    retros::WITHHELD,
    pastoral::WITHHELD,
    service::WITHHELD,
];
