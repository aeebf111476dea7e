//! Every operation × every role, by asking. The outcome is `docs/authz.md`.
//!
//! An operation needs a sample request in its feature's `samples.rs`: one that succeeds for at least
//! one role, so that a refusal in its row is about who asks and nothing else.

mod sample;
mod stage;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use peerled::web::{Operation, Who};

pub use sample::{Make, Sample, Samples, at};
pub use stage::{Role, Stage, Stages};

use crate::{
    accounts, admissions, audit_trail, board, calendars, campuses, careers, changes, checklists, clients, cohorts,
    events,
    harness::{Backend, World, authenticator::with_passkeys, compare_with_file},
    jobs, mentoring, notifications, pastoral, privacy, programmes, reflection, retros, students, team_plans, teams,
    webhooks, work,
};

const SAMPLES: &[Samples] = &[
    accounts::samples::SAMPLES,
    accounts::sign_on::samples::SAMPLES,
    accounts::passkeys::samples::SAMPLES,
    campuses::samples::SAMPLES,
    programmes::samples::SAMPLES,
    cohorts::samples::SAMPLES,
    students::samples::SAMPLES,
    team_plans::samples::SAMPLES,
    teams::samples::SAMPLES,
    work::samples::SAMPLES,
    events::samples::SAMPLES,
    calendars::samples::SAMPLES,
    retros::samples::SAMPLES,
    reflection::samples::SAMPLES,
    jobs::samples::SAMPLES,
    mentoring::samples::SAMPLES,
    board::samples::SAMPLES,
    audit_trail::samples::SAMPLES,
    privacy::samples::SAMPLES,
    changes::samples::SAMPLES,
    notifications::samples::SAMPLES,
    webhooks::samples::SAMPLES,
    pastoral::samples::SAMPLES,
    checklists::samples::SAMPLES,
    admissions::samples::SAMPLES,
    clients::samples::SAMPLES,
    clients::work_samples::SAMPLES,
    careers::samples::SAMPLES,
];

/// Of every operation.
pub fn samples() -> BTreeMap<&'static str, Make> {
    SAMPLES.iter().copied().flatten().copied().collect()
}

/// The status of each role's answer, of a success only that it is one; and what is wrong with the row.
fn row(stage: &Stage, operation: &Operation, make: Make) -> (Vec<String>, Vec<String>) {
    let mut kept: Option<Sample> = None;
    let (mut cells, mut faults, mut has_told) = (Vec::new(), Vec::new(), false);
    for role in &stage.roles {
        let sample = kept.take().unwrap_or_else(|| make.for_role(stage, role));
        if !sample.fits(operation) {
            faults.push("the sample is of another path".into());
        }
        // Whoever may do it is refused if they have seen another version.
        let stale = operation
            .heeds_if_match()
            .then(|| sample.send_stale(operation, &role.client));
        let before = told::count(stage);
        let answer = sample.send(operation, &role.client);
        let succeeded = (200..300).contains(&answer.status);
        has_told |= succeeded && told::count(stage) > before;
        if let Some(stale) = stale.filter(|stale| succeeded && stale.status != 412) {
            faults.push(format!(
                "{} is not refused with a stale If-Match: {}",
                role.name, stale.text
            ));
        }
        if !succeeded && ![401, 403, 404].contains(&answer.status) {
            faults.push(format!("{} is refused for what was asked: {}", role.name, answer.text));
        }
        cells.push(if succeeded {
            "2xx".into()
        } else {
            answer.status.to_string()
        });
        kept = make.is_still_good(succeeded).then_some(sample);
    }
    if !cells.iter().any(|cell| cell == "2xx") {
        faults.push("succeeds for nobody".into());
    }
    faults.extend(told::fault(operation, has_told));
    faults.extend(audit_trail::missing_campus(stage, operation));
    let open = matches!(operation.who_may(), Who::Anyone | Who::CredentialsInBody);
    if cells.first().map(String::as_str) != Some(if open { "2xx" } else { "401" }) {
        faults.push(format!("is declared for {}", operation.who_may().words()));
    }
    (cells, faults)
}

fn table(backend: Backend) -> String {
    let (world, samples) = (World::start_with(backend, with_passkeys), samples());
    let mut stages = Stages::new(|number| Stage::new(&world, number));
    let (mut text, mut faults) = (String::new(), Vec::new());
    for operation in &peerled::routes::operations() {
        let Some(make) = samples.get(operation.id()) else {
            faults.push(format!("{} has no sample", operation.id()));
            continue;
        };
        let stage = stages.of(operation);
        let (cells, wrong) = row(stage, operation, *make);
        faults.extend(wrong.into_iter().map(|fault| format!("{}: {fault}", operation.id())));
        if text.is_empty() {
            text = heading(stage);
        }
        let (method, path) = (operation.method(), operation.path());
        text.push_str(&format!("| `{method} {path}` | {} |\n", cells.join(" | ")));
    }
    faults.extend(told::unasked(&world));
    faults.extend(told::unopenable(&world));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    text
}

fn heading(stage: &Stage) -> String {
    let names: Vec<&str> = stage.roles.iter().map(|role| role.name).collect();
    format!(
        "# Who may do what\n\n\
         Each row is one operation, asked for by every role with a request that is complete and valid. `2xx` is a success;\n\
         `401`, `403` and `404` are refusals because of who asks. The roles are seen from one campus and its running cohort:\n\
         the withdrawn student was in that cohort, the alumna graduated from an earlier one at the same campus, the mentor is\n\
         an alumna with a confirmed place in the cohort, the pastoral carer is a member of the campus whom its organisers\n\
         have named, the product owner looks after a client of the campus, the employer contact acts for an employer of it, and the\n\
         administrator runs the whole service.\n\
         Made by a test, which compares it on both databases.\n\n\
         | operation | {} |\n|---|{}\n",
        names.join(" | "),
        "---|".repeat(names.len())
    )
}

#[test]
fn matrix_on_sqlite() {
    compare_with_file("docs/authz.md", &table(Backend::Sqlite));
}

#[test]
fn matrix_on_postgres() {
    if let Some(backend) = Backend::postgres() {
        compare_with_file("docs/authz.md", &table(backend));
    }
}

#[test]
fn every_sample_is_of_an_operation_and_the_only_one() {
    let operations: BTreeSet<&str> = peerled::routes::operations().iter().map(|one| one.id()).collect();
    let mut seen = BTreeSet::new();
    for (id, _) in SAMPLES.iter().copied().flatten() {
        assert!(operations.contains(id), "there is no operation {id}");
        assert!(seen.insert(id), "{id} has two samples");
    }
}
