//! No circle of files: whoever reads a file, and then what it uses, comes to an end.
//!
//! An edge goes from a file that names an item to the file that defines it, through whatever `use`
//! passes it on. A `mod.rs` that only declares and re-exports its children does not use them. One that
//! uses a child while the child uses an item defined in that `mod.rs` makes a circle like any other.

use std::collections::{BTreeMap, BTreeSet};

use super::{absolute, files, in_crate, is_dependency, paths_of, read_tree, root, tokens, without_tests};

/// A file: what it passes on by `use`, and what it uses.
struct Source {
    name: String,
    module: Vec<String>,
    /// Name → where it comes from.
    passes_on: BTreeMap<String, Vec<String>>,
    globs: Vec<Vec<String>>,
    uses: Vec<Vec<String>>,
}

impl Source {
    fn read(name: &str, module: &[String], text: &str) -> Self {
        let all = tokens(&without_tests(text));
        let (mut rest, mut exported, mut imported) = (Vec::new(), Vec::new(), Vec::new());
        let mut at = 0;
        while at < all.len() {
            let begin = begin_of_export(&all, at);
            if begin.is_some() || all[at] == "use" {
                let mut leaves = Vec::new();
                let after = read_tree(&all, begin.unwrap_or(at + 1), &[], &mut leaves);
                if begin.is_some() {
                    exported.extend(leaves);
                } else {
                    imported.extend(leaves);
                    rest.extend_from_slice(&all[at..after]);
                }
                at = after;
            } else {
                rest.push(all[at].clone());
                at += 1;
            }
        }
        let crate_root = |path: Vec<String>| in_crate(path, module);
        let mut uses: Vec<Vec<String>> = paths_of(&rest, module);
        let body: BTreeSet<&String> = (0..rest.len())
            .filter(|at| is_used(&rest, *at))
            .map(|at| &rest[at])
            .collect();
        uses.extend(
            exported
                .iter()
                .filter(|(_, name)| name != "*" && body.contains(name))
                .map(|(path, _)| from_here(path, module)),
        );
        let leaves = || exported.iter().chain(&imported);
        let origin = |path: &[String]| crate_root(from_here(path, module));
        Self {
            name: name.into(),
            module: module.to_vec(),
            passes_on: leaves()
                .filter(|(_, name)| name != "*")
                .map(|(path, name)| (name.clone(), origin(path)))
                .collect(),
            globs: leaves()
                .filter(|(path, name)| name == "*" && path[0] != "std" && !is_dependency(&path[0]))
                .map(|(path, _)| origin(&path[..path.len() - 1]))
                .collect(),
            uses: uses.into_iter().map(crate_root).collect(),
        }
    }
}

/// Whether a name of its own stands here that means an item: a type, or something that is called.
fn is_used(tokens: &[String], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| tokens[before].as_str());
    let after = tokens.get(at + 1).map_or("", String::as_str);
    let is_type = tokens[at].starts_with(char::is_uppercase);
    !["::", ".", "mod", "fn"].contains(&before) && (is_type || ["(", "::", "!"].contains(&after))
}

/// A path in a `use`: from the root of the crate, or from the module it stands in.
fn from_here(path: &[String], module: &[String]) -> Vec<String> {
    match path[0].as_str() {
        "crate" | "self" | "super" => absolute(path, module),
        _ => [&["crate".to_owned()], module, path].concat(),
    }
}

/// Where the tree of a `pub use` or `pub(…) use` begins.
fn begin_of_export(tokens: &[String], at: usize) -> Option<usize> {
    if tokens[at] != "pub" {
        return None;
    }
    let mut next = at + 1;
    if tokens.get(next).is_some_and(|token| token == "(") {
        next += tokens[next..].iter().position(|token| token == ")")? + 1;
    }
    (tokens.get(next)? == "use").then_some(next + 1)
}

/// Every file with the files it uses.
struct Graph {
    sources: Vec<Source>,
    edges: Vec<BTreeSet<usize>>,
}

impl Graph {
    fn of(sources: Vec<Source>) -> Self {
        let by_module: BTreeMap<&[String], usize> = sources
            .iter()
            .enumerate()
            .map(|(at, source)| (source.module.as_slice(), at))
            .collect();
        let edges = sources.iter().enumerate().map(|(from, source)| {
            let absolute = |path: &Vec<String>| match path[0].as_str() {
                "crate" => path.clone(),
                child if by_module.contains_key([&source.module[..], &[child.to_owned()]].concat().as_slice()) => {
                    [&["crate".to_owned()], source.module.as_slice(), path].concat()
                }
                _ => path.clone(),
            };
            let used = source.uses.iter().map(absolute);
            let used = used.filter_map(|path| defining(&sources, &by_module, &path, 0));
            used.filter(|to| *to != from).collect()
        });
        let edges = edges.collect();
        Self { sources, edges }
    }

