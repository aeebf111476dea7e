//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, get, patch, post},
};

static TAG: Tag = Tag {
    name: "programmes",
    about: "Curricula from which cohorts are made, in the library and at campuses.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get("/v1/programmes", "list_programmes", super::list_programmes)
            .summary("List programmes")
            .about(
                "\
                Programmes of the library and of all campuses, oldest first. Their weeks are left out; \
                `week_count` says how many there are. No account is needed.",
            )
            .who(Who::Anyone),
        post("/v1/programmes", "make_programme", super::make_programme)
            .summary("Create a programme")
            .about(
                "\
                Creates a programme for a campus on whose staff the caller is. Weeks are numbered from 1 without \
                gaps.",
            )
            .who(Who::CampusStaff)
            .problems(&[Code::SlugTaken, Code::Conflict]),
        get("/v1/programmes/{id}", "get_programme", super::get_programme)
            .summary("Show a programme")
            .about(
                "\
                A programme with its weeks and their projects. No account is needed.",
            )
            .who(Who::Anyone),
        patch("/v1/programmes/{id}", "change_programme", super::change_programme)
            .summary("Change a programme")
            .about(
                "\
                Changes a programme of a campus; `weeks` and `roles` are replaced as a whole. Cohorts keep the \
                weeks they were made with. Programmes of the library cannot be changed (`403`): fork them.",
            )
            .who(Who::CampusStaff)
            .problems(&[Code::SlugTaken]),
        post("/v1/programmes/{id}/forks", "fork_programme", super::fork_programme)
            .summary("Fork a programme")
            .about(
                "\
                Copies a programme with its weeks to a campus, whose staff may change the copy.",
            )
            .who(Who::CampusStaff)
            .problems(&[Code::SlugTaken, Code::Conflict]),
    ])
}
