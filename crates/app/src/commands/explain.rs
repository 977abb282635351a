//! `demarche explain`: why a sentence was coded as it was, and its claims linked.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use anyhow::{Result, bail};
use clap::Args;
use demarche_core::{
    Annotation, Brief, Claim, ClaimRef, DateMention, Party, Span, code::codebook::Codebook, link::explain::Links,
};

use super::styled;
use crate::{
    chain,
    input::Inputs,
    render::{
        fitted::Fitted,
        tree::tree,
        visible,
        words::{one_line, type_name},
    },
};

const HEAD: Style = Style::new().bold();
const LABEL: Style = AnsiColor::Cyan.on_default();
const DIM: Style = Style::new().dimmed();

/// Show how a sentence was read: its tree, names, dates, speakers, the codebook entry behind each claim, and its links
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche explain examples/pahalgam --at \"shutting its airspace\"
  echo 'Norway expelled two diplomats.' | demarche explain - --at expelled")]
pub struct Explain {
    #[command(flatten)]
    inputs: Inputs,
    /// Words of the sentence to explain, as they stand in the report.
    #[arg(long, value_name = "TEXT")]
    at: String,
}

impl Explain {
    /// Finds the sentences that hold the words and shows each.
    pub fn run(self) -> Result<()> {
        let brief = demarche_core::brief(chain::annotate_all(self.inputs.read()?));
        let links = Links::new(&brief);
        let book = &chain::coder().book;
        let mut out = Fitted::new(styled());
        let mut found = 0;
        for (report, annotation) in brief.annotations.iter().enumerate() {
            for sentence in sentences_with(annotation, &self.at) {
                sentence_lines(annotation, sentence, book, &mut out)?;
                link_lines(&brief, &links, report, sentence, &mut out)?;
                found += 1;
            }
        }
        out.flush()?;
        if found == 0 {
            bail!("no sentence holds “{}”; give a few words exactly as they stand in the report", self.at);
        }
        Ok(())
    }
}

/// The sentences that hold the words, or touch a place where they stand across a border.
fn sentences_with(annotation: &Annotation, words: &str) -> Vec<usize> {
    let text = &annotation.report.text;
    let mut found = Vec::new();
    for (start, _) in text.match_indices(words) {
        let span = Span::new(start, start + words.len());
        let sentence = annotation.sentences.iter().position(|sentence| sentence.span.touches(span));
        if let Some(sentence) = sentence
            && !found.contains(&sentence)
        {
            found.push(sentence);
        }
    }
    found
}

fn sentence_lines(annotation: &Annotation, index: usize, book: &Codebook, out: &mut dyn Write) -> Result<()> {
    let text = annotation.report.text.as_str();
    let sentence = &annotation.sentences[index];
    let words = |span: Span| visible(&one_line(span.of(text))).into_owned();
    writeln!(out, "{HEAD}{} · sentence {}{HEAD:#}", visible(&annotation.report.id), index + 1)?;
    writeln!(out, "{}\n", words(sentence.span))?;
    for line in tree(sentence, text) {
        writeln!(out, "{}", visible(&line))?;
    }
    writeln!(out)?;

    let names: Vec<_> = annotation.entities.iter().filter(|named| named.sentence == index).collect();
    heading(out, "Names", names.is_empty())?;
    for named in names {
        write!(out, "  {:<28} {:<5}", words(named.entity.span), named.entity.kind.as_str())?;
        match &named.party {
            Some(party) => writeln!(out, "{}", party_text(party))?,
            None => writeln!(out, "{DIM}not known{DIM:#}")?,
        }
    }
    let dates: Vec<_> = annotation.dates.iter().filter(|date| sentence.span.holds(date.span)).collect();
    if !dates.is_empty() {
        heading(out, "Dates", false)?;
        for date in dates {
            writeln!(out, "  {:<28} {} ({})", words(date.span), value_text(date), date.precision)?;
        }
    }
    let places: Vec<_> = annotation.places.iter().filter(|place| sentence.span.holds(place.span)).collect();
    if !places.is_empty() {
        heading(out, "Places", false)?;
        for place in places {
            let country = place.country.as_deref().map(|code| format!(", {code}")).unwrap_or_default();
            let at = match (place.lat, place.lon) {
                (Some(lat), Some(lon)) => format!(" {lat:.2} {lon:.2}"),
                _ => String::new(),
            };
            writeln!(out, "  {:<28} {}{country} ({}){at}", words(place.span), place.name, place.precision)?;
        }
    }
    let said: Vec<_> = annotation.attributions.iter().filter(|said| said.sentence == index).collect();
    if !said.is_empty() {
        heading(out, "Who says what", false)?;
        for said in said {
            let source = said.source.map_or("nobody named".to_string(), words);
            let content: Vec<String> = said.content.iter().map(|&span| words(span)).collect();
            writeln!(out, "  {source} {DIM}{}, {} speech, by “{}”{DIM:#}", said.stance, said.form, words(said.cue))?;
            for party in &said.speakers {
                writeln!(out, "    speaker  {}", party_text(party))?;
            }
            writeln!(out, "    content  “{}”", content.join("” … “"))?;
        }
    }
    let claims: Vec<_> = annotation.claims.iter().filter(|claim| claim.sentence == index).collect();
    heading(out, "Claims", claims.is_empty())?;
    for claim in claims {
        claim_lines(claim, text, book, out)?;
    }
    writeln!(out)?;
    Ok(())
}

