//! Times of office hours that students have booked.

use diesel::prelude::*;

use crate::{
    db::schema::office_hour_bookings,
    primitives::{Id, Instant, text_enum},
};

/// A time of office hours that somebody has booked.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = office_hour_bookings, treat_none_as_default_value = false)]
pub struct Booking {
    /// The mentor slot.
    pub slot_id: Id,
    /// Which of its times, from 1: it stays that one when the slot moves.
    pub number: i32,
    /// The student who booked it.
    pub person_id: Id,
    /// The team that comes along; none if the student comes alone.
    pub team_id: Option<Id>,
    pub created_at: Instant,
}

text_enum! {
    /// Why a pattern made no slot in a week.
    pub enum LeftOut {
        /// There is such a slot already.
        Exists = "exists",
        /// It would be over.
        Past = "past",
        /// The campus does not work on that day, or the week does not have it.
        DayOff = "day_off",
        /// The mentor has something else at that time.
        Busy = "busy",
        /// The clocks are put forward over it, or by the clocks of the campus it is not in the week.
        NoSuchTime = "no_such_time",
    }
}
