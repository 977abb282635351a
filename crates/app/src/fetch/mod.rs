//! Fetching: polite, bounded, and never from inside the network it runs in.

pub mod client;
pub mod guard;
pub mod robots;
