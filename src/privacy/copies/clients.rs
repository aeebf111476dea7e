//! Clients, their steps, and their product owners.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    document::campus,
    rows::{HASHES, LeftOut, SECRETS, person, rows},
};
use crate::{
    clients::model::ClientStatus,
    db::{
        dialect::AmongMethod as _,
        schema::{
            brief_interests, brief_members, brief_passes, client_availabilities, client_briefs, client_hand_over_items,
            client_links, client_products, client_steps, client_terms, client_workshop_bookings, client_workshops,
            clients, demo_day_invitations, demo_days, product_ballots, product_owner_invitations, product_owners,
            product_team_members, product_votes, product_wishes,
        },
    },
    primitives::{Currency, Email, Id, Instant, Json, Line, LocalTime, Text, Url, time::TimeZone},
};

rows! {
    /// On what terms the campus builds for organisations.
    ClientTermsRow from client_terms {
        /// The campus.
        campus_id: Id,
        /// Whether organisations can apply.
        is_open: bool,
        /// What they read before they do.
        about: Option<Text>,
        /// After how many days a step is asked for again.
        answer_days: i32,
        /// For how many days a brief is for the team that built the product alone.
        first_refusal_days: i32,
        /// Rises with every change.
        version: i64,
        /// When it was first said.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// An organisation.
    ClientRow from clients {
        /// The client's id.
        id: Id,
        /// The campus.
        campus_id: Id,
        /// What the organisation is called.
        name: Line,
        /// What it would like to have built.
        about: Text,
        /// Where to read more of it.
        url: Option<Url>,
        /// How far it has come.
        status: String,
        /// Since when.
        status_since: Instant,
        /// When its owners were asked again for their step.
        reminded_at: Option<Instant>,
        /// Who applied for it.
        applied_by: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it applied.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// A step that a client has come.
    ClientStepRow from client_steps {
        /// The step's id.
        id: Id,
        /// The client.
        client_id: Id,
        /// What it became.
        status: String,
        /// `staff` or `owner`.
        taken_by: String,
        /// What was sent.
        url: Option<Url>,
        /// What was said.
        note: Option<Text>,
        /// When.
        created_at: Instant,
    }

    /// A workshop.
    ClientWorkshopRow from client_workshops {
        /// The workshop's id.
        id: Id,
        /// The campus.
        campus_id: Id,
        /// When it begins, by the clocks of the campus.
        starts_local: LocalTime,
        /// When it ends.
        ends_local: LocalTime,
        /// Where people come to.
        place: Option<Line>,
        /// Where they meet online.
        url: Option<Url>,
        /// For how many clients there is room.
        places: i32,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// The place of a client at a workshop.
    WorkshopBookingRow from client_workshop_bookings {
        /// The client.
        client_id: Id,
        /// The workshop.
        workshop_id: Id,
        /// When it was booked.
        created_at: Instant,
    }

    /// How and when the owners of a client can be reached.
    ClientAvailabilityRow from client_availabilities {
        /// The client.
        client_id: Id,
        /// How, in words.
        text: Option<Text>,
        /// When, in every week.
        hours: Json,
        /// By whose clocks that is.
        time_zone: TimeZone,
        /// Which owner said so.
        said_by: Id,
        /// Rises with every change.
        version: i64,
        /// When it was first said.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// A note on the work on a product, or where something of it is.
    ClientLinkRow from client_links {
        /// The link's id.
        id: Id,
        /// The client.
        client_id: Id,
        /// What it is about.
        kind: String,
        /// What it is called.
        title: Line,
        /// Where it is.
        url: Option<Url>,
        /// What is said of it.
        note: Option<Text>,
        /// `staff`, `team` or `owner`.
        added_by: String,
        /// Rises with every change.
        version: i64,
        /// When it was added.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// A day on which a cohort shows what it has built.
    DemoDayRow from demo_days {
        /// The demo day's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// When it begins, by the clocks of the campus.
        starts_local: LocalTime,
        /// When it ends.
        ends_local: LocalTime,
        /// Where people come to.
        place: Option<Line>,
        /// Where they meet online.
        url: Option<Url>,
        /// Rises with every change.
        version: i64,
        /// When it was planned.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// The invitation of a client's owners to a demo day.
    DemoDayInvitationRow from demo_day_invitations {
        /// The invitation.
        id: Id,
        /// The demo day.
        demo_day_id: Id,
        /// The client.
        client_id: Id,
        /// Whether they come; null until they have answered.
        coming: Option<bool>,
        /// When they were invited.
        created_at: Instant,
        /// When they last answered.
        updated_at: Instant,
    }

    /// What a client asks for, as a cohort is told of it.
    ProductRow from client_products {
        /// The cohort.
        cohort_id: Id,
        /// The client.
        client_id: Id,
        /// What is to be built.
        summary: Text,
        /// Slides or a film of the pitch.
        url: Option<Url>,
        /// Rises with every change.
        version: i64,
        /// When it was put up.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// Something that was done to hand a product over.
    HandOverItemRow from client_hand_over_items {
        /// The client.
        client_id: Id,
        /// What was done.
        item: String,
        /// `team` or `staff`.
        ticked_by: String,
        /// When.
        created_at: Instant,
    }

    /// A cohort's vote on what is built.
    ProductBallotRow from product_ballots {
        /// The ballot's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// `open`, `closed` or `cancelled`.
        status: String,
        /// How many products are built.
        winners: i32,
        /// The clients whose products there were to choose from.
        candidates: Json,
        /// The hash of what decides ties.
        commitment: String,
        /// What came of it, with all votes without who gave them; null until it is closed.
        result: Option<Json>,
        /// Rises with every change.
        version: i64,
        /// When it was opened.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// That somebody has voted.
    VoterRow from product_votes {
        /// The ballot.
        ballot_id: Id,
        /// The person.
        person_id: Id,
    }

    /// That somebody has voted, and how as long as that is known.
    OwnVoteRow from product_votes {
        /// The ballot.
        ballot_id: Id,
        /// The person.
        person_id: Id,
        /// The products, the best first; null once the ballot is closed.
        ranked: Option<Json>,
    }

    /// What a student would like to build.
    ProductWishRow from product_wishes {
        /// The ballot that chose the products.
        ballot_id: Id,
        /// The person.
        person_id: Id,
        /// The products, the best first.
        ranked: Json,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// Who builds what.
    ProductTeamMemberRow from product_team_members {
        /// The ballot that chose the products.
        ballot_id: Id,
        /// The person.
        person_id: Id,
        /// The client whose product it is.
        client_id: Id,
        /// Which of their wishes it was, from 1.
        rank: Option<i32>,
    }

    /// Paid work for a client.
    BriefRow from client_briefs {
        /// The brief.
        id: Id,
        /// The client.
        client_id: Id,
        /// The campus at which it is.
        campus_id: Id,
        /// What it is called.
        title: Line,
        /// What there is to do.
        text: Text,
        /// What is paid, in minor units.
        rate_amount: i64,
        /// The currency.
        rate_currency: Currency,
        /// For what that is.
        rate_per: String,
        /// When the work begins.
        starts_on: NaiveDate,
        /// How many people are looked for.
        people: i32,
        /// Whether the campus may pass it on.
        may_be_passed_on: bool,
        /// How far it has come.
        status: String,
        /// When it was first opened.
        opened_at: Option<Instant>,
        /// Until when it is for the team that built the product alone.
        reserved_until: Option<Instant>,
        /// What became of it.
        outcome: Option<Text>,
        /// Rises with every change.
        version: i64,
        /// When it was submitted.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// Paid work of a client that the person looks after.
    OwnBriefRow from client_briefs {
        /// The brief.
        id: Id,
        /// The client.
        client_id: Id,
        /// The campus at which it is.
        campus_id: Id,
        /// What it is called.
        title: Line,
        /// What there is to do.
        text: Text,
        /// What is paid, in minor units.
        rate_amount: i64,
        /// The currency.
        rate_currency: Currency,
        /// For what that is.
        rate_per: String,
        /// When the work begins.
        starts_on: NaiveDate,
        /// How many people are looked for.
        people: i32,
        /// Whether the campus may pass it on.
        may_be_passed_on: bool,
        /// How far it has come.
        status: String,
        /// When it was first opened.
        opened_at: Option<Instant>,
        /// What became of it.
        outcome: Option<Text>,
        /// Rises with every change.
        version: i64,
        /// When it was submitted.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// That a campus has passed a brief on.
    BriefPassRow from brief_passes {
        /// The id of this.
        id: Id,
        /// The brief.
        brief_id: Id,
        /// The campus.
        campus_id: Id,
        /// When.
        created_at: Instant,
    }

    /// What somebody has answered to a brief.
    BriefInterestRow from brief_interests {
        /// The brief.
        brief_id: Id,
        /// The person.
        person_id: Id,
        /// Whether they would like to do it.
        is_interested: bool,
        /// What they wrote.
        note: Option<Text>,
        /// When.
        updated_at: Instant,
    }

    /// Who does a brief.
    BriefMemberRow from brief_members {
        /// The brief.
        brief_id: Id,
        /// The person.
        person_id: Id,
        /// Since when.
        created_at: Instant,
    }

    /// A product owner.
    ProductOwnerRow from product_owners {
        /// The client.
        client_id: Id,
        /// The person.
        person_id: Id,
        /// Since when.
        created_at: Instant,
    }

    /// An invitation to be a product owner.
    OwnerInvitationRow from product_owner_invitations {
        /// The invitation.
        id: Id,
        /// The client.
        client_id: Id,
        /// The address it went to.
        email: Email,
        /// `pending`, `accepted` or `revoked`.
        status: String,
        /// Who sent it.
        invited_by: Option<Id>,
        /// When it was sent.
        created_at: Instant,
        /// Until when it can be accepted.
        expires_at: Instant,
        /// Who accepted it.
        accepted_by: Option<Id>,
    }

    /// An invitation to be a product owner that the person sent.
    SentOwnerInvitationRow from product_owner_invitations {
        /// The invitation.
        id: Id,
        /// The client.
        client_id: Id,
        /// `pending`, `accepted` or `revoked`.
        status: String,
        /// When it was sent.
        created_at: Instant,
        /// Until when it can be accepted.
        expires_at: Instant,
    }
}

person! {
    Clients {
        /// Clients whose product owner the person is, and those that the person applied for.
        clients: ClientRow = |whose| {
            let own = product_owners::table
                .filter(product_owners::person_id.eq(whose.person))
                .select(product_owners::client_id);
            clients::table
                .filter(clients::applied_by.eq(whose.person).assume_not_null().or(clients::id.eq_any(own)))
                .order(clients::id)
        };
        /// The steps that these have taken; of those that the person has left, their application.
        client_steps: ClientStepRow = |whose| {
            let own = product_owners::table
                .filter(product_owners::person_id.eq(whose.person))
                .select(product_owners::client_id);
            let is_their_application = clients::applied_by
                .eq(whose.person)
                .assume_not_null()
                .and(client_steps::status.eq(ClientStatus::Applied));
            client_steps::table
                .inner_join(clients::table)
                .filter(client_steps::client_id.eq_any(own).or(is_their_application))
                .order(client_steps::id)
        };
        /// The workshops at which clients that the person looks after have a place.
        client_workshops: ClientWorkshopRow = |whose| {
            let own = product_owners::table
                .filter(product_owners::person_id.eq(whose.person))
                .select(product_owners::client_id);
            let booked = client_workshop_bookings::table
                .filter(client_workshop_bookings::client_id.eq_any(own))
                .select(client_workshop_bookings::workshop_id);
            client_workshops::table
                .filter(client_workshops::id.eq_any(booked))
                .order(client_workshops::id)
        };
        /// Their places at them.
        workshop_bookings: WorkshopBookingRow = |whose| {
            let own = product_owners::table
                .filter(product_owners::person_id.eq(whose.person))
                .select(product_owners::client_id);
            client_workshop_bookings::table
                .filter(client_workshop_bookings::client_id.eq_any(own))
                .order(client_workshop_bookings::client_id)
        };
        /// How the person said that the owners of a client can be reached.
        client_availabilities: ClientAvailabilityRow in client_availabilities of said_by by client_id;
        /// Notes and links of the work on products of clients that the person looks after, or builds for.
        client_links: ClientLinkRow = |whose| {
            let own = product_owners::table
                .filter(product_owners::person_id.eq(whose.person))
                .select(product_owners::client_id);
            let built = product_team_members::table
                .filter(product_team_members::person_id.eq(whose.person))
                .select(product_team_members::client_id);
            client_links::table
                .filter(client_links::client_id.eq_any(own).or(client_links::client_id.eq_any(built)))
                .order(client_links::id)
        };
        /// The demo days to which clients are invited that the person looks after.
        demo_days: DemoDayRow = |whose| {
            let own = product_owners::table
                .filter(product_owners::person_id.eq(whose.person))
                .select(product_owners::client_id);
            let invited = demo_day_invitations::table
                .filter(demo_day_invitations::client_id.eq_any(own))
                .select(demo_day_invitations::demo_day_id);
            demo_days::table.filter(demo_days::id.eq_any(invited)).order(demo_days::id)
        };
        /// Whether they come to them.
        demo_day_invitations: DemoDayInvitationRow = |whose| {
            let own = product_owners::table
                .filter(product_owners::person_id.eq(whose.person))
                .select(product_owners::client_id);
            demo_day_invitations::table
                .filter(demo_day_invitations::client_id.eq_any(own))
                .order(demo_day_invitations::id)
        };
        /// In which ballots on products the person has voted, and how in those that are open.
        product_votes: OwnVoteRow in product_votes of person_id by ballot_id;
        /// What the person would like to build.
        product_wishes: ProductWishRow in product_wishes of person_id by ballot_id;
        /// What the person builds.
        product_teams: ProductTeamMemberRow in product_team_members of person_id by ballot_id;
        /// Paid work of clients that the person looks after.
        client_briefs: OwnBriefRow = |whose| {
            let own = product_owners::table
                .filter(product_owners::person_id.eq(whose.person))
                .select(product_owners::client_id);
            client_briefs::table
                .filter(client_briefs::client_id.eq_any(own))
                .order(client_briefs::id)
        };
        /// What the person has answered to paid work.
        brief_answers: BriefInterestRow in brief_interests of person_id by brief_id;
        /// Paid work that the person does.
        brief_teams: BriefMemberRow in brief_members of person_id by brief_id;
        /// Since when the person is a product owner of each.
        product_ownerships: ProductOwnerRow in product_owners of person_id by client_id;
        /// Invitations to be a product owner that went to the person.
        owner_invitations: OwnerInvitationRow = |whose| product_owner_invitations::table
            .filter(product_owner_invitations::accepted_by.assume_not_null().eq(whose.person)
                .or(product_owner_invitations::email.among(&whose.address)))
            .order(product_owner_invitations::id);
        /// Invitations to be a product owner that the person sent.
        sent_owner_invitations: SentOwnerInvitationRow in product_owner_invitations of invited_by by id;
    }
}

campus! {
    CampusClients {
        /// On what terms it builds for organisations.
        client_terms: ClientTermsRow in client_terms of campus by campus_id;
        /// The organisations.
        clients: ClientRow in clients of campus by id;
        /// The steps that they have taken.
        client_steps: ClientStepRow = |scope| client_steps::table
            .inner_join(clients::table)
            .filter(clients::campus_id.eq(scope.campus))
            .order(client_steps::id);
        /// Workshops for them.
        client_workshops: ClientWorkshopRow in client_workshops of campus by campus_id;
        /// Their places at them.
        workshop_bookings: WorkshopBookingRow = |scope| client_workshop_bookings::table
            .inner_join(clients::table)
            .filter(clients::campus_id.eq(scope.campus))
            .order(client_workshop_bookings::client_id);
        /// What they ask for, as cohorts are told of it.
        products: ProductRow in client_products of cohorts by client_id;
        /// What was done to hand products over.
        product_hand_overs: HandOverItemRow = |scope| client_hand_over_items::table
            .inner_join(clients::table)
            .filter(clients::campus_id.eq(scope.campus))
            .order((client_hand_over_items::client_id, client_hand_over_items::item));
        /// How and when their owners can be reached.
        client_availabilities: ClientAvailabilityRow = |scope| client_availabilities::table
            .inner_join(clients::table)
            .filter(clients::campus_id.eq(scope.campus))
            .order(client_availabilities::client_id);
        /// Notes and links of the work on their products.
        client_links: ClientLinkRow = |scope| client_links::table
            .inner_join(clients::table)
            .filter(clients::campus_id.eq(scope.campus))
            .order(client_links::id);
        /// Days on which cohorts show what they have built.
        demo_days: DemoDayRow in demo_days of cohorts by id;
        /// The clients that are invited to them.
        demo_day_invitations: DemoDayInvitationRow = |scope| demo_day_invitations::table
            .inner_join(demo_days::table)
            .filter(demo_days::cohort_id.eq_any(&scope.cohorts))
            .order(demo_day_invitations::id);
        /// Votes of cohorts on what they build.
        product_ballots: ProductBallotRow in product_ballots of cohorts by id;
        /// Who has voted in each.
        product_votes: VoterRow = |scope| product_votes::table
            .inner_join(product_ballots::table)
            .filter(product_ballots::cohort_id.eq_any(&scope.cohorts))
            .order((product_votes::ballot_id, product_votes::person_id));
        /// What students would like to build.
        product_wishes: ProductWishRow = |scope| product_wishes::table
            .inner_join(product_ballots::table)
            .filter(product_ballots::cohort_id.eq_any(&scope.cohorts))
            .order((product_wishes::ballot_id, product_wishes::person_id));
        /// Who builds what.
        product_teams: ProductTeamMemberRow = |scope| product_team_members::table
            .inner_join(product_ballots::table)
            .filter(product_ballots::cohort_id.eq_any(&scope.cohorts))
            .order((product_team_members::ballot_id, product_team_members::person_id));
        /// Paid work of clients that is at the campus.
        client_briefs: BriefRow in client_briefs of campus by id;
        /// What it has passed on to other campuses.
        brief_passes: BriefPassRow in brief_passes of campus by id;
        /// Who would like to do what is at the campus.
        brief_answers: BriefInterestRow = |scope| brief_interests::table
            .inner_join(client_briefs::table)
            .filter(client_briefs::campus_id.eq(scope.campus))
            .order((brief_interests::brief_id, brief_interests::person_id));
        /// Who does it.
        brief_teams: BriefMemberRow = |scope| brief_members::table
            .inner_join(client_briefs::table)
            .filter(client_briefs::campus_id.eq(scope.campus))
            .order((brief_members::brief_id, brief_members::person_id));
        /// Their product owners.
        product_owners: ProductOwnerRow = |scope| product_owners::table
            .inner_join(clients::table)
            .filter(clients::campus_id.eq(scope.campus))
            .order((product_owners::client_id, product_owners::person_id));
        /// Invitations to be one.
        owner_invitations: OwnerInvitationRow = |scope| product_owner_invitations::table
            .inner_join(clients::table)
            .filter(clients::campus_id.eq(scope.campus))
            .order(product_owner_invitations::id);
    }
}

/// What its tables have of a person and their export has not.
pub(super) const WITHHELD: LeftOut = &[
    (SECRETS, &["product_owner_invitations.token_hash"]),
    (
        "whether those who built the product have declined",
        &["client_briefs.reserved_until"],
    ),
];

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[
    (HASHES, &["product_owner_invitations.token_hash"]),
    (
        "how somebody votes on products, and what decides ties until the ballot is closed",
        &["product_votes.ranked", "product_ballots.seed"],
    ),
];
