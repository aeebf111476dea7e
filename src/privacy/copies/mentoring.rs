//! Mentors: places, wishes, what they tell each other.

use diesel::prelude::*;

use super::{
    document::campus,
    rows::{HOUSEKEEPING, LeftOut, person, rows},
};
use crate::{
    db::schema::{
        hand_overs, mentor_allocations, mentor_companions, mentor_preferences, mentor_slots, mentor_swap_offers,
        mentor_thanks, mentor_wishes, office_hour_bookings, sign_ups,
    },
    primitives::{Id, Instant, LocalTime, Text},
};

rows! {
    /// Mentoring that the person signed up for.
    ExportedSignUp from sign_ups {
        /// The sign-up.
        id: Id,
        /// The slot.
        slot_id: Id,
        /// The person.
        person_id: Id,
        /// `confirmed`, `waitlisted`, `cancelled`, `attended` or `no_show`.
        status: String,
        /// Rises with every change.
        version: i64,
        /// When they signed up.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// When they were asked whether they still come.
        reconfirm_asked_at: Option<Instant>,
        /// When they said so.
        reconfirmed_at: Option<Instant>,
        /// Whether they were on the waiting list first.
        waited: bool,
        ;
        /// The cohort.
        cohort_id: Id = mentor_slots::cohort_id,
        /// The number of the week.
        week_number: i32 = mentor_slots::week_number,
        /// What mentors are wanted for.
        kind: String = mentor_slots::kind,
    }

    /// What the person wrote for the mentors of the next week, as it is now.
    ExportedHandOver from hand_overs {
        /// The week.
        week_id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The note.
        text: Text,
        /// Who wrote it last.
        written_by: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was first written.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// A campus that may thank the person in public.
    ExportedMentorThanks from mentor_thanks {
        /// The campus.
        campus_id: Id,
        /// The person.
        person_id: Id,
        /// Since when.
        created_at: Instant,
    }

    /// A place that the person offered to other mentors, or took over.
    ExportedMentorSwapOffer from mentor_swap_offers {
        /// The offer.
        id: Id,
        /// The sign-up with the place.
        sign_up_id: Id,
        /// The slot in which a place was asked for it.
        wanted_slot_id: Option<Id>,
        /// `open`, `accepted` or `withdrawn`.
        status: String,
        /// Who took it over.
        accepted_by: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// What the person said with their wishes for mentoring in a cohort.
    ExportedMentorPreference from mentor_preferences {
        /// The cohort.
        cohort_id: Id,
        /// The person.
        person_id: Id,
        /// How many slots they take at the most.
        at_most: Option<i32>,
        /// Rises with every change.
        version: i64,
        /// When they first said it.
        created_at: Instant,
        /// When they last changed it.
        updated_at: Instant,
    }

    /// A slot in which the person wishes to mentor.
    ExportedMentorWish from mentor_wishes {
        /// The slot.
        slot_id: Id,
        /// The person.
        person_id: Id,
        /// From 1, the best first.
        ranked: i32,
        ;
        /// The cohort.
        cohort_id: Id = mentor_slots::cohort_id,
        /// The number of the week.
        week_number: i32 = mentor_slots::week_number,
    }

    /// Somebody together with whom the person wishes to mentor.
    ExportedMentorCompanion from mentor_companions {
        /// The cohort.
        cohort_id: Id,
        /// The person.
        person_id: Id,
        /// With whom.
        companion_id: Id,
    }

    /// An allocation of mentors' places that the person made.
    ExportedMentorAllocation from mentor_allocations {
        /// The allocation.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// `draft` or `confirmed`.
        status: String,
        /// The seed of its draws.
        seed: i64,
        /// Who made it.
        created_by: Option<Id>,
        /// When it was confirmed.
        confirmed_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// A time of office hours that the person has booked.
    ExportedBooking from office_hour_bookings {
        /// The mentor slot.
        slot_id: Id,
        /// Which of its times.
        number: i32,
        /// The person.
        person_id: Id,
        /// The team that comes along.
        team_id: Option<Id>,
        /// When they booked it.
        created_at: Instant,
    }

    /// A time at which mentors are wanted.
    MentorSlotRow from mentor_slots {
        /// The slot's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The number of the week.
        week_number: i32,
        /// What mentors are wanted for.
        kind: String,
        /// How many are needed.
        min_mentors: i32,
        /// How many there is room for.
        capacity: i32,
        /// When it begins, by the clocks of its zone.
        starts_local: Option<LocalTime>,
        /// When it ends.
        ends_local: Option<LocalTime>,
        /// Whose clocks show these times.
        time_zone: Option<String>,
        /// In office hours, how long one time is that students book.
        booking_minutes: Option<i32>,
        /// Whether a mentor offered it.
        is_offered: bool,
        /// In which part of the week it is.
        part_of_week: Option<String>,
        /// Where it is.
        place: Option<String>,
        /// Where it is online.
        url: Option<String>,
        /// Which of two mentors is wanted.
        mentor_role: Option<String>,
        /// Until when graduates of the previous cohort go first.
        priority_until: Option<Instant>,
        /// So many days before, places are confirmed again.
        reconfirm_days: Option<i32>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }
}

person! {
    Mentoring {
        /// Mentoring that the person signed up for.
        sign_ups: ExportedSignUp = |whose| sign_ups::table
            .inner_join(mentor_slots::table)
            .filter(sign_ups::person_id.eq(whose.person))
            .order(sign_ups::id);
        /// What the person wrote for the mentors of the next week.
        hand_overs: ExportedHandOver in hand_overs of written_by by week_id;
        /// Campuses that may thank the person in public.
        mentor_thanks: ExportedMentorThanks in mentor_thanks of person_id by campus_id;
        /// Places that the person offered to other mentors, or took over.
        mentor_swap_offers: ExportedMentorSwapOffer = |whose| mentor_swap_offers::table
            .inner_join(sign_ups::table)
            .filter(sign_ups::person_id.eq(whose.person)
                .or(mentor_swap_offers::accepted_by.assume_not_null().eq(whose.person)))
            .order(mentor_swap_offers::id);
        /// What the person said with their wishes for mentoring.
        mentor_preferences: ExportedMentorPreference in mentor_preferences of person_id by cohort_id;
        /// Slots in which the person wishes to mentor.
        mentor_wishes: ExportedMentorWish = |whose| mentor_wishes::table
            .inner_join(mentor_slots::table)
            .filter(mentor_wishes::person_id.eq(whose.person))
            .order((mentor_slots::cohort_id, mentor_wishes::ranked));
        /// With whom the person wishes to mentor. Who wishes for the person is the business of those people.
        mentor_companions: ExportedMentorCompanion in mentor_companions of person_id by cohort_id;
        /// Times of office hours that the person has booked.
        office_hour_bookings: ExportedBooking in office_hour_bookings of person_id by slot_id;
        /// Allocations of mentors' places that the person made.
        mentor_allocations: ExportedMentorAllocation in mentor_allocations of created_by by id;
    }
}

campus! {
    CampusMentoring {
        /// Times at which mentors are wanted.
        mentor_slots: MentorSlotRow in mentor_slots of cohorts by id;
        /// Who mentors, and who waits.
        sign_ups: ExportedSignUp = |scope| sign_ups::table
            .inner_join(mentor_slots::table)
            .filter(mentor_slots::cohort_id.eq_any(&scope.cohorts))
            .order(sign_ups::id);
        /// What the mentors of a week tell those of the next.
        hand_overs: ExportedHandOver in hand_overs of cohorts by week_id;
    }
}

/// What its tables have of a person and their export has not.
pub(super) const WITHHELD: LeftOut = &[
    (
        "allocations of mentors' places: about everybody who wished; the person reads their own part at the allocation",
        &[
            "mentor_allocations.problem",
            "mentor_allocations.result",
            "mentor_allocations.commitment",
            "mentor_allocations.commitment_secret",
            "mentor_allocations.seed_given",
        ],
    ),
    (HOUSEKEEPING, &["sign_ups.turn"]),
];

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[
    (
        "what mentors wish for and offer each other, and allocations: the places that came of them are there",
        &[
            "mentor_preferences.*",
            "mentor_wishes.*",
            "mentor_companions.*",
            "mentor_allocations.*",
            "mentor_swap_offers.*",
            "mentor_thanks.*",
        ],
    ),
    (
        "what students book in office hours: between them and the mentor",
        &["office_hour_bookings.*"],
    ),
    (HOUSEKEEPING, &["sign_ups.turn"]),
];
