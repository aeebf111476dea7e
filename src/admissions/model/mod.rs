//! Intakes, forms and applications as they are stored.

mod application;
mod bodies;
mod decision;
mod evidence;
mod form;
mod intake;
mod interview;
mod places;
mod reading;
mod unfinished;

pub use application::{
    Application, ApplicationSelection, ApplicationStatus, Applied, Changed, ListedApplication, Trial, WaitingPlace,
};
pub use bodies::{ApplicationPatch, NewApplication, NewForm, NewIntake};
pub use decision::{Decided, Decision, NewAdmissionRound, NewDecision, NewDeferral, NewTrial};
pub use evidence::{JudgedEvidence, NewReading, Reading};
pub use form::{Answer, Answers, Form, Question, QuestionKind};
pub use intake::{Intake, IntakeState, LocalIntake, TrialNews};
pub use interview::{InterviewSlot, NewInterviewSlots};
pub use places::Places;
pub use reading::{Criterion, NewRubric, NewScore, OwnPanel, PanelMember, Points, Queue, Recusal, Score};
pub use unfinished::{Overdue, Unfinished};
