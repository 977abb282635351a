//! The main text of a page: its paragraphs without what stands around them.
//!
//! 1. Blocks: what a browser would set as a paragraph of its own, with how much of it is links.
//! 2. Weight: the letters of blocks that look like prose; what is named as navigation, promotion, captions … has none.
//! 3. Container: the smallest element that holds nearly all of the weight.
//! 4. Within it, line by line, what is no part of the article goes: captions, credits, bylines, lists of links.

use std::collections::HashSet;

use super::{
    boilerplate::{LISTS, Place, is_aside, is_label},
    dom::{Node, Page},
};

/// A paragraph, heading or list item.
#[derive(Clone, Debug)]
struct Block {
    /// Its letters, white space made single.
    text: String,
    /// Letters inside links.
    linked: usize,
    /// The element it belongs to.
    node: usize,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Heading,
    Item,
    Cell,
}

/// The main text of `page`, paragraphs apart by an empty line. `title` is left out where the text begins with it;
/// `body` is the text as the page's own metadata give it.
pub fn main_text(page: &Page, title: Option<&str>, body: Option<&str>) -> String {
    let found = within(page, &asides(page, true), title, body);
    // Where names mislead, elements alone decide.
    if found.len() >= SHORT {
        found
    } else {
        [found, within(page, &asides(page, false), title, body)].into_iter().max_by_key(String::len).unwrap_or_default()
    }
}

/// A sentence or two under the headline that say what the article tells.
fn is_lead(page: &Page, block: &Block) -> bool {
    if !(60..=500).contains(&block.text.len()) || block.linked * 4 > block.text.len() || block.kind == Kind::Item {
        return false;
    }
    let mut at = block.node;
    for _ in 0..3 {
        let node = &page.nodes[at];
        if node.hint.split([' ', '-', '_']).any(|part| LISTS.leads.iter().any(|lead| lead == part)) {
            return true;
        }
        at = node.parent;
    }
    false
}

/// Letters below which a text is too short to be trusted.
const SHORT: usize = 250;

fn within(page: &Page, asides: &[bool], title: Option<&str>, body: Option<&str>) -> String {
    let blocks = blocks(page, asides);
    let range = container(page, &blocks);
    let lead = blocks.iter().rfind(|block| block.node < range.start && is_lead(page, block));
    let inside: Vec<&Block> =
        lead.into_iter().chain(blocks.iter().filter(|block| range.contains(&block.node))).collect();
    let mut kept = clean(&inside, title);
    if let Some(body) = body.filter(|body| body.len() >= 400) {
        kept = agree(&blocks, kept, body);
    }
    let texts: Vec<String> = kept.into_iter().map(|block| block.text).collect();
    texts.join("\n\n")
}

/// All text of `page` that is not hidden, paragraphs apart by an empty line.
pub fn everything(page: &Page) -> String {
    let hidden = vec![false; page.nodes.len()];
    let texts: Vec<String> = blocks(page, &hidden).into_iter().map(|block| block.text).collect();
    texts.join("\n\n")
}

/// Nodes that are set apart from the article, with all below them. Nothing that holds most of the prose is.
fn asides(page: &Page, by_name: bool) -> Vec<bool> {
    let count = page.nodes.len();
    let mut prose = vec![0usize; count + 1];
    for (i, node) in page.nodes.iter().enumerate() {
        let long = node.name.is_empty() && node.text.trim().len() >= 60;
        prose[i + 1] = prose[i] + if long { node.text.trim().len() } else { 0 };
    }
    let total = prose[count].max(1);
    let mut out = vec![false; count];
    for (i, node) in page.nodes.iter().enumerate() {
        let parent = i > 0 && out[node.parent];
        let own = !node.name.is_empty()
            && (node.hidden || is_aside(&node.name, if by_name { &node.hint } else { "" }, place(page, i)));
        let much = (prose[node.end] - prose[i]) * 10 > total * 4;
        out[i] = parent || own && !much;
    }
    out
}

/// Whether a node lies within an article.
fn place(page: &Page, mut i: usize) -> Place {
    while i > 0 {
        i = page.nodes[i].parent;
        if matches!(page.nodes[i].name.as_str(), "article" | "main") {
            return Place::Article;
        }
    }
    Place::Page
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "li"
            | "ul"
            | "ol"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "pre"
            | "table"
            | "tbody"
            | "tr"
            | "td"
            | "th"
            | "dl"
            | "dt"
            | "dd"
            | "figure"
            | "header"
            | "footer"
            | "aside"
            | "nav"
            | "form"
            | "address"
            | "details"
            | "summary"
            | "hr"
            | "center"
            | "body"
            | "fieldset"
            | "figcaption"
            | "amp-story-page"
    )
}

