//! What the two engines say differently, said once.

use diesel::{
    Column, Expression, QueryResult,
    backend::Backend,
    expression::{AppearsOnTable, SelectableExpression, ValidGrouping},
    query_builder::{AstPass, QueryFragment, QueryId},
    serialize::ToSql,
    sql_types::{Bool, HasSqlType},
};

pub use super::conn::violated;

/// Runs the same expression on whichever connection this is. For statements that diesel's `MultiConnection` cannot build:
/// batch inserts, upserts. And for those that are sent most: through it the text of a statement is made anew each time, to find
/// what was prepared; on the connection itself its type is enough.
#[macro_export]
macro_rules! on_both {
    ($conn:expr, |$inner:ident| $run:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($inner) => $run,
            $crate::db::Conn::Postgres($inner) => $run,
        }
    };
}

/// `column IN (…)`. Unlike diesel's `eq_any` it is prepared once for each number of values, as long as they are few.
#[derive(Debug, Clone)]
pub struct Among<C, V> {
    column: C,
    values: Vec<V>,
}

/// Above this, what would be kept of every number of values takes more memory than preparing again takes time.
const KEPT_VALUES: usize = 32;

/// [`Among`] as a method of columns.
pub trait AmongMethod: Expression + Sized {
    /// Whether the column is one of these values.
    fn among<V>(self, values: impl IntoIterator<Item = V>) -> Among<Self, V> {
        Among {
            column: self,
            values: values.into_iter().collect(),
        }
    }
}

impl<C: Column> AmongMethod for C {}

impl<C: Expression, V> Expression for Among<C, V> {
    type SqlType = Bool;
}

impl<C: AppearsOnTable<From>, V, From> AppearsOnTable<From> for Among<C, V> {}

impl<C: SelectableExpression<From>, V, From> SelectableExpression<From> for Among<C, V> {}

impl<C: ValidGrouping<GroupBy>, V, GroupBy> ValidGrouping<GroupBy> for Among<C, V> {
    type IsAggregate = C::IsAggregate;
}

// Its text depends on the number of values, so statements with it are told apart by their text.
impl<C, V> QueryId for Among<C, V> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C, V, DB> QueryFragment<DB> for Among<C, V>
where
    DB: Backend + HasSqlType<C::SqlType>,
    C: Expression + QueryFragment<DB>,
    V: ToSql<C::SqlType, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.values.is_empty() {
            out.push_sql("0=1");
            return Ok(());
        }
        if self.values.len() > KEPT_VALUES {
            out.unsafe_to_cache_prepared();
        }
        self.column.walk_ast(out.reborrow())?;
        for (index, value) in self.values.iter().enumerate() {
            out.push_sql(if index == 0 { " IN (" } else { ", " });
            out.push_bind_param::<C::SqlType, V>(value)?;
        }
        out.push_sql(")");
        Ok(())
    }
}
