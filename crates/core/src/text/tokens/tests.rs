//! Tests of the tokenizer: cases by kind, any string, time.

use super::*;
use proptest::prelude::*;

fn words(text: &str) -> Vec<&str> {
    tokens(text).iter().map(|piece| &text[piece.start..piece.end]).collect()
}

fn cut(text: &str) -> String {
    words(text).join(" ")
}

#[test]
fn clitics_are_words() {
    assert_eq!(cut("India's envoy can't and cannot go"), "India 's envoy ca n't and can not go");
    assert_eq!(cut("they’ve said it won’t"), "they ’ve said it wo n’t");
    assert_eq!(cut("the ministers' talks"), "the ministers ' talks");
    assert_eq!(cut("It's gonna rain, O'Neill"), "It 's gon na rain , O'Neill");
    let marked: Vec<bool> = tokens("cannot isn't").iter().map(|piece| piece.clitic).collect();
    assert_eq!(marked, [false, true, false, true]);
}

#[test]
fn single_quotation_marks_are_no_possessives() {
    assert_eq!(cut("the 'terrorists' fled"), "the ' terrorists ' fled");
    assert_eq!(cut("‘Both sides’ met"), "‘ Both sides ’ met");
    assert_eq!(cut("in the '90s and '72"), "in the '90s and '72");
}

#[test]
fn compounds_are_split_and_prefixes_are_not() {
    assert_eq!(
        cut("a cross-border anti-tank Indo-Pacific co-founder"),
        "a cross - border anti-tank Indo - Pacific co-founder"
    );
    assert_eq!(cut("F-16s and/or 25-year-old"), "F - 16s and / or 25 - year - old");
}

#[test]
fn abbreviations_keep_their_stop() {
    assert_eq!(cut("Gen. Asim Munir met U.S. Sen. J. Roe Jan. 5"), "Gen. Asim Munir met U.S. Sen. J. Roe Jan. 5");
    assert_eq!(cut("No. 3, not No."), "No. 3 , not No .");
    assert_eq!(cut("at 6 p.m. on Sept. 3"), "at 6 p.m. on Sept. 3");
}

#[test]
fn numbers_hold_together_and_part_from_units() {
    assert_eq!(cut("$5bn, 1,000.5 and 3.5%"), "$ 5 bn , 1,000.5 and 3.5 %");
    assert_eq!(cut("22/04/2025 at 10:30pm, the 1st"), "22/04/2025 at 10:30 pm , the 1st");
    assert_eq!(cut("1,00,000 men, 5-10 tanks, 555-0142"), "1,00,000 men , 5 - 10 tanks , 555-0142");
    assert_eq!(cut("US$3m in the 1990s"), "US$ 3 m in the 1990s");
}

#[test]
fn addresses_are_one_word_without_the_marks_around_them() {
    assert_eq!(cut("(see https://example.org/a_(b)?c=1)."), "( see https://example.org/a_(b)?c=1 ) .");
    assert_eq!(cut("desk@example.org, @ministry #talks"), "desk@example.org , @ministry #talks");
    assert_eq!(cut("example.org said it.Then"), "example.org said it . Then");
}

#[test]
fn marks_stand_alone_or_in_runs() {
    assert_eq!(cut("\"Go!\" -- he said… what?!"), "\" Go ! \" -- he said … what ?!");
    assert_eq!(cut("peace—or war–no: (yes) [...]"), "peace — or war – no : ( yes ) [ ... ]");
    assert_eq!(cut("((yes)) ((((((no)"), "( ( yes ) ) (((((( no )");
}

#[test]
fn other_scripts_accents_and_pictures_stay_whole() {
    assert_eq!(cut("पहलगाम में हमला।"), "पहलगाम में हमला ।");
    assert_eq!(cut("Erdog\u{306}an 👩\u{200D}👧 🇮🇳🇵🇰"), "Erdog\u{306}an 👩\u{200D}👧 🇮🇳 🇵🇰");
    assert_eq!(cut("\u{202A}Delhi\u{202C}\u{0}x"), "Delhi x");
}

fn gaps_only_between(text: &str) -> Result<(), TestCaseError> {
    let mut at = 0;
    for piece in tokens(text) {
        prop_assert!(piece.start >= at && piece.end > piece.start, "{piece:?} in {text:?}");
        prop_assert!(text[at..piece.start].chars().all(is_gap), "{:?} lost in {text:?}", &text[at..piece.start]);
        prop_assert!(!text[piece.start..piece.end].contains(is_gap));
        at = piece.end;
    }
    prop_assert!(text[at..].chars().all(is_gap));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn tokens_and_gaps_reproduce_any_string(text in any::<String>()) {
        gaps_only_between(&text)?;
    }

    #[test]
    fn tokens_and_gaps_reproduce_what_looks_like_text(
        bits in proptest::collection::vec(proptest::sample::select(BITS), 0..30)
    ) {
        gaps_only_between(&bits.concat())?;
    }
}

const BITS: &[&str] = &[
    "ك", "پ", "\u{202E}", "पह", "\u{FFFD}", "ß", "İ", "a", "I", "Gen", "Mr", "No", "dont", "cannot", "non", "anti",
    "s", "t", "n't", "Yahoo", "com", "12", "1990", "5pm", "U.S.", "é", "中", "ै", "\u{300}", "\u{200D}", "👍", "🏽",
    "🇮", "\u{FEFF}", "\u{0}", "\u{AD}", " ", " ", "\n", "\n\n", ".", "..", ",", ":", ";", "!", "?", "'", "’", "‘", "`",
    "\"", "“", "”", "(", ")", "[", "]", "<", ">", "@", "#", "$", "%", "&", "*", "/", "_", "+", "=", "~", "|", "-",
    "--", "—", "://", "www.", "mailto:", "^_^", ":)",
];

// A test of time needs a clock; nothing that is shipped reads one.
#[allow(clippy::disallowed_methods)]
#[test]
fn a_megabyte_without_a_gap_is_cut_in_linear_time() {
    for unit in ["a", "a.", "'", "a-", "1", "1-", "@a", ".", "w.w", "(", "/x", "é\u{300}", "a'", "🇮", "x@"] {
        let text = unit.repeat(200_000);
        // A rule that looked back or ahead without bound would take minutes here.
        assert!((1..=text.len()).contains(&tokens(&text).len()), "{unit}");
    }
}
