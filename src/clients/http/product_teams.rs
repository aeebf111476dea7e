//! Wishes and teams for products over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    clients::{
        actions::{self, NamedTeams, NamedWishes},
        model::{NewProductTeams, ProductTeam, Ranking, TeamsPerProduct},
    },
    error::Result,
    primitives::{Id, Line, Page},
    teams::model::{Names, PersonName},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// What a student would like to build.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProductWish")]
pub(super) struct WishView {
    /// Who.
    person: PersonName,
    /// The clients whose products they are, the best first; empty if they have said nothing.
    ranked: Vec<Id>,
}

/// Somebody in the team of a product.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProductTeamMember")]
struct MemberView {
    /// Who.
    person: PersonName,
    /// Which of their wishes it is, from 1; null if it is none.
    rank: Option<usize>,
}

/// Who builds a product.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProductTeam")]
pub(super) struct TeamView {
    /// The client.
    client_id: Id,
    /// What the organisation is called.
    name: Line,
    /// Which of the product's teams it is, from 1.
    number: i32,
    /// The team.
    members: Vec<MemberView>,
}

impl TeamView {
    fn of(team: ProductTeam, names: &Names) -> Self {
        let member = |(person, rank)| MemberView {
            person: names.of(person),
            rank,
        };
        Self {
            client_id: team.client_id,
            name: team.name,
            number: team.number,
            members: team.members.into_iter().map(member).collect(),
        }
    }
}

/// Who could build what.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProductTeamSuggestion")]
pub(super) struct SuggestionView {
    /// The teams.
    teams: Vec<TeamView>,
    /// How many build their first wish, their second, and so on.
    by_rank: Vec<usize>,
    /// How many build something that they have not wished for.
    without_wish: usize,
}

impl From<NamedTeams> for SuggestionView {
    fn from(named: NamedTeams) -> Self {
        let ranks: Vec<Option<usize>> = named
            .teams
            .iter()
            .flat_map(|team| team.members.iter().map(|(_, rank)| *rank))
            .collect();
        let having = |wanted: Option<usize>| ranks.iter().filter(|rank| **rank == wanted).count();
        let last = ranks.iter().copied().flatten().max().unwrap_or(0);
        Self {
            by_rank: (1..=last).map(|rank| having(Some(rank))).collect(),
            without_wish: having(None),
            teams: views(named),
        }
    }
}

fn views(named: NamedTeams) -> Vec<TeamView> {
    let NamedTeams { teams, names } = named;
    teams.into_iter().map(|team| TeamView::of(team, &names)).collect()
}

/// `PUT /v1/product-ballots/{id}/wishes/me`
pub async fn set_own_product_wish(call: Call<ById, NoQuery, Json<Ranking>>) -> Result<Reply<Ranking>> {
    call.write(|conn, call| {
        let saved = actions::save_wish(conn, &call.actor, call.path.id, &call.body, call.now)?;
        Reply::ok(&saved)
    })
    .await
}

/// `GET /v1/product-ballots/{id}/wishes/me`
pub async fn get_own_product_wish(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Ranking>> {
    call.read(|conn, call| Reply::ok(&actions::own_wish(conn, &call.actor, call.path.id)?))
        .await
}

/// `GET /v1/product-ballots/{id}/wishes`, whole
pub async fn list_product_wishes(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<WishView>>> {
    call.read(|conn, call| {
        let NamedWishes { wishes, names } = actions::wishes(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(wishes).map(|(person, ranked)| WishView {
            person: names.of(person),
            ranked,
        }))
    })
    .await
}

/// How teams are suggested.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuggestionQuery {
    /// How many teams build each product; 1 if left out.
    #[serde(default)]
    teams_per_product: TeamsPerProduct,
}

/// `GET /v1/product-ballots/{id}/team-suggestion`: reads, lets go of the database, and works it out.
pub async fn suggest_product_teams(call: Call<ById, SuggestionQuery, NoBody>) -> Result<Reply<SuggestionView>> {
    let (state, actor, id) = (call.state.clone(), call.actor, call.path.id);
    let teams = call.query.teams_per_product;
    let prepare = move |conn: &mut _| actions::prepare_teams(conn, &actor, id, teams);
    let prepared = state.db.read(prepare).await?;
    let places = actions::work_teams_out(&state.solver_pool, prepared).await?;
    call.read(move |conn, call| {
        let named = actions::suggest(conn, &call.actor, call.path.id, places.clone())?;
        Reply::ok(&SuggestionView::from(named))
    })
    .await
}

/// `GET /v1/product-ballots/{id}/teams`, whole
pub async fn list_product_teams(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<TeamView>>> {
    call.read(|conn, call| {
        let named = actions::teams(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(views(named)))
    })
    .await
}

/// `PUT /v1/product-ballots/{id}/teams`
pub async fn set_product_teams(call: Call<ById, NoQuery, Json<NewProductTeams>>) -> Result<Reply<Page<TeamView>>> {
    call.write(|conn, call| {
        let named = actions::save_teams(conn, &call.actor, call.path.id, &call.body, call.now)?;
        call.page(Page::whole(views(named)))
    })
    .await
}
