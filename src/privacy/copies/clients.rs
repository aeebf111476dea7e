//! Clients, their steps, and their product owners.

use diesel::prelude::*;

use super::{
    document::campus,
    rows::{HASHES, LeftOut, SECRETS, own_clients, person, rows},
};
use crate::{
    clients::model::ClientStatus,
    db::{
        dialect::AmongMethod as _,
        schema::{
            client_availabilities, client_links, client_offers, client_steps, client_terms, client_workshop_bookings,
            client_workshops, clients, enrolments, product_ballots, product_owner_invitations, product_owners,
            product_team_members,
        },
    },
    primitives::{Email, Id, Instant, Json, Line, LocalTime, Text, Url, time::TimeZone},
    students::model::EnrolmentStatus,
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
        /// Whether its owners agree that other campuses are offered it.
        may_be_passed_on: bool,
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

    /// That a client is offered to another campus.
    ClientOfferRow from client_offers {
        /// The client.
        client_id: Id,
        /// The campus to which it is offered.
        campus_id: Id,
        /// Since when.
        created_at: Instant,
        ;
        /// What the organisation is called.
        client_name: Line = clients::name,
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
            let own = own_clients!(whose);
            clients::table
                .filter(clients::applied_by.eq(whose.person).assume_not_null().or(clients::id.eq_any(own)))
                .order(clients::id)
        };
        /// The steps that these have taken; of those that the person has left, their application.
        client_steps: ClientStepRow = |whose| {
            let own = own_clients!(whose);
            let is_their_application = clients::applied_by
                .eq(whose.person)
                .assume_not_null()
                .and(client_steps::status.eq(ClientStatus::Applied));
            client_steps::table
                .inner_join(clients::table)
                .filter(client_steps::client_id.eq_any(own).or(is_their_application))
                .order(client_steps::id)
        };
        /// The campuses to which those that the person looks after are offered.
        client_offers: ClientOfferRow = |whose| {
            let own = own_clients!(whose);
            client_offers::table
                .inner_join(clients::table)
                .filter(client_offers::client_id.eq_any(own))
                .order((client_offers::client_id, client_offers::campus_id))
        };
        /// The workshops at which clients that the person looks after have a place.
        client_workshops: ClientWorkshopRow = |whose| {
            let own = own_clients!(whose);
            let booked = client_workshop_bookings::table
                .filter(client_workshop_bookings::client_id.eq_any(own))
                .select(client_workshop_bookings::workshop_id);
            client_workshops::table
                .filter(client_workshops::id.eq_any(booked))
                .order(client_workshops::id)
        };
        /// Their places at them.
        workshop_bookings: WorkshopBookingRow = |whose| {
            let own = own_clients!(whose);
            client_workshop_bookings::table
                .filter(client_workshop_bookings::client_id.eq_any(own))
                .order(client_workshop_bookings::client_id)
        };
        /// How the person said that the owners of a client can be reached.
        client_availabilities: ClientAvailabilityRow in client_availabilities of said_by by client_id;
        /// Notes and links of the work on products of clients that the person looks after, or builds for.
        client_links: ClientLinkRow = |whose| {
            let own = own_clients!(whose);
            let studied = enrolments::table
                .filter(enrolments::person_id.eq(whose.person))
                .filter(enrolments::status.ne(EnrolmentStatus::Withdrawn))
                .select(enrolments::cohort_id);
            let built = product_team_members::table
                .inner_join(product_ballots::table)
                .filter(product_team_members::person_id.eq(whose.person))
                .filter(product_ballots::cohort_id.eq_any(studied))
                .select(product_team_members::client_id);
            client_links::table
                .filter(client_links::client_id.eq_any(own).or(client_links::client_id.eq_any(built)))
                .order(client_links::id)
        };
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
        /// The campuses to which they are offered, and what other campuses offer to it.
        client_offers: ClientOfferRow = |scope| client_offers::table
            .inner_join(clients::table)
            .filter(clients::campus_id.eq(scope.campus).or(client_offers::campus_id.eq(scope.campus)))
            .order((client_offers::client_id, client_offers::campus_id));
        /// Workshops for them.
        client_workshops: ClientWorkshopRow in client_workshops of campus by campus_id;
        /// Their places at them.
        workshop_bookings: WorkshopBookingRow = |scope| client_workshop_bookings::table
            .inner_join(clients::table)
            .filter(clients::campus_id.eq(scope.campus))
            .order(client_workshop_bookings::client_id);
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
pub(super) const WITHHELD: LeftOut = &[(SECRETS, &["product_owner_invitations.token_hash"])];

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[(HASHES, &["product_owner_invitations.token_hash"])];
