//! Every operation × every role, by asking. The outcome is `docs/authz.md`; an operation without a
//! sample request here fails.

use serde_json::{Value, json};
use ureq::http::Method;

use crate::harness::{Backend, Client, Fac, User, World, compare_with_file};

/// The people of the matrix, and a campus for each to be at home or a stranger in.
struct Stage {
    world: World,
    home: Fac,
    roles: Vec<(&'static str, Client)>,
    alumnus: User,
}

/// A request that is right in itself, so that only who asks decides.
struct Sample {
    path: String,
    body: Value,
    if_match: Option<String>,
}

fn at(path: impl Into<String>) -> Sample {
    Sample { path: path.into(), body: Value::Null, if_match: None }
}

impl Sample {
    fn with(mut self, body: Value) -> Self {
        self.body = body;
        self
    }

    fn if_match(mut self, tag: &str) -> Self {
        self.if_match = Some(tag.into());
        self
    }
}

impl Stage {
    fn new(backend: Backend) -> Self {
        let world = World::start(backend);
        let home = world.fac(6, 8);
        let away = world.campus_with_cohort("away", 6, 8);
        let alumnus = world.alumnus(&home, "An Alumna");
        let client = |user: &User| (**user).clone();
        let roles = vec![
            ("nobody", world.nobody()),
            ("stranger", client(&world.person("A Stranger"))),
            ("student", client(&home.students[0])),
            ("student elsewhere", client(&away.students[0])),
            ("alumnus", client(&alumnus)),
            ("facilitator", client(&home.facilitator)),
            ("facilitator elsewhere", client(&away.facilitator)),
            ("organiser", client(&home.organiser)),
        ];
        Self { world, home, roles, alumnus }
    }

    fn ask(&self, method: &Method, sample: &Sample, who: &Client) -> &'static str {
        let who = match &sample.if_match {
            Some(tag) => who.with("If-Match", tag),
            None => who.clone(),
        };
        let answer = if sample.path.contains("/import") {
            who.send(method.clone(), &sample.path, Some("text/csv"), b"email,name\na@example.org,A\n".to_vec())
        } else {
            who.json(method.clone(), &sample.path, sample.body.clone())
        };
        match answer.status {
            401 => "401",
            403 => "403",
            404 => "404",
            500.. => panic!("{method} {}: {}", sample.path, answer.text),
            _ => "yes",
        }
    }
}

fn table(backend: Backend) -> String {
    let stage = Stage::new(backend);
    let names: Vec<&str> = stage.roles.iter().map(|(name, _)| *name).collect();
    let mut text = format!(
        "# Who may do what\n\n\
         Made by asking: every operation, every role, one request that is right in itself. `yes` means that who asks was not\n\
         what it failed for; `401`, `403` and `404` mean that it was. A test makes this table again and compares.\n\n\
         | operation | {} |\n|---|{}\n",
        names.join(" | "),
        "---|".repeat(names.len())
    );
    for operation in peerled::routes::operations() {
        let outcomes: Vec<&str> = stage
            .roles
            .iter()
            .map(|(_, who)| stage.ask(operation.method(), &stage.sample(operation.id()), who))
            .collect();
        let (method, path) = (operation.method(), operation.path());
        text.push_str(&format!("| `{method} {path}` | {} |\n", outcomes.join(" | ")));
    }
    text
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
