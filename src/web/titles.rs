//! What operations are called, for features that tell of them: they cannot ask the table, which is made of them.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use super::Operation;

static TITLES: OnceLock<BTreeMap<&'static str, &'static str>> = OnceLock::new();

/// Keeps the titles of the table that is served.
pub(super) fn remember(table: &[Arc<Operation>]) {
    TITLES.get_or_init(|| {
        table
            .iter()
            .map(|operation| (operation.id, operation.summary))
            .collect()
    });
}

/// The title of an operation that is served.
pub fn title(operation: &str) -> Option<&'static str> {
    TITLES.get()?.get(operation).copied()
}
