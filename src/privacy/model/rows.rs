//! How the rows of an export are declared.

/// Rows of a table: the columns of it that an export has, each under its own name. Columns of other tables that say
/// what a row is about stand behind the semicolon.
macro_rules! rows {
    ($($(#[$meta:meta])* $name:ident from $table:ident {
        $($(#[$field_meta:meta])* $field:ident: $type:ty,)*
        $(; $($(#[$joined_meta:meta])* $joined:ident: $joined_type:ty = $expression:expr,)*)?
    })*) => {$(
        $(#[$meta])*
        #[derive(diesel::Queryable, diesel::Selectable, serde::Serialize, schemars::JsonSchema)]
        #[diesel(table_name = $table)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            $($($(#[$joined_meta])* #[diesel(select_expression = $expression)] pub $joined: $joined_type,)*)?
        }

        impl $name {
            /// The columns that it has.
            pub(super) const COLUMNS: &[&str] = &[$(concat!(stringify!($table), ".", stringify!($field))),*];
        }
    )*};
}
pub(super) use rows;
