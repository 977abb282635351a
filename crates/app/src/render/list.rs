//! The list of stories that a brief of mixed reports starts with, in the terminal and as Markdown.

use std::io::{self, Write};

use demarche_core::Brief;

use super::{
    markdown, terminal,
    view::View,
    words::{clip, visible},
};

/// Columns.
const WIDTH: usize = 100;

/// Writes the stories and then the brief of each in the terminal; one story alone has no list.
pub fn terminal(briefs: &[Brief], out: &mut dyn Write) -> io::Result<()> {
    let rule = "═".repeat(WIDTH);
    if briefs.len() > 1 {
        writeln!(out, "{} stories\n", briefs.len())?;
        for brief in briefs {
            let view = View::new(brief);
            let (id, title) = headline(brief);
            writeln!(out, "  {id:>5}  {}", visible(&clip(&title, WIDTH - 10)))?;
            let about = view.title().map(|about| format!(" · {about}")).unwrap_or_default();
            writeln!(out, "         {}", visible(&clip(&format!("{}{about}", view.counted), WIDTH - 10)))?;
        }
        writeln!(out)?;
    }
    for brief in briefs {
        if briefs.len() > 1 {
            let (id, title) = headline(brief);
            writeln!(out, "{rule}\n{id} {}\n", visible(&clip(&title, WIDTH - 6)))?;
        }
        terminal::write(brief, out)?;
    }
    Ok(())
}

/// Writes the stories and then the brief of each as Markdown; one story alone has no list.
pub fn markdown(briefs: &[Brief], out: &mut dyn Write) -> io::Result<()> {
    if briefs.len() > 1 {
        writeln!(out, "# {} stories\n", briefs.len())?;
        for brief in briefs {
            let (id, title) = headline(brief);
            let counted = View::new(brief).counted;
            writeln!(out, "- {id}: {}, {counted}", markdown::escape(&title))?;
        }
        writeln!(out)?;
    }
    briefs.iter().try_for_each(|brief| markdown::write(brief, out))
}

/// A story's id and its title.
fn headline(brief: &Brief) -> (&str, String) {
    let story = brief.stories.first();
    let title = story.map(|story| super::words::one_line(brief.words(story.title.0, story.title.1)));
    (story.map_or("", |story| story.id.as_str()), title.filter(|t| !t.is_empty()).unwrap_or("(no words)".to_string()))
}