/// The blocks of the page, in order, without asides.
fn blocks(page: &Page, asides: &[bool]) -> Vec<Block> {
    let mut out: Vec<Block> = vec![];
    let mut current = Block { text: String::new(), linked: 0, node: 0, kind: Kind::Paragraph };
    let mut flush = |current: &mut Block, node: usize, kind: Kind| {
        let text = current.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            out.push(Block { text, ..current.clone() });
        }
        *current = Block { text: String::new(), linked: 0, node, kind };
    };
    // Open elements: index and, for blocks, what they are.
    let mut open: Vec<(usize, Option<Kind>)> = vec![];
    let mut links = 0usize;
    for (i, node) in page.nodes.iter().enumerate() {
        while let Some(&(top, kind)) = open.last() {
            if page.nodes[top].end > i {
                break;
            }
            open.pop();
            links -= usize::from(page.nodes[top].name == "a");
            if kind.is_some() {
                let (outer, kind) =
                    open.iter().rev().find_map(|&(i, kind)| Some((i, kind?))).unwrap_or((0, Kind::Paragraph));
                flush(&mut current, outer, kind);
            }
        }
        if asides[i] {
            continue;
        }
        if node.name.is_empty() {
            current.text.push_str(&node.text);
            current.linked += if links > 0 { node.text.trim().len() } else { 0 };
            continue;
        }
        if node.name == "br" {
            let again = current.text.ends_with('\u{1}');
            current.text.push_str(if again { " " } else { " \u{1}" });
            if again {
                let (node, kind) = (current.node, current.kind);
                flush(&mut current, node, kind);
            }
            continue;
        }
        let inherited = open.iter().rev().find_map(|&(_, kind)| kind).unwrap_or(Kind::Paragraph);
        let kind = is_block(&node.name).then(|| match node.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading,
            "li" | "dt" | "dd" => Kind::Item,
            "td" | "th" => Kind::Cell,
            "p" if inherited != Kind::Cell => Kind::Paragraph,
            "div" | "p" | "section" => inherited,
            _ => Kind::Paragraph,
        });
        if let Some(kind) = kind {
            flush(&mut current, i, kind);
        }
        links += usize::from(node.name == "a");
        open.push((i, kind));
    }
    flush(&mut current, 0, Kind::Paragraph);
    for block in &mut out {
        block.text =
            block.text.split('\u{1}').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    }
    out.retain(|block| !block.text.is_empty());
    out
}

/// How much a block counts as prose.
fn weight(block: &Block) -> usize {
    let length = block.text.len();
    if length < 30 {
        return 0;
    }
    let free = length.saturating_sub(block.linked);
    let prose = length >= 80 || block.text.ends_with(['.', '!', '?', '”', '"', '’']);
    let share = match block.kind {
        Kind::Paragraph => 4,
        Kind::Item => 2,
        Kind::Heading | Kind::Cell => 1,
    };
    if prose { free * free / length * share / 4 } else { 0 }
}

/// The nodes among which the article is: the smallest element that holds nearly all of the prose, and what leads to it.
fn container(page: &Page, blocks: &[Block]) -> std::ops::Range<usize> {
    let mut mass = vec![0usize; page.nodes.len()];
    for block in blocks {
        mass[block.node] += weight(block);
    }
    // Children come after their parents: sum from the end.
    for i in (1..page.nodes.len()).rev() {
        mass[page.nodes[i].parent] += mass[i];
    }
    let total = mass.first().copied().unwrap_or(0);
    let named = |node: &Node| LISTS.bodies.iter().any(|name| node.hint.contains(name.as_str()));
    let best = |pass: &dyn Fn(&Node) -> bool, least: usize| {
        (0..page.nodes.len())
            .filter(|&i| pass(&page.nodes[i]) && mass[i] * 100 >= total * least)
            .max_by_key(|&i| (mass[i], i))
    };
    let mut at = best(&named, 50).or_else(|| best(&|node| node.name == "article", 50)).unwrap_or(0);
    // Down while one child holds nearly everything; what stands before it in an element that holds even more is a lead.
    let mut outer = None;
    loop {
        let end = page.nodes.get(at).map_or(0, |node| node.end);
        let mut child = at + 1;
        let mut heaviest = None;
        while child < end {
            if heaviest.is_none_or(|heaviest: usize| mass[child] > mass[heaviest]) {
                heaviest = Some(child);
            }
            child = page.nodes[child].end;
        }
        match heaviest {
            Some(child) if mass[child] * 100 > mass[at] * 85 && page.nodes[child].name != "p" => {
                if outer.is_none() && mass[child] * 100 <= mass[at] * 98 {
                    outer = Some(at);
                }
                at = child;
            }
            _ => return outer.unwrap_or(at)..end,
        }
    }
}

