//! What the operations of this feature are listed under.

use crate::web::Tag;

pub(super) static TAG: Tag = Tag {
    name: "clients",
    about: "Organisations for which a campus builds: their applications, their product owners, each step to a product, and their paid work.",
};
