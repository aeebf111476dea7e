//! The operations of this feature.

use crate::{
    error::Code,
    web::{Operation, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "checklists",
    about: "What staff have to do for a cohort and each of its weeks.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    let mut all = templates();
    all.extend(checklists());
    all
}

fn templates() -> Vec<Operation> {
    TAG.operations([
        get(
            "/v1/campuses/{id}/checklist-templates",
            "list_checklist_templates",
            super::list_checklist_templates,
        )
        .summary("List checklist templates")
        .about(
            "\
            The templates of a campus, by their names, for its staff and for the staff of campuses whose alumni it admits. The \
            list is never paged.",
        )
        .who(Who::TemplateReaders),
        post(
            "/v1/campuses/{id}/checklist-templates",
            "create_checklist_template",
            super::create_checklist_template,
        )
        .summary("Create a checklist template")
        .about("Makes a template from which checklists for cohorts, or for their weeks, are made.")
        .who(Who::CampusStaff)
        .problems(&[Code::Conflict]),
        get(
            "/v1/programmes/{id}/checklist-templates",
            "list_programme_checklist_templates",
            super::list_programme_checklist_templates,
        )
        .summary("List a programme's checklist templates")
        .about(
            "\
            The templates of a programme, by their names, for the staff of its campus, of campuses whose alumni it admits, and \
            of campuses that have a cohort of it. The list is never paged.",
        )
        .who(Who::TemplateReaders),
        post(
            "/v1/programmes/{id}/checklist-templates",
            "create_programme_checklist_template",
            super::create_programme_checklist_template,
        )
        .summary("Create a programme's checklist template")
        .about(
            "\
            Makes a template from which checklists are made for the cohorts of a programme, at whichever campus. Not for \
            programmes of the library: fork one first.",
        )
        .who(Who::CampusStaff)
        .problems(&[Code::Conflict]),
        get(
            "/v1/checklist-templates/{id}",
            "get_checklist_template",
            super::get_checklist_template,
        )
        .summary("Show a checklist template")
        .about("A template with its items.")
        .who(Who::TemplateReaders),
        patch(
            "/v1/checklist-templates/{id}",
            "change_checklist_template",
            super::change_checklist_template,
        )
        .summary("Change a checklist template")
        .about("Changes its name or its items. Checklists that were made from it stay as they are.")
        .who(Who::CampusStaff)
        .takes_if_match(),
        delete(
            "/v1/checklist-templates/{id}",
            "delete_checklist_template",
            super::delete_checklist_template,
        )
        .summary("Delete a checklist template")
        .about("Deletes a template. Checklists that were made from it stay.")
        .who(Who::CampusStaff).takes_if_match(),
        post(
            "/v1/checklist-templates/{id}/forks",
            "fork_checklist_template",
            super::fork_checklist_template,
        )
        .summary("Fork a checklist template")
        .about("Copies a template to a campus on whose staff the caller is, where the copy can be changed.")
        .who(Who::TemplateReaders)
        .problems(&[Code::Conflict]),
    ])
}

fn checklists() -> Vec<Operation> {
    TAG.operations([
        get("/v1/cohorts/{id}/checklists", "list_checklists", super::list_checklists)
            .summary("List checklists")
            .about(
                "\
                The checklists of a cohort with what is ticked, its own first, then those of its weeks. The list is never paged.",
            )
            .who(Who::CohortStaff),
        post("/v1/cohorts/{id}/checklists", "create_checklists", super::create_checklists)
            .summary("Create checklists")
            .about(
                "\
                Makes checklists from a template of the campus or of the cohort's programme: one for the cohort, or \
                one for each week or the week that is named. Checklists that exist already are not made again. \
                Answers with all checklists of the cohort that were made from the template, with `200` if nothing was missing.",
            )
            .who(Who::CohortStaff)
            .answers(&[201, 200])
            .problems(&[Code::Conflict]),
        delete("/v1/checklists/{id}", "delete_checklist", super::delete_checklist)
            .summary("Delete a checklist")
            .about("Deletes a checklist with its items.")
            .who(Who::CohortStaff),
        put(
            "/v1/checklist-items/{id}/done",
            "tick_checklist_item",
            super::tick_checklist_item,
        )
        .summary("Tick an item")
        .about("Notes that the caller has done it. If somebody has already, it stays theirs.")
        .who(Who::CohortStaff),
        delete(
            "/v1/checklist-items/{id}/done",
            "untick_checklist_item",
            super::untick_checklist_item,
        )
        .summary("Untick an item")
        .about("It is to be done again. Repeating it changes nothing.")
        .who(Who::CohortStaff),
    ])
}