    /// The sets of files that all lead to each other: the strongly connected components of more than one file, by Kosaraju's
    /// algorithm.
    fn circles(&self) -> BTreeSet<BTreeSet<usize>> {
        let mut users = vec![BTreeSet::new(); self.edges.len()];
        for (from, to) in self
            .edges
            .iter()
            .enumerate()
            .flat_map(|(from, used)| used.iter().map(move |to| (from, *to)))
        {
            users[to].insert(from);
        }
        let (mut seen, mut left) = (vec![false; self.edges.len()], Vec::new());
        for from in 0..self.edges.len() {
            walk(&self.edges, from, &mut seen, &mut left);
        }
        let mut seen = vec![false; self.edges.len()];
        let component = |from: usize| {
            let mut found = Vec::new();
            walk(&users, from, &mut seen, &mut found);
            BTreeSet::from_iter(found)
        };
        left.into_iter()
            .rev()
            .map(component)
            .filter(|found: &BTreeSet<usize>| found.len() > 1)
            .collect()
    }

    /// Who uses whom in a circle.
    fn told(&self, circle: &BTreeSet<usize>) -> String {
        let edges = circle.iter().flat_map(|from| {
            let inside = self.edges[*from].intersection(circle);
            inside.map(|to| format!("  {} uses {}", self.sources[*from].name, self.sources[*to].name))
        });
        let edges: Vec<String> = edges.collect();
        format!("these files use each other:\n{}", edges.join("\n"))
    }
}

/// Adds whatever is reached from here and was not seen yet, each after all that is reached from it.
fn walk(edges: &[BTreeSet<usize>], from: usize, seen: &mut [bool], left: &mut Vec<usize>) {
    if std::mem::replace(&mut seen[from], true) {
        return;
    }
    for to in &edges[from] {
        walk(edges, *to, seen, left);
    }
    left.push(from);
}

/// The file that defines what a path names.
fn defining(
    sources: &[Source],
    by_module: &BTreeMap<&[String], usize>,
    path: &[String],
    depth: usize,
) -> Option<usize> {
    let inner = path.strip_prefix(&["crate".to_owned()])?;
    let known = (1..=inner.len())
        .rev()
        .find(|length| by_module.contains_key(&inner[..*length]))?;
    let at = by_module[&inner[..known]];
    let Some(name) = inner.get(known).filter(|_| depth < 8) else {
        return Some(at);
    };
    let onwards = |origin: &[String]| {
        let path = [origin, &inner[known + 1..]].concat();
        defining(sources, by_module, &path, depth + 1)
    };
    if let Some(origin) = sources[at].passes_on.get(name) {
        return onwards(origin).or(Some(at));
    }
    let from_glob = sources[at].globs.iter().find_map(|glob| {
        let path = [glob.as_slice(), &inner[known..]].concat();
        let found = defining(sources, by_module, &path, depth + 1)?;
        (found != at).then_some(found)
    });
    from_glob.or(Some(at))
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let read = |file: super::File| {
        let text = std::fs::read_to_string(root().join(&file.name)).unwrap();
        Source::read(&file.name, &file.module, &text)
    };
    let graph = Graph::of(files().into_iter().map(read).collect());
    let circles: Vec<String> = graph.circles().iter().map(|circle| graph.told(circle)).collect();
    assert!(circles.is_empty(), "\n{}\n", circles.join("\n"));
}

#[test]
fn circles_are_seen_and_re_exports_are_none() {
    let circles = |files: &[(&str, &str)]| {
        let source = |(module, text): &(&str, &str)| {
            let module: Vec<String> = module.split("::").map(Into::into).collect();
            Source::read(&module.join("/"), &module, text)
        };
        Graph::of(files.iter().map(source).collect()).circles().len()
    };
    assert_eq!(
        circles(&[("a", "use crate::b::B;"), ("b", "fn f() { crate::a::f() }")]),
        1
    );
    assert_eq!(circles(&[("a", "use crate::b::B;"), ("b", "struct B;")]), 0);
    // A parent that passes on what its child defines does not use it; a sibling comes by the child.
    let child = ("a::c", "use super::Defined;\npub struct C;");
    assert_eq!(
        circles(&[("a", "mod c;\npub use c::C;\npub struct Defined;"), child]),
        0
    );
    assert_eq!(
        circles(&[("a", "mod c;\npub use c::C;\npub struct Defined(C);"), child]),
        1
    );
    assert_eq!(
        circles(&[("a", "mod c;\nuse c::C;\npub struct Defined;\nfn f(_: C) {}"), child]),
        1
    );
    let sibling = ("a::d", "use super::C;");
    assert_eq!(
        circles(&[
            ("a", "mod c;\nmod d;\npub use c::C;"),
            ("a::c", "use super::d::D;"),
            sibling
        ]),
        1
    );
    assert_eq!(
        circles(&[
            ("a", "mod c;\nmod d;\npub(crate) use c::*;"),
            ("a::c", "pub struct C;"),
            sibling
        ]),
        0
    );
}
