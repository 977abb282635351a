//! The nearest valid word to one that is not.

/// The nearest of the known words, by edits.
pub(super) fn did_you_mean(word: &str, known: &[&str]) -> String {
    let nearest = known.iter().min_by_key(|name| (distance(word, name), **name));
    nearest.map_or_else(|| "none is defined".to_owned(), |name| format!("did you mean `{name}`?"))
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let change = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
