//! Who may import what: the table in `docs/architecture.md`, as a test. It reads the source as text:
//! every path that a file names, through whatever `use` brought it there, is looked up in [`RULES`].

#![cfg(test)]

mod circles;
mod texts;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// Rooms that are not features.
const HOUSE: [&str; 13] = [
    "authz",
    "cli",
    "config",
    "db",
    "forming",
    "jobs",
    "mail",
    "outbox",
    "pictures",
    "primitives",
    "providers",
    "web",
    "webauthn",
];

/// What a room may not name, and what to do instead.
struct Rule {
    room: &'static str,
    never: &'static [Never],
    instead: &'static str,
}

enum Never {
    /// Anything of this path.
    Path(&'static [&'static str]),
    /// A crate whose name begins like this.
    Crate(&'static str),
    /// These rooms of any feature, its own too.
    Rooms(&'static [&'static str]),
    /// These rooms of other features.
    ForeignRooms(&'static [&'static str]),
    /// Any feature at all.
    Features,
    /// Anything of a feature but its proofs.
    FeaturesButProofs,
    /// Every room of ours and every dependency but these.
    AllBut(&'static [&'static str]),
}
use Never::{AllBut, Crate, Features, FeaturesButProofs, ForeignRooms, Path as Named, Rooms};

const RULES: &[Rule] = &[
    Rule {
        room: "http",
        never: &[
            Crate("diesel"),
            Named(&["crate", "db"]),
            Rooms(&["store"]),
            ForeignRooms(&["http", "actions", "rules"]),
        ],
        instead: "a handler calls its own actions; queries belong in store, decisions in actions and rules",
    },
    Rule {
        room: "actions",
        never: &[Crate("actix"), Rooms(&["http"]), ForeignRooms(&["actions", "rules"])],
        instead: "an action knows nothing of HTTP, and of other features only what they store and how it is modelled",
    },
    Rule {
        room: "reads",
        never: &[
            Crate("actix"),
            Crate("diesel"),
            Rooms(&["http", "store"]),
            ForeignRooms(&["rules"]),
        ],
        instead: "a composed read asks the actions of the features that have the data; they decide who may",
    },
    Rule {
        room: "rules",
        never: &[
            Crate("actix"),
            Crate("diesel"),
            Crate("rand"),
            Crate("tokio"),
            Named(&["crate", "db"]),
            Named(&["crate", "web"]),
            Named(&["crate", "app"]),
            Named(&["crate", "state"]),
            Named(&["crate", "authz", "Actor"]),
            Named(&["crate", "mail"]),
            Named(&["crate", "primitives", "Instant", "now"]),
            Named(&["crate", "primitives", "Id", "new"]),
            Named(&["std", "time"]),
            Named(&["std", "fs"]),
            Named(&["std", "env"]),
            Rooms(&["http", "actions", "store"]),
            ForeignRooms(&["rules"]),
        ],
        instead: "rules are pure: give them what they decide on, the time and new ids too, as arguments",
    },
    Rule {
        room: "store",
        never: &[
            Crate("actix"),
            Named(&["crate", "web"]),
            Rooms(&["http", "actions", "rules"]),
            ForeignRooms(&["store"]),
        ],
        instead: "store holds queries and nothing else; join the tables, or let actions put two answers together",
    },
    Rule {
        room: "proofs",
        never: &[
            Crate("actix"),
            Named(&["crate", "web"]),
            Named(&["crate", "state"]),
            Rooms(&["http", "actions", "store"]),
            ForeignRooms(&["rules"]),
        ],
        instead: "a proof loads what it proves by a query of its own; a store asks for proofs, so proofs use no store",
    },
    Rule {
        room: "model",
        never: &[
            Crate("actix"),
            Named(&["crate", "web"]),
            Rooms(&["http", "actions", "store", "rules"]),
        ],
        instead: "model holds rows and the words they are made of; everybody may use it, so it uses nobody",
    },
    Rule {
        room: "context",
        never: &[
            Crate("actix"),
            Named(&["crate", "web"]),
            Rooms(&["http", "actions", "rules"]),
        ],
        instead: "a context loads what several actions begin with; deciding and answering is theirs",
    },
    Rule {
        room: "copies",
        never: &[
            Crate("actix"),
            Named(&["crate", "web"]),
            Rooms(&["http", "actions", "rules", "store"]),
        ],
        instead: "a copy declares rows and reads them; who may have it is proved before, and what is changed belongs in store",
    },
    Rule {
        room: "former",
        never: &[
            Crate("actix"),
            Crate("diesel"),
            Named(&["crate", "db"]),
            Named(&["crate", "web"]),
            Named(&["crate", "app"]),
            Rooms(&["http", "actions", "rules", "store", "context"]),
        ],
        instead: "the adapter puts models to the team former and reads its answers back, nothing else",
    },
    Rule {
        room: "pictures",
        never: &[
            Crate("actix"),
            Crate("diesel"),
            Named(&["crate", "db"]),
            Named(&["crate", "authz"]),
            Named(&["crate", "web"]),
            Named(&["crate", "app"]),
            Crate("forming"),
            Rooms(&["http", "actions", "rules", "store", "context", "former"]),
        ],
        instead: "a picture draws a model that it is given",
    },
    Rule {
        room: "forming",
        never: &[AllBut(&[
            "std",
            "core",
            "alloc",
            "serde",
            "serde_json",
            "rand",
            "rand_chacha",
            "crate::forming",
        ])],
        instead: "the team former is pure: plain data in, plain data out, a seeded generator",
    },
    Rule {
        room: "allocation",
        never: &[AllBut(&[
            "std",
            "core",
            "alloc",
            "serde",
            "schemars",
            "rand_chacha",
            "crate::mentoring",
            "crate::primitives",
        ])],
        instead: "allocating is pure: plain data in, plain data out, a seeded generator",
    },
    Rule {
        room: "primitives",
        never: &[
            Features,
            Named(&["crate", "db"]),
            Named(&["crate", "authz"]),
            Named(&["crate", "web"]),
            Named(&["crate", "app"]),
            Named(&["crate", "state"]),
            Named(&["crate", "forming"]),
        ],
        instead: "primitives are what everything else is made of",
    },
    Rule {
        room: "providers",
        never: &[
            Features,
            Crate("actix"),
            Crate("diesel"),
            Named(&["crate", "db"]),
            Named(&["crate", "authz"]),
            Named(&["crate", "web"]),
            Named(&["crate", "app"]),
            Named(&["crate", "state"]),
            Named(&["crate", "forming"]),
        ],
        instead: "providers say who somebody is; what follows from it the accounts decide",
    },
    Rule {
        room: "webauthn",
        never: &[
            Features,
            Crate("actix"),
            Crate("diesel"),
            Named(&["crate", "config"]),
            Named(&["crate", "db"]),
            Named(&["crate", "authz"]),
            Named(&["crate", "web"]),
            Named(&["crate", "app"]),
            Named(&["crate", "state"]),
            Named(&["crate", "forming"]),
        ],
        instead: "webauthn says whether a browser's answer holds; what follows from it the accounts decide",
    },
    Rule {
        room: "db",
        never: &[
            Features,
            Crate("actix"),
            Named(&["crate", "authz"]),
            Named(&["crate", "web"]),
            Named(&["crate", "app"]),
            Named(&["crate", "state"]),
            Named(&["crate", "forming"]),
        ],
        instead: "db knows tables, not what they are for",
    },
    Rule {
        room: "authz",
        never: &[
            Features,
            Crate("actix"),
            Named(&["crate", "web"]),
            Named(&["crate", "app"]),
            Named(&["crate", "state"]),
            Named(&["crate", "forming"]),
        ],
        instead: "authz decides for every feature and depends on none",
    },
    Rule {
        room: "jobs",
        never: &[
            FeaturesButProofs,
            Named(&["crate", "app"]),
            Named(&["crate", "forming"]),
        ],
        instead: "jobs serve every feature alike; a feature registers its kinds of jobs in app.rs",
    },
    Rule {
        room: "mail",
        never: &[
            Features,
            Named(&["crate", "app"]),
            Named(&["crate", "web"]),
            Named(&["crate", "jobs"]),
        ],
        instead: "mail takes the database and the settings; features register their letters in app.rs",
    },
    Rule {
        room: "outbox",
        never: &[
            Features,
            Crate("actix"),
            Named(&["crate", "app"]),
            Named(&["crate", "authz"]),
            Named(&["crate", "jobs"]),
            Named(&["crate", "mail"]),
            Named(&["crate", "web"]),
        ],
        instead: "the outbox knows neither who writes events nor who consumes them",
    },
    Rule {
        room: "web",
        never: &[Features, Named(&["crate", "forming"])],
        instead: "web serves every feature alike; what is special belongs in the feature's http",
    },
];

