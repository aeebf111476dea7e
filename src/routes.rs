//! The features whose operations make the API. Routing, the OpenAPI document, the authorisation
//! matrix, rate limits and metric labels all follow from what each declares.

use std::sync::Arc;

use crate::{
    accounts, admissions, audit_trail, board, calendars, campuses, careers, changes, checklists, clients, cohorts,
    events, jobs, mentoring, notifications, pastoral, privacy, programmes, reflection, retros, students, team_plans,
    teams, web::Operation, webhooks, work,
};

/// Every operation of the API, in the order in which the document has them.
pub fn operations() -> Vec<Arc<Operation>> {
    let features = [
        accounts::http::operations(),
        campuses::http::operations(),
        programmes::http::operations(),
        cohorts::http::operations(),
        students::http::operations(),
        mentoring::http::operations(),
        team_plans::http::operations(),
        jobs::http::operations(),
        teams::http::operations(),
        work::http::operations(),
        events::http::operations(),
        calendars::http::operations(),
        retros::http::operations(),
        reflection::http::operations(),
        board::http::operations(),
        audit_trail::http::operations(),
        privacy::http::operations(),
        changes::http::operations(),
        notifications::http::operations(),
        webhooks::http::operations(),
        pastoral::http::operations(),
        checklists::http::operations(),
        admissions::http::operations(),
        clients::http::operations(),
        careers::http::operations(),
    ];
    features.into_iter().flatten().map(Arc::new).collect()
}
