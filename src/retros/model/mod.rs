//! Retros and actions as they are stored and asked for.

mod action;
mod retro;

pub use action::{Action, ActionPatch, ActionSelection, ActionStatus, ActionView, NewAction, OwnedAction};
pub use retro::{Item, ItemKind, ItemPatch, NewItem, NewRetro, Retro, RetroScope, RetroStatus};
