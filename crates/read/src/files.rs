//! Names on the command line to files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::ReadError;

/// The files that `path` stands for: itself, or all in the folder and those below it, hidden ones left out.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(ReadError::Missing { nearest: nearest(path) });
        }
        Err(error) => return Err(error.into()),
    };
    if !meta.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut out = vec![];
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            // Links to folders are not followed: they may lead in a circle.
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() || kind.is_symlink() && entry.path().is_file() {
                out.push(entry.path());
            }
        }
    }
    if out.is_empty() {
        return Err(ReadError::EmptyFolder);
    }
    Ok(out)
}

/// The name in the same folder that differs least, where it differs little.
fn nearest(path: &Path) -> Option<PathBuf> {
    let wanted = path.file_name()?.to_string_lossy().to_lowercase();
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let entries = fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let mut names: Vec<String> =
        entries.take(10_000).filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.to_owned())).collect();
    names.sort_unstable();
    let most = wanted.chars().count() / 3 + 1;
    let best = names.into_iter().map(|name| (distance(&wanted, &name.to_lowercase()), name)).min()?;
    (best.0 <= most).then(|| folder.map_or_else(|| PathBuf::from(&best.1), |folder| folder.join(&best.1)))
}

/// Levenshtein's distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = replaced.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// The id of a report from its file's name: no folder, no extension of a text.
///
/// ```
/// use std::path::Path;
/// assert_eq!(demarche_read::id_of(Path::new("reports/2025/dawn.html.gz")), "dawn");
/// assert_eq!(demarche_read::id_of(Path::new("v1.2")), "v1.2");
/// ```
pub fn id_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let mut name = &*name;
    while let Some((stem, extension)) = name.rsplit_once('.') {
        let known =
            ["txt", "md", "html", "htm", "json", "gz"].iter().any(|known| extension.eq_ignore_ascii_case(known));
        if !known || stem.is_empty() {
            break;
        }
        name = stem;
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn the_distance_counts_single_changes() {
        assert_eq!(distance("reports", "reports"), 0);
        assert_eq!(distance("report.txt", "reports.text"), 2);
        assert_eq!(distance("", "abc"), 3);
    }
}
