//! Mail on its way to a mail server.

mod delivery;
mod folder;
mod languages;
mod pages;
mod smtp;
mod unproved;
