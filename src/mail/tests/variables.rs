//! What the texts of a file use.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser::parse,
};

/// What a text uses, also by its parts.
#[derive(Clone, Default)]
pub struct Uses {
    pub variables: BTreeSet<String>,
    /// The texts that stand in it.
    pub parts: BTreeSet<String>,
    pub has_subject: bool,
    /// Whether it says something besides a title.
    pub has_detail: bool,
}

/// The texts of a file, by their ids.
pub fn uses(file: &str) -> BTreeMap<String, Uses> {
    let mut found = BTreeMap::new();
    for entry in parse(file).expect("a file that can be read").body {
        match entry {
            Entry::Message(message) => {
                let mut uses = Uses::default();
                let attribute = |name| message.attributes.iter().find(|attribute| attribute.id.name == name);
                let (subject, detail) = (attribute("subject"), attribute("detail"));
                (uses.has_subject, uses.has_detail) = (subject.is_some(), detail.is_some());
                assert_eq!(
                    message.attributes.len(),
                    usize::from(uses.has_subject) + usize::from(uses.has_detail),
                    "{}",
                    message.id.name
                );
                let attributes = subject.into_iter().chain(detail);
                for pattern in message.value.iter().chain(attributes.map(|attribute| &attribute.value)) {
                    look(pattern, &mut uses);
                }
                let twice = found.insert(message.id.name.to_owned(), uses);
                assert!(twice.is_none(), "`{}` twice", message.id.name);
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            other => panic!("neither a text nor a comment: {other:?}"),
        }
    }
    whole(&found)
}

/// The same with the variables of the parts.
fn whole(found: &BTreeMap<String, Uses>) -> BTreeMap<String, Uses> {
    fn variables(found: &BTreeMap<String, Uses>, uses: &Uses) -> BTreeSet<String> {
        let of_parts = uses.parts.iter().flat_map(|part| variables(found, &found[part]));
        uses.variables.iter().cloned().chain(of_parts).collect()
    }
    let with_parts = |(id, uses): (&String, &Uses)| {
        let variables = variables(found, uses);
        (
            id.clone(),
            Uses {
                variables,
                ..uses.clone()
            },
        )
    };
    found.iter().map(with_parts).collect()
}

fn look(pattern: &Pattern<&str>, uses: &mut Uses) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => note(inline, uses),
                Expression::Select { selector, variants } => {
                    note(selector, uses);
                    variants.iter().for_each(|variant| look(&variant.value, uses));
                }
            }
        }
    }
}

fn note(inline: &InlineExpression<&str>, uses: &mut Uses) {
    match inline {
        InlineExpression::VariableReference { id } => uses.variables.insert(id.name.into()),
        InlineExpression::MessageReference { id, attribute: None } => uses.parts.insert(id.name.into()),
        // Blanks that stand for themselves.
        InlineExpression::StringLiteral { .. } => false,
        other => panic!("neither a variable nor a text: {other:?}"),
    };
}
