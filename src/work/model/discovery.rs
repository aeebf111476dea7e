//! What somebody found and shares with the cohort.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    audit::audited,
    db::schema::discoveries,
    primitives::{
        Field, Id, Instant, Line, Text, Url, Word,
        text::{folded, words},
        text_enum,
    },
};

/// Something found: a page, a tool, a way to do things.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = discoveries, treat_none_as_default_value = false)]
pub struct Discovery {
    pub id: Id,
    pub cohort_id: Id,
    /// The week that went on when it was shared.
    pub week_number: Option<i32>,
    /// The team in which whoever shared it was then.
    pub team_id: Option<Id>,
    pub title: Line,
    pub url: Url,
    /// What it is, such as `article`.
    pub kind: Word,
    /// What it is about.
    pub topic: Line,
    /// What is good about it.
    pub text: Option<Text>,
    pub topic_folded: String,
    /// As [`search_words`] makes them.
    pub search_words: String,
    pub shared_by: Option<Id>,
    /// How many found it useful.
    pub useful: i32,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

// The trail holds no names, and whatever is prose may have one.
audited!(Discovery { url, kind; title, topic, text });

impl Discovery {
    /// With what a patch changes, and what is searched of it.
    #[must_use]
    pub fn patched(self, patch: DiscoveryPatch) -> Self {
        let mut after = Self {
            title: patch.title.or(self.title),
            url: patch.url.or(self.url),
            kind: patch.kind.or(self.kind),
            topic: patch.topic.or(self.topic),
            text: patch.text.or(self.text),
            ..self
        };
        after.topic_folded = folded(after.topic.as_str());
        after.search_words = after.words();
        after
    }

    fn words(&self) -> String {
        let text = self.text.as_ref().map_or("", Text::as_str);
        search_words([self.title.as_str(), self.topic.as_str(), text])
    }
}

/// The words of title, topic and text as they are searched: each once, with a space before each. Without any it is a space:
/// nothing at all says that they are still to be read.
pub fn search_words(texts: [&str; 3]) -> String {
    let mut all: Vec<String> = texts.into_iter().flat_map(words).collect();
    all.sort_unstable();
    all.dedup();
    match all.is_empty() {
        true => " ".into(),
        false => all.iter().flat_map(|word| [" ", word]).collect(),
    }
}

/// Something found, as it is shared.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "title": "A complete guide to flexbox", "url": "https://css-tricks.com/snippets/css/a-guide-to-flexbox/",
    "kind": "article", "topic": "CSS", "text": "The pictures at the top are what we look at every day.",
}))]
pub struct NewDiscovery {
    /// What it is called.
    pub title: Line,
    /// Where it is.
    pub url: Url,
    /// What it is, in a word such as `article`, `tool`, `video` or `technique`.
    pub kind: Word,
    /// What it is about, such as `CSS`.
    pub topic: Line,
    /// What is good about it, in Markdown.
    #[serde(default)]
    pub text: Option<Text>,
}

/// What of a discovery can be changed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"topic": "CSS layout"}))]
pub struct DiscoveryPatch {
    /// What it is called.
    #[serde(default)]
    pub title: Field<Line>,
    /// Where it is.
    #[serde(default)]
    pub url: Field<Url>,
    /// What it is, in a word.
    #[serde(default)]
    pub kind: Field<Word>,
    /// What it is about.
    #[serde(default)]
    pub topic: Field<Line>,
    /// What is good about it; `null` clears it.
    #[serde(default)]
    pub text: Field<Option<Text>>,
}

text_enum! {
    /// In which order discoveries come.
    pub enum DiscoverySort {
        /// The newest first.
        Newest = "-created_at",
        /// The oldest first.
        Oldest = "created_at",
        /// What most found useful first.
        MostUseful = "-useful",
        /// What fewest found useful first.
        LeastUseful = "useful",
    }
}

/// Where a page of discoveries begins: behind the one with this id, which so many found useful.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Position {
    pub useful: i32,
    pub id: Id,
}

/// Which discoveries of a cohort, and in which order.
#[derive(Clone, Debug)]
pub struct DiscoverySelection {
    pub kind: Option<Word>,
    /// In lower case and without accents.
    pub topic: Option<String>,
    pub week: Option<i32>,
    pub team: Option<Id>,
    /// Only those that have, for each of these, a word that begins with it.
    pub words: Option<Vec<String>>,
    pub sort: DiscoverySort,
    pub after: Option<Position>,
}