/// What is let through all the same: file, the path it names, and why. A test keeps this list from
/// growing stale.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// A file of `src`, with every path it names outside its tests.
struct File {
    name: String,
    module: Vec<String>,
    paths: Vec<Vec<String>>,
}

impl File {
    fn read(path: &Path) -> Self {
        let source = root().join("src");
        let inner = path.strip_prefix(&source).unwrap();
        let mut module: Vec<String> = inner.iter().map(|part| part.to_str().unwrap().into()).collect();
        let last = module.pop().unwrap();
        if last != "mod.rs" {
            module.push(last.trim_end_matches(".rs").into());
        }
        let text = fs::read_to_string(path).unwrap();
        Self {
            name: format!("src/{}", inner.display()),
            paths: paths(&text, &module)
                .into_iter()
                .map(|path| in_crate(path, &module))
                .collect(),
            module,
        }
    }

    fn feature(&self) -> Option<&str> {
        let first = self.module.first()?;
        is_feature(first).then_some(first)
    }

    /// The room it stands in.
    fn room(&self) -> &str {
        let place = usize::from(self.feature().is_some());
        self.module.get(place).map_or("", String::as_str)
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn is_feature(name: &str) -> bool {
    !HOUSE.contains(&name) && root().join("src").join(name).join("mod.rs").is_file()
}

/// Whether a feature passes this on from its `proofs`.
fn is_proof(feature: &str, item: &str) -> bool {
    let text = fs::read_to_string(root().join("src").join(feature).join("mod.rs")).unwrap();
    let proofs = text
        .split("use proofs::")
        .nth(1)
        .and_then(|rest| rest.split(';').next());
    proofs.is_some_and(|proofs| tokens(proofs).iter().any(|token| token == item))
}

/// Whether `Cargo.toml` names this crate.
fn is_dependency(name: &str) -> bool {
    static MANIFEST: LazyLock<String> = LazyLock::new(|| fs::read_to_string(root().join("Cargo.toml")).unwrap());
    let dependencies = MANIFEST.split("[dependencies]").nth(1).unwrap();
    let mut lines = dependencies.lines().skip(1).take_while(|line| !line.starts_with('['));
    lines.any(|line| line.split([' ', '.']).next().unwrap().replace('-', "_") == name)
}

fn files() -> Vec<File> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join("src"), &mut found);
    found.sort();
    found.iter().map(|path| File::read(path)).collect()
}

