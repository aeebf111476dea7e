//! How long may be searched, and who watches.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

/// Above so many people moves for spacing become fewer.
const MANY_PEOPLE: u64 = 64;

/// How much the search may try. Counted in moves, so that the same seed gives the same plan on every
/// machine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effort {
    /// An answer at once.
    Quick,
    /// About a second.
    #[default]
    Normal,
    /// As good as it gets.
    Thorough,
}

impl Effort {
    /// As written on the command line and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Normal => "normal",
            Self::Thorough => "thorough",
        }
    }

    /// Moves for the repeats.
    pub(crate) fn moves(self) -> u64 {
        match self {
            Self::Quick => 2_000_000,
            Self::Normal => 30_000_000,
            Self::Thorough => 400_000_000,
        }
    }

    /// Moves for shares and lateness of so many people: fewer where they are many, who have room enough.
    pub(crate) fn spacing_moves(self, people: usize) -> u64 {
        let moves: u64 = match self {
            Self::Quick => 300_000,
            Self::Normal => 3_400_000,
            Self::Thorough => 20_000_000,
        };
        let many = MANY_PEOPLE.max(people as u64);
        moves * MANY_PEOPLE * MANY_PEOPLE / (many * many)
    }

    /// Moves for the balance.
    pub(crate) fn refine_moves(self) -> u64 {
        match self {
            Self::Quick => 20_000,
            Self::Normal => 100_000,
            Self::Thorough => 1_000_000,
        }
    }
}

impl std::str::FromStr for Effort {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let all = [Self::Quick, Self::Normal, Self::Thorough];
        let known = all.into_iter().find(|effort| effort.name() == name);
        known.ok_or_else(|| format!("{name:?} is not an effort: say quick, normal or thorough"))
    }
}

/// What a solve depends on besides the problem.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The same seed gives the same plan.
    pub seed: u64,
    /// How much may be tried.
    pub effort: Effort,
}

/// How far a solve has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Moves tried.
    pub moves: u64,
    /// Moves that may be tried; a solve that proves its plan optimal needs fewer.
    pub budget: u64,
    /// The fewest repeats so far, once there is a plan.
    pub best: Option<i64>,
    /// What it cannot be below.
    pub bound: i64,
}

/// A watcher of a solve; [`ControlFlow::Break`] makes it stop soon, with the best plan so far.
pub type Watch<'a> = &'a mut dyn FnMut(&Progress) -> ControlFlow<()>;
