//! Why a case makes no sense.

use std::fmt;

/// Why a case is not a problem: a place (a JSON pointer) and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemError {
    /// Where, as a JSON pointer; empty for the whole case.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for ProblemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => write!(f, "{}", self.message),
            pointer => write!(f, "{pointer}: {}", self.message),
        }
    }
}

impl std::error::Error for ProblemError {}
