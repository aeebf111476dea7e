//! What somebody is, for whoever would hand them a new password.

/// What a person is at a campus, and whether they are anything more.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// A member of the campus.
    pub is_member: bool,
    /// On the staff of a campus, a pastoral carer or on a panel that reads applications, now or with something that they wrote as
    /// one, or known at another campus.
    pub is_elsewhere: bool,
}
