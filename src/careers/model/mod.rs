//! What is stored of employers, their roles, and the graduates who meet them.

mod employer;
mod fee;
mod introduction;
mod profile;
mod role;

pub use employer::{Agreement, Employer, EmployerPatch, NewEmployer, Party};
pub use fee::{Fee, FeeSelection, FeeSettlement, FeeStatus, FeeSum, NewFee};
pub use introduction::{Introduction, IntroductionStatus, NewConsent, NewIntroduction, NewIntroductionStep};
pub use profile::{Profile, ProfileTexts};
pub use role::{NamedRole, NewRole, NewRoleStatus, Pay, Role, RolePatch, RoleSelection, RoleStatus};