impl Never {
    fn forbids(&self, path: &[String], file: &File) -> bool {
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        let of_feature = match parts.as_slice() {
            ["crate", feature, rest @ ..] if is_feature(feature) => Some((*feature, rest.first().copied())),
            _ => None,
        };
        match self {
            Named(named) => parts.starts_with(named),
            Crate(name) => parts[0].starts_with(name),
            Features => of_feature.is_some(),
            FeaturesButProofs => {
                of_feature.is_some_and(|(feature, item)| !item.is_some_and(|item| is_proof(feature, item)))
            }
            Rooms(rooms) => of_feature.is_some_and(|(_, room)| room.is_some_and(|room| rooms.contains(&room))),
            ForeignRooms(rooms) => of_feature.is_some_and(|(feature, room)| {
                Some(feature) != file.feature() && room.is_some_and(|room| rooms.contains(&room))
            }),
            AllBut(allowed) => match parts.as_slice() {
                ["crate", room, ..] => !allowed.contains(&format!("crate::{room}").as_str()),
                parts => is_dependency(parts[0]) && !allowed.contains(&parts[0]),
            },
        }
    }
}

/// Every forbidden path: file, path, what to do instead.
fn violations() -> Vec<(String, String, &'static str)> {
    let mut found = Vec::new();
    for file in files() {
        let Some(rule) = RULES.iter().find(|rule| rule.room == file.room()) else {
            continue;
        };
        for path in &file.paths {
            if rule.never.iter().any(|never| never.forbids(path, &file)) {
                found.push((file.name.clone(), path.join("::"), rule.instead));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

#[test]
fn every_room_imports_only_what_it_may() {
    let sentences: Vec<String> = violations()
        .into_iter()
        .filter(|(file, path, _)| !EXCEPTIONS.iter().any(|(f, p, _)| f == file && p == path))
        .map(|(file, path, instead)| format!("{file} must not use {path}: {instead}."))
        .collect();
    assert!(sentences.is_empty(), "\n{}\n", sentences.join("\n"));
}

#[test]
fn no_exception_is_stale() {
    let found = violations();
    for (file, path, why) in EXCEPTIONS {
        assert!(
            found.iter().any(|(f, p, _)| f == file && p == path),
            "{file} no longer uses {path} ({why}): take it off the list"
        );
    }
}

#[test]
fn the_table_sees_what_it_forbids() {
    let seen = |module: &[&str], text: &str| -> Vec<String> {
        let module: Vec<String> = module.iter().map(|part| (*part).to_owned()).collect();
        paths(text, &module).iter().map(|path| path.join("::")).collect()
    };
    let http = ["mentoring", "http", "slots"];
    assert_eq!(
        seen(&http, "use super::super::store::{self, Which as W};"),
        ["crate::mentoring::store", "crate::mentoring::store::Which"]
    );
    assert_eq!(
        seen(&http, "use crate::{a::b, c};\nfn f() { c::d(); }"),
        ["crate::a::b", "crate::c", "crate::c::d"]
    );
    assert_eq!(
        seen(&http, "fn f() -> std::fmt::Result { crate::x::y::<Z>() }"),
        ["std::fmt::Result", "crate::x::y"]
    );
    assert!(
        seen(
            &http,
            "// crate::x::y\nfn f() { \"crate::x::y\"; }\n#[cfg(test)]\nmod tests { use crate::z; }"
        )
        .is_empty()
    );
    let file = File {
        name: "src/accounts/http.rs".into(),
        module: vec!["accounts".into(), "http".into()],
        paths: Vec::new(),
    };
    let forbidden = |never: &Never, path: &str| {
        let path: Vec<String> = path.split("::").map(Into::into).collect();
        never.forbids(&path, &file)
    };
    assert!(forbidden(&Rooms(&["store"]), "crate::accounts::store::person"));
    assert!(forbidden(&ForeignRooms(&["http"]), "crate::campuses::http"));
    assert!(!forbidden(&ForeignRooms(&["http"]), "crate::accounts::http"));
    assert!(forbidden(&Crate("actix"), "actix_web::web") && !forbidden(&Crate("actix"), "crate::web"));
    assert!(forbidden(&AllBut(&["serde"]), "crate::db") && forbidden(&AllBut(&["serde"]), "diesel::query_dsl"));
    assert!(!forbidden(&AllBut(&["serde"]), "serde::de") && !forbidden(&AllBut(&["serde"]), "Vec::new"));
}

// Reading Rust, as far as paths go.

/// All paths that a text names, absolute: `super::` and what `use` brought in are resolved.
fn paths(text: &str, module: &[String]) -> Vec<Vec<String>> {
    paths_of(&tokens(&without_tests(text)), module)
}

fn paths_of(tokens: &[String], module: &[String]) -> Vec<Vec<String>> {
    let mut named = Vec::new();
    let mut brought = BTreeMap::new();
    let mut at = 0;
    while at < tokens.len() {
        let in_use = tokens[at] == "use";
        if in_use {
            at += 1;
        }
        if tokens.get(at).is_none_or(|token| !is_name(token)) {
            at += usize::from(!in_use);
            continue;
        }
        let mut tree = Vec::new();
        at = read_tree(tokens, at, &[], &mut tree);
        for (path, name) in tree {
            if in_use {
                brought.insert(name, absolute(&path, module));
            }
            if in_use || path.len() > 1 {
                named.push((path, in_use));
            }
        }
    }
    let known = ["crate", "super", "self"];
    let resolve = |(path, in_use): (Vec<String>, bool)| match brought.get(&path[0]) {
        Some(origin) if !in_use => [origin.as_slice(), &path[1..]].concat(),
        _ if known.contains(&path[0].as_str()) => absolute(&path, module),
        _ => path,
    };
    let mut paths: Vec<Vec<String>> = Vec::new();
    for path in named.into_iter().map(resolve) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}

/// Reads `a::{b, c::d as e}` from `at`; each leaf with the name it goes by.
fn read_tree(tokens: &[String], mut at: usize, prefix: &[String], leaves: &mut Vec<(Vec<String>, String)>) -> usize {
    let mut path = prefix.to_vec();
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    let before = at;
                    at = read_tree(tokens, at, &path, leaves);
                    at += usize::from(tokens.get(at).is_some_and(|token| token == ",") || at == before);
                }
                return at + 1;
            }
            Some(name) if is_name(name) => {
                if name != "self" || path.is_empty() {
                    path.push(name.into());
                }
                at += 1;
            }
            _ => break,
        }
        if tokens.get(at).is_none_or(|token| token != "::") {
            break;
        }
        at += 1;
    }
    let mut name = path.last().cloned().unwrap_or_default();
    if tokens.get(at).is_some_and(|token| token == "as") {
        name = tokens.get(at + 1).cloned().unwrap_or_default();
        at += 2;
    }
    if !path.is_empty() {
        leaves.push((path, name));
    }
    at
}