/// For each claim of the sentence the event it stands in, what joined it, and what kept the nearest others apart.
fn link_lines(brief: &Brief, links: &Links, report: usize, sentence: usize, out: &mut dyn Write) -> Result<()> {
    let words = |at: ClaimRef| {
        let report = &brief.annotations[at.report].report;
        let claim = visible(&one_line(brief.claim(at).span.of(&report.text))).into_owned();
        format!("{} {} “{claim}”", visible(&report.id), brief.claim(at).sentence + 1)
    };
    let claims = brief.annotations[report].claims.iter().enumerate();
    for (claim, _) in claims.filter(|(_, claim)| claim.sentence == sentence) {
        let at = ClaimRef { report, claim };
        let Some(why) = links.of(at) else { continue };
        heading(out, "Event", false)?;
        writeln!(out, "  {} {DIM}{} claims{DIM:#} {}", why.event.id, why.event.claims.len(), words(at))?;
        for link in why.joined {
            let other = if link.claim == at { link.with } else { link.claim };
            writeln!(out, "    linked  {}", words(other))?;
            writeln!(out, "            {DIM}by {} ({:+.2}){DIM:#}", link.shared.join(", "), link.score)?;
        }
        for (other, reason) in why.apart {
            writeln!(out, "    apart   {}", words(other))?;
            writeln!(out, "            {DIM}by {reason}{DIM:#}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn heading(out: &mut dyn Write, title: &str, empty: bool) -> Result<()> {
    let none = if empty { "  none" } else { "" };
    Ok(writeln!(out, "{LABEL}{title}{LABEL:#}{none}")?)
}

fn claim_lines(claim: &Claim, text: &str, book: &Codebook, out: &mut dyn Write) -> Result<()> {
    let words = |span: Span| visible(&one_line(span.of(text))).into_owned();
    let mode = claim.mode.as_deref().map(|mode| format!(" · {mode}")).unwrap_or_default();
    let cameo = claim.cameo.as_deref().map(|code| format!(" · CAMEO {code}")).unwrap_or_default();
    writeln!(
        out,
        "  {HEAD}{}{mode}{HEAD:#} {DIM}{}{cameo} · {} · intensity {:+.1} · confidence {:.2}{DIM:#}",
        claim.kind,
        type_name(claim.kind),
        claim.modality,
        claim.intensity(),
        claim.confidence
    )?;
    writeln!(out, "    words      “{}”", words(claim.span))?;
    for (label, parties) in [("actor", &claim.actors), ("recipient", &claim.recipients)] {
        if parties.is_empty() {
            writeln!(out, "    {label:<10} {DIM}not told{DIM:#}")?;
        }
        for party in parties {
            writeln!(out, "    {label:<10} “{}” = {}", words(party.span), party_text(party))?;
        }
    }
    if let Some(object) = claim.object {
        writeln!(out, "    object     “{}”", words(object))?;
    }
    if let Some(date) = &claim.date {
        writeln!(out, "    date       “{}” = {}", words(date.span), value_text(date))?;
    }
    if let Some(place) = &claim.place {
        writeln!(out, "    place      “{}” = {}", words(place.span), place.name)?;
    }
    for figure in &claim.figures {
        let range = match (figure.low, figure.high) {
            (Some(low), Some(high)) if low == high => low.to_string(),
            (low, high) => {
                let end = |end: Option<u64>| end.map_or("?".to_string(), |end| end.to_string());
                format!("{} to {}", end(low), end(high))
            }
        };
        writeln!(out, "    {:<10} “{}” = {range}", figure.what, words(figure.span))?;
    }
    if let Some(said) = &claim.attribution {
        let source = said.source.as_ref().map_or("nobody named".to_string(), party_text);
        writeln!(out, "    according  to {source}, who {} ({})", said.stance, said.form)?;
    }
    if claim.historical {
        writeln!(out, "    told as history")?;
    }
    writeln!(out, "    entry      {}", claim.rule)?;
    if claim.rule.ends_with(".weighed") {
        writeln!(out, "    {DIM}           no wording of the codebook: learnt from marked stories{DIM:#}")?;
    } else if let Some(entry) = book.entries.iter().find(|entry| entry.id == claim.rule) {
        writeln!(out, "    {DIM}           as in: {} ({}){DIM:#}", entry.example, entry.claim)?;
    }
    Ok(())
}

/// The value of a date; of one that counts from a day of publication that nobody gave, what is missing.
fn value_text(date: &DateMention) -> &str {
    if date.value.is_empty() { "open: the day of the report is not given" } else { &date.value }
}

/// "Marco Rubio, USA, GOV; office holder on 2025-05-01".
fn party_text(party: &Party) -> String {
    let name = party.name.clone().unwrap_or_else(|| "unnamed".to_string());
    let sectors = party.sectors.join(" ");
    let mut known = vec![name];
    known.extend([party.country.clone().unwrap_or_default(), sectors].into_iter().filter(|code| !code.is_empty()));
    let known = known.join(", ");
    if party.why.is_empty() { known } else { format!("{known}; {}", party.why) }
}
