//! Curricula.

use diesel::prelude::*;

use super::{document::campus, rows::rows};
use crate::{
    db::schema::{programme_weeks, programmes},
    primitives::{Id, Instant, Json, Line, Slug, Text},
};

rows! {
    /// A curriculum.
    ProgrammeRow from programmes {
        /// The programme's id.
        id: Id,
        /// The campus.
        campus_id: Option<Id>,
        /// Short name for URLs.
        slug: Slug,
        /// Name to show.
        name: Line,
        /// What it is.
        description: Option<Text>,
        /// The roles in its teams, in the order in which they rotate.
        roles: Json,
        /// The programme it was made from.
        forked_from: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// A week of a curriculum.
    ProgrammeWeekRow from programme_weeks {
        /// The programme.
        programme_id: Id,
        /// Its number, from 1.
        number: i32,
        /// What it is for.
        phase: String,
        /// What it is about.
        topic: Line,
        /// What it builds.
        project_title: Option<Line>,
        /// What is to be done.
        project_brief: Option<Text>,
        /// What is to be learnt.
        project_outcomes: Option<Json>,
        /// Whether that is open.
        project_is_open: bool,
        /// What it asks.
        project_question: Option<Line>,
    }
}

campus! {
    CampusProgrammes {
        /// Its curricula.
        programmes: ProgrammeRow in programmes of campus by id;
        /// Their weeks.
        programme_weeks: ProgrammeWeekRow = |scope| programme_weeks::table
            .inner_join(programmes::table)
            .filter(programmes::campus_id.eq(scope.campus))
            .order((programme_weeks::programme_id, programme_weeks::number));
    }
}
