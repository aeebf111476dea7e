//! What may be wrong with the place where the data lies.

/// What is wrong with it, rather than with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing more fits on the disk.
    DiskFull,
    /// The disk takes or gives nothing.
    DiskFails,
    /// The file is not what it was.
    Damaged,
}

impl Trouble {
    /// By SQLite's own words, which are the same in every language. PostgreSQL's are in the server's.
    pub fn told(message: &str) -> Option<Self> {
        const WORDS: [(&str, Trouble); 6] = [
            ("database or disk is full", Trouble::DiskFull),
            ("attempt to write a readonly database", Trouble::DiskFails),
            ("disk I/O error", Trouble::DiskFails),
            ("unable to open database file", Trouble::DiskFails),
            ("database disk image is malformed", Trouble::Damaged),
            ("file is not a database", Trouble::Damaged),
        ];
        let found = WORDS.iter().find(|(words, _)| message.contains(words));
        found.map(|(_, trouble)| *trouble)
    }

    /// For whoever sent the request, and for whoever runs the service.
    pub(super) fn detail(self) -> &'static str {
        match self {
            Self::DiskFull => {
                "Nothing was changed: the server's disk is full. Whoever runs this service has to make room on it; \
                 then it goes on by itself."
            }
            Self::DiskFails => {
                "Nothing was changed: the server's disk cannot be read or written. Whoever runs this service has to \
                 see to the disk of the database; then it goes on by itself."
            }
            Self::Damaged => {
                "The database is damaged, and nothing is read from it or written to it any more. Whoever runs this \
                 service has to stop it and put back a backup with `peerled restore`."
            }
        }
    }

    /// Seconds after which another try may help.
    pub(super) fn retry_after(self) -> u32 {
        match self {
            Self::DiskFull | Self::DiskFails => 30,
            Self::Damaged => 300,
        }
    }
}
