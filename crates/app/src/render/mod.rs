//! A brief, written for a reader: in the terminal, as Markdown, as a page.
//!
//! [`view`] works out once what is said; the three renderers only set it.

mod article;
pub mod chart;
pub mod fitted;
#[cfg(test)]
mod fixture;
pub mod html;
mod lanes;
pub mod list;
pub mod markdown;
pub mod series;
pub mod terminal;
pub mod theirs;
pub mod tree;
pub mod view;
pub mod words;

pub use words::visible;
