//! Teams for the products that were chosen, and what students wish.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    db::schema::{product_team_members, product_wishes},
    primitives::{Id, Instant, Line, Stored},
};

/// Which of the chosen products a student would like to build.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = product_wishes)]
pub struct ProductWish {
    pub ballot_id: Id,
    pub person_id: Id,
    /// The products, the best first.
    pub ranked: Stored<Vec<Id>>,
    pub updated_at: Instant,
}

/// That a student builds a product.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = product_team_members, treat_none_as_default_value = false)]
pub struct ProductTeamMember {
    pub ballot_id: Id,
    pub person_id: Id,
    pub client_id: Id,
    /// Which of their wishes it was, from 1.
    pub rank: Option<i32>,
}

/// What a student builds, as it is worked out.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamPlace {
    pub person_id: Id,
    pub client_id: Id,
    /// Which of their wishes it is, from 1.
    pub rank: Option<usize>,
}

/// A team of a product with what people are called.
#[derive(Clone, Debug)]
pub struct ProductTeam {
    pub client_id: Id,
    pub name: Line,
    /// Each with which of their wishes it is.
    pub members: Vec<(Id, Option<usize>)>,
}

/// A team for a product.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProductTeam {
    /// The client whose product it builds.
    pub client_id: Id,
    /// Its members: students of the cohort.
    #[schemars(length(min = 1, max = 200))]
    pub members: Vec<Id>,
}

/// All teams of the chosen products.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "teams": [{"client_id": "1v1730py00001", "members": ["1v1730py00002", "1v1730py00003"]}],
}))]
pub struct NewProductTeams {
    /// Those that there are from now on, as suggested or changed by hand.
    #[schemars(length(max = 10))]
    pub teams: Vec<NewProductTeam>,
}
