//! Mail on its way to a mail server.

mod delivery;
mod smtp;
