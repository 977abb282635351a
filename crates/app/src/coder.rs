//! Who codes: the version of the program with a digest of all its data, so that an archive knows what is out of date.

use demarche_data as data;
use demarche_store::hash::Fields;

/// `0.1.0 data 3f2a…`: changes with every change of the codebook, the word lists, the gazetteers and the models.
pub fn coder() -> String {
    let mut fields = Fields::new("coder");
    for (name, content) in data::CODEBOOK.iter().chain(data::CUES).chain(data::WORLD) {
        fields = fields.text(Some(name)).text(Some(content));
    }
    let texts = [
        data::ABBREVIATIONS,
        data::WORDS,
        data::CONCEPTS,
        data::LABELS,
        data::DATES,
        data::MODALITY,
        data::RANKER,
        data::CAST,
        data::LISTS,
        data::FIGURES,
        data::IRREGULAR,
        data::PLACES,
        data::COUNTRY_CENTERS,
    ];
    fields = texts.iter().fold(fields, |fields, text| fields.text(Some(text)));
    fields = [data::PARSER, data::SPLITTER, data::GAZETTEER].iter().fold(fields, |fields, bytes| fields.bytes(bytes));
    format!("{} data {}", env!("CARGO_PKG_VERSION"), fields.end().short())
}
