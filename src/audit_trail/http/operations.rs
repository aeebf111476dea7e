//! The operations of this feature.

use crate::web::{Operation, Tag, Who, get};

static TAG: Tag = Tag {
    name: "audit trail",
    about: "Who did what, when, and what became what.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get(
            "/v1/campuses/{id}/audit-entries",
            "list_campus_audit_entries",
            super::list_campus_audit_entries,
        )
        .summary("List what was done at a campus")
        .about(
            "\
            Every change at the campus and in its cohorts, newest first: by staff, students, mentors, administrators, \
            and by commands on the server. What is about applications that the caller may not read, drafts among them, is \
            left out. Entries are never changed or deleted. What was done before entries knew their campus is not in the \
            list. As `text/csv` it is one table with all entries that are asked for, without \
            pages; cells that a spreadsheet would run as a formula begin with an apostrophe.",
        )
        .who(Who::CampusOrganisers)
        .also("text/csv"),
        get(
            "/v1/me/audit-entries",
            "list_own_audit_entries",
            super::list_own_audit_entries,
        )
        .summary("List what was done in my name")
        .about(
            "\
            Everything that was done with the caller's account, newest first, log-ins included, also failed ones. \
            As `text/csv` it is one table with all entries that are asked for.",
        )
        .also("text/csv")
        .no_store(),
    ])
}
