//! A brief as one self-contained page.
use demarche_core::Brief;
use std::io::{self, Write};
/// Writes the page.
pub fn write(brief: &Brief, out: &mut dyn Write) -> io::Result<()> {
    let _ = brief;
    writeln!(out, "")
}
