//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, get, patch, post},
};

static TAG: Tag = Tag {
    name: "programmes",
    about: "Courses, week by week, that cohorts are made from: the library's and those of the campuses.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    TAG.operations([
        get("/v1/programmes", "list_programmes", super::list)
            .summary("The programmes, oldest first: the library's and those of the campuses")
            .who(Who::Anyone),
        post("/v1/programmes", "make_programme", super::make)
            .summary("Make a programme for a campus")
            .who(Who::CampusStaff)
            .problems(&[Code::SlugTaken]),
        get("/v1/programmes/{id}", "get_programme", super::show)
            .summary("A programme with its weeks")
            .who(Who::Anyone),
        patch("/v1/programmes/{id}", "change_programme", super::change)
            .summary("Change a programme; cohorts keep the weeks they were made with")
            .who(Who::CampusStaff)
            .problems(&[Code::SlugTaken]),
        post("/v1/programmes/{id}/forks", "fork_programme", super::fork)
            .summary("Copy a programme to a campus")
            .who(Who::CampusStaff)
            .problems(&[Code::SlugTaken]),
    ])
}
