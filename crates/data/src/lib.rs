//! Bytes only: models, gazetteers, cue lists and the codebook that are built into the program.
//! `MANIFEST.toml` beside this crate's `src` tells of each file its source, licence, sha256, score and command.

include!(concat!(env!("OUT_DIR"), "/codebook.rs"));

/// Abbreviations of English, TOML.
pub static ABBREVIATIONS: &str = include_str!("../text/abbreviations.toml");

/// Words that tell where a name ends and what is none, TOML.
pub static NAMES: &str = include_str!("../text/names.toml");

/// How written words fall into syntactic words, TOML.
pub static WORDS: &str = include_str!("../text/words.toml");

/// Words that report a statement, `(file name, content)`.
pub static CUES: &[(&str, &str)] = &[
    ("verbs.toml", include_str!("../cues/verbs.toml")),
    ("nouns.toml", include_str!("../cues/nouns.toml")),
    ("phrases.toml", include_str!("../cues/phrases.toml")),
];

/// Tagger, parser, lemma rules and names, made by `train models`.
pub static PARSER: &[u8] = include_bytes!("../models/parser.bin");
/// Brown clusters of words, in the layout of the core's `parse::clusters`, made by `train clusters`.
pub static CLUSTERS: &[u8] = include_bytes!("../models/clusters.bin");
/// Words that tell the same thing in crisis news, for linking.
pub static CONCEPTS: &str = include_str!("../link/concepts.toml");

/// Words that news uses for one another, for linking mentions of events given by their words.
pub static SYNONYMS: &str = include_str!("../link/synonyms.toml");

/// Words that frame what they name, for comparison.
pub static LABELS: &str = include_str!("../link/labels.toml");

/// Actors of the world: states, organisations, offices, role nouns. `(file name, content)`, CSV.
pub static WORLD: &[(&str, &str)] = &[
    ("titles.csv", include_str!("../world/titles.csv")),
    ("countries.csv", include_str!("../world/countries.csv")),
    ("organizations.csv", include_str!("../world/organizations.csv")),
    ("offices.csv", include_str!("../world/offices.csv")),
    ("persons.csv", include_str!("../world/persons.csv")),
    ("regions.csv", include_str!("../world/regions.csv")),
    ("media.csv", include_str!("../world/media.csv")),
    ("agents.csv", include_str!("../world/agents.csv")),
    ("given-names.csv", include_str!("../world/given-names.csv")),
];
/// Word lists by which phrases are resolved, TOML.
pub static WORLD_LISTS: &str = include_str!("../world/lists.toml");
/// Words of time, in TOML.
pub static DATES: &str = include_str!("../text/dates.toml");
/// Weights that judge whether something happened: which of them are any, then these, made by `train factuality`.
pub static FACTUALITY: &[u8] = include_bytes!("../models/factuality.bin");
/// Weights that tell which party of a report acts, and on whom: signed bytes, made by `train parties`.
pub static PARTIES: &[u8] = include_bytes!("../models/parties.bin");
/// Weights that tell which deed a word tells of: signed bytes, made by `train deeds`.
pub static DEEDS: &[u8] = include_bytes!("../models/deeds.bin");
/// Trees that tell how likely two claims are one happening, made by `train links`.
pub static LINKS: &[u8] = include_bytes!("../models/links.bin");
/// Words that say whether something happened.
pub static MODALITY: &str = include_str!("../code/modality.toml");
/// Words by which a report speaks of its parties without naming them.
pub static CAST: &str = include_str!("../code/cast.toml");
/// Word lists that several stages of coding share.
pub static LISTS: &str = include_str!("../code/lists.toml");
/// Weights of what speaks for an entry between two given parties.
pub static RANKER: &str = include_str!("../code/ranker.toml");

/// What numbers in news count, TOML.
pub static FIGURES: &str = include_str!("../text/figures.toml");
/// Weights of the sentence splitter: signed bytes, made by `crates/train`.
pub static SPLITTER: &[u8] = include_bytes!("../models/splitter.bin");

/// Irregular forms of English with their dictionary forms, TOML.
pub static IRREGULAR: &str = include_str!("../text/irregular.toml");
/// Provinces, districts and towns of the world, in the layout of the core's gazetteer. From GeoNames, CC BY 4.0.
pub static GAZETTEER: &[u8] = include_bytes!("../world/places.bin");

/// Lands, waters, lines, sites and provinces that GeoNames' towns do not tell of, CSV.
pub static PLACES: &str = include_str!("../world/places.csv");

/// A point for every state, CSV.
pub static COUNTRY_CENTERS: &str = include_str!("../world/country-centers.csv");

/// Days that the news names without their year, CSV.
pub static HISTORY: &str = include_str!("../world/history.csv");

/// Words that tell whether a name beside them is a place, CSV.
pub static PLACE_WORDS: &str = include_str!("../world/place-words.csv");
/// Elements of feeds, TOML.
pub static FEEDS: &str = include_str!("../read/feeds.toml");

/// Usual names of the columns of tables, TOML.
pub static COLUMNS: &str = include_str!("../read/columns.toml");

/// What stands around an article on a web page, TOML.
pub static PAGE: &str = include_str!("../read/page.toml");

/// How web pages say when they were published, TOML.
pub static PAGE_DATES: &str = include_str!("../read/dates.toml");

/// Codes of languages, ISO 639-3 and 639-1, CSV.
pub static LANGUAGES: &str = include_str!("../read/languages.csv");
/// CAMEO codes with Goldstein's scores and PLOVER types, CSV.
pub static CAMEO: &str = include_str!("../cameo/cameo.csv");
