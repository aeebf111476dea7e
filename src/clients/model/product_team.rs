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
    /// In which of the product's teams they are, from 1.
    pub number: i32,
}

/// A student, with the products that they would like to build, the best first; none if they have said nothing.
#[derive(Clone, Debug)]
pub struct Wisher {
    pub person: Id,
    pub ranked: Vec<Id>,
}

/// What a student builds, as it is worked out.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamPlace {
    pub person_id: Id,
    pub client_id: Id,
    /// In which of the product's teams they are, from 1.
    pub number: i32,
    /// Which of their wishes it is, from 1.
    pub rank: Option<usize>,
}

/// A team of a product with what people are called.
#[derive(Clone, Debug)]
pub struct ProductTeam {
    pub client_id: Id,
    /// Which of the product's teams it is, from 1.
    pub number: i32,
    pub name: Line,
    /// Each with which of their wishes it is.
    pub members: Vec<(Id, Option<usize>)>,
}

/// How many teams build each product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TeamsPerProduct(usize);

impl TeamsPerProduct {
    /// So many at the most.
    pub const MOST: usize = 10;

    /// The number.
    pub fn get(self) -> usize {
        self.0
    }
}

impl Default for TeamsPerProduct {
    fn default() -> Self {
        Self(1)
    }
}

impl<'de> Deserialize<'de> for TeamsPerProduct {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let teams = text.parse().ok().filter(|teams| (1..=Self::MOST).contains(teams));
        teams
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("must be from 1 to 10"))
    }
}

impl JsonSchema for TeamsPerProduct {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TeamsPerProduct".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "integer", "description": "How many teams build each product.", "minimum": 1, "maximum": 10, "examples": [2],
        })
    }
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
    /// Those that there are from now on, as suggested or changed by hand; several of one product are its first, its second, and so on.
    #[schemars(length(max = 100))]
    pub teams: Vec<NewProductTeam>,
}
