//! A brief, written for a reader: in the terminal, as Markdown, as a page.
//!
//! [`view`] works out once what is said; the three renderers only set it.

#[cfg(test)]
mod fixture;
pub mod html;
pub mod markdown;
pub mod terminal;
pub mod view;
pub mod words;

pub use words::visible;
