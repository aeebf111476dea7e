//! Intakes, forms and applications as they are stored.

mod application;
mod bodies;
mod evidence;
mod form;
mod intake;
mod reading;

pub use application::{Application, ApplicationSelection, ApplicationStatus, Changed};
pub use bodies::{ApplicationPatch, NewApplication, NewForm, NewIntake};
pub use evidence::{JudgedEvidence, NewReading, Reading};
pub use form::{Answer, Answers, Form, Question, QuestionKind};
pub use intake::{Intake, IntakeState, LocalIntake};
pub use reading::{Criterion, NewRubric, NewScore, PanelMember, Points, Recusal, Score};
