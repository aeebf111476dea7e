//! What cohorts build for clients, and the demo days on which they show it.

use diesel::prelude::*;

use super::{
    document::campus,
    rows::{LeftOut, own_clients, person, rows},
};
use crate::{
    clients::model::BallotStatus,
    db::schema::{
        client_hand_over_items, client_products, clients, demo_day_invitations, demo_days, product_ballots,
        product_team_members, product_votes, product_wishes,
    },
    primitives::{Id, Instant, Json, Line, LocalTime, Text, Url},
};

rows! {
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
        /// Which of the product's teams it is, from 1.
        number: i32,
    }
}

person! {
    Products {
        /// The demo days to which clients are invited that the person looks after.
        demo_days: DemoDayRow = |whose| {
            let own = own_clients!(whose);
            let invited = demo_day_invitations::table
                .filter(demo_day_invitations::client_id.eq_any(own))
                .select(demo_day_invitations::demo_day_id);
            demo_days::table.filter(demo_days::id.eq_any(invited)).order(demo_days::id)
        };
        /// Whether they come to them.
        demo_day_invitations: DemoDayInvitationRow = |whose| {
            let own = own_clients!(whose);
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
    }
}

campus! {
    CampusProducts {
        /// What they ask for, as cohorts are told of it.
        products: ProductRow in client_products of cohorts by client_id;
        /// What was done to hand products over.
        product_hand_overs: HandOverItemRow = |scope| client_hand_over_items::table
            .inner_join(clients::table)
            .filter(clients::campus_id.eq(scope.campus))
            .order((client_hand_over_items::client_id, client_hand_over_items::item));
        /// Days on which cohorts show what they have built.
        demo_days: DemoDayRow in demo_days of cohorts by id;
        /// The clients that are invited to them.
        demo_day_invitations: DemoDayInvitationRow = |scope| demo_day_invitations::table
            .inner_join(demo_days::table)
            .filter(demo_days::cohort_id.eq_any(&scope.cohorts))
            .order(demo_day_invitations::id);
        /// Votes of cohorts on what they build.
        product_ballots: ProductBallotRow in product_ballots of cohorts by id;
        /// Who has voted in each that is over.
        product_votes: VoterRow = |scope| product_votes::table
            .inner_join(product_ballots::table)
            .filter(product_ballots::cohort_id.eq_any(&scope.cohorts))
            .filter(product_ballots::status.ne(BallotStatus::Open))
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
    }
}

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[(
    "how somebody votes on products, and what decides ties until the ballot is closed",
    &["product_votes.ranked", "product_ballots.seed"],
)];