/// The former is a crate of its own inside `src`: its `crate` is another.
fn in_crate(mut path: Vec<String>, module: &[String]) -> Vec<String> {
    let own = module.first().is_some_and(|room| room == "forming");
    if own && path[0] == "crate" && path.get(1).is_none_or(|room| room != "forming") {
        path.insert(1, "forming".into());
    }
    path
}

fn absolute(path: &[String], module: &[String]) -> Vec<String> {
    let mut here = vec!["crate".to_owned()];
    let mut rest = path;
    match path.first().map(String::as_str) {
        Some("self" | "super") => here.extend_from_slice(module),
        _ => return path.to_vec(),
    }
    while let Some(step) = rest.first().filter(|step| *step == "self" || *step == "super") {
        if step == "super" {
            here.pop();
        }
        rest = &rest[1..];
    }
    here.extend_from_slice(rest);
    here
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '*')
}

/// Unit tests come last in a file.
fn without_tests(text: &str) -> String {
    text.split("#[cfg(test)]").next().unwrap_or_default().into()
}

/// Names, `::` and single signs; no comments, no text in quotes.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
        } else if rest.starts_with("::") {
            tokens.push("::".into());
            rest = &rest[2..];
        } else if rest.starts_with("r#\"") {
            rest = rest[3..].split_once("\"#").map_or("", |(_, rest)| rest);
        } else if first == '"' {
            rest = after_quotes(&rest[1..]);
        } else if rest.starts_with("'\"'") {
            rest = &rest[3..];
        } else if first.is_alphanumeric() || first == '_' {
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            tokens.push(rest[..end].into());
            rest = &rest[end..];
        } else {
            if !first.is_whitespace() {
                tokens.push(first.into());
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    tokens
}

fn after_quotes(text: &str) -> &str {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return &text[at + 1..],
            _ => {}
        }
    }
    ""
}