/// The blocks that belong to the article, in order.
fn clean(inside: &[&Block], title: Option<&str>) -> Vec<Block> {
    let mut out: Vec<Block> = vec![];
    let mut seen: HashSet<&str> = HashSet::new();
    for (i, block) in inside.iter().enumerate() {
        let text = block.text.as_str();
        if text.len() > 60 && !seen.insert(text) {
            continue;
        }
        if title.is_some_and(|title| same(title, text)) && out.len() < 3 {
            continue;
        }
        let mostly_links = block.linked * 10 > text.len() * 7;
        let prose = weight(block) > 0;
        if mostly_links && (text.len() < 200 || !prose) {
            continue;
        }
        if is_label(text) || block.kind == Kind::Cell && !prose {
            continue;
        }
        let leads = inside.get(i + 1..).is_some_and(|rest| rest.iter().take(3).any(|next| weight(next) > 0));
        if block.kind == Kind::Heading && !leads {
            continue;
        }
        out.push((*block).clone());
    }
    while out.last().is_some_and(|block| block.kind == Kind::Heading) {
        out.pop();
    }
    // A writer's address closes a report, and is no part of it.
    if out.len() > 3 && out.last().is_some_and(|block| block.text.len() < 200 && is_address(&block.text)) {
        out.pop();
    }
    // Labels before the first sentence: a section, a time to read, "Source:".
    let labels = out
        .iter()
        .take_while(|block| block.text.len() < 40 && !block.text.ends_with(['.', '!', '?', '…', '”', '"', '’']));
    let labels = labels.count();
    if labels < out.len() {
        out.drain(..labels);
    }
    out
}

/// True where a word is an address of electronic mail.
fn is_address(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.any(|word| word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')))
}

/// Equal apart from marks and white space.
fn same(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(a) == letters(b)
}

/// Where the page's metadata hold the text itself, they decide: blocks that are not in it go, unless it is but a part.
fn agree(blocks: &[Block], kept: Vec<Block>, body: &str) -> Vec<Block> {
    let words = |text: &str| -> Vec<String> {
        let split = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        split.map(str::to_lowercase).collect()
    };
    let known = words(body);
    let grams: HashSet<&[String]> = known.windows(4).collect();
    let share = |block: &Block| {
        let own = words(&block.text);
        if own.len() < 4 {
            return None;
        }
        let found = own.windows(4).filter(|gram| grams.contains(gram)).count();
        Some(found * 100 / (own.len() - 3))
    };
    let told = |blocks: &[Block]| -> usize {
        blocks
            .iter()
            .filter(|block| share(block).is_some_and(|share| share >= 50))
            .map(|block| words(&block.text).len())
            .sum()
    };
    let (here, everywhere) = (told(&kept), told(blocks));
    if everywhere * 100 < known.len() * 70 {
        return kept;
    }
    // All of the text is on the page. Where the container missed some, the whole page is sieved.
    let source = if here * 100 < everywhere * 90 { blocks.to_vec() } else { kept };
    let shares: Vec<Option<usize>> = source.iter().map(share).collect();
    let sure = |at: Option<&Option<usize>>| at.is_some_and(|share| share.is_some_and(|share| share >= 50));
    let keep = |i: usize| match shares[i] {
        Some(share) => share >= 50,
        None => sure(i.checked_sub(1).and_then(|i| shares.get(i))) && sure(shares.get(i + 1)),
    };
    let mut seen = HashSet::new();
    let chosen: Vec<Block> = (0..source.len()).filter(|&i| keep(i)).map(|i| source[i].clone()).collect();
    chosen.into_iter().filter(|block| block.text.len() < 60 || seen.insert(block.text.clone())).collect()
}
