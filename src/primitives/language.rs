//! The languages that people are written to in.

use super::text_enum;

text_enum! {
    /// A language, by its BCP 47 tag.
    pub enum Language {
        /// English.
        English = "en",
        /// Arabic.
        Arabic = "ar",
        /// Hebrew.
        Hebrew = "he",
        /// French.
        French = "fr",
    }
}

impl Language {
    /// All that are offered.
    pub const ALL: [Self; 4] = [Self::English, Self::Arabic, Self::Hebrew, Self::French];

    /// The first that somebody has chosen, or else English.
    pub fn first(chosen: impl IntoIterator<Item = Option<Self>>) -> Self {
        chosen.into_iter().flatten().next().unwrap_or(Self::English)
    }

    /// Whether its lines begin on the right.
    pub fn is_right_to_left(self) -> bool {
        match self {
            Self::English | Self::French => false,
            Self::Arabic | Self::Hebrew => true,
        }
    }
}
