//! Every documented command, run as a process of the real binary.

#![cfg(test)]

mod accounts;
mod form;
mod keys;
mod log;
mod process;
mod roster;
mod service;
mod settings;
mod synth;
mod tour;
