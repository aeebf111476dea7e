//! Every documented command, run as a process of the real binary.

mod form;
mod process;
mod service;
mod settings;
