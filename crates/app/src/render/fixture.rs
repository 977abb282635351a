//! A brief made by hand, so that the renderers are tested apart from the stages before them.

use demarche_core::{
    AccordingTo, Annotation, Brief, BriefEvent, Claim, ClaimRef, Comparison, DateMention, DatePrecision, Day,
    Difference, Event, EventType, Figure, Kind, Modality, Party, PlaceMention, PlacePrecision, QuoteForm, Report,
    Sentence, Slot, Span, Stance, Value,
    brief::{InferredDay, OnlyIn, TimelineEntry},
    ledger::State,
};

/// Two reports that differ on an attack and on who recalled ambassadors. `extra` is put inside a claim of each.
fn story(extra: &str) -> Brief {
    let harbour = format!(
        "Gunmen killed 12 anglers at Lake Vost on 3 March. Norland accused Sudmark of hiding the gunmen{extra}. \
         Sudmark denied the charge. Both countries recalled their ambassadors. \
         \"We will answer,\" said the Norland defence minister."
    );
    let courier = format!(
        "Twelve people, most of them anglers, died in a raid{extra} near Vost in early March. \
         The government of Norland recalled its ambassador from Sudmark. A mediator from Estria offered to host talks."
    );
    let (harbour, courier) = (harbour.as_str(), courier.as_str());
    let mut first = annotation("harbour", Some("Harbour Post"), harbour);
    let mut second = annotation("courier", None, courier);
    first.report.published = Some("2031-03-05".into());
    add(&mut first, "killed 12 anglers at Lake Vost on 3 March", EventType::Assault, "Gunmen", "12 anglers");
    let claim = &mut first.claims[0];
    claim.date = Some(date(harbour, "3 March", "2031-03-03", DatePrecision::Day));
    claim.place = Some(place(harbour, "Lake Vost"));
    claim.figures = vec![figure(harbour, "12 anglers")];
    let accusation = format!("Norland accused Sudmark of hiding the gunmen{extra}");
    add(&mut first, &accusation, EventType::Accuse, "Norland", "Sudmark");
    add(&mut first, "Sudmark denied the charge", EventType::Reject, "Sudmark", "");
    add(&mut first, "recalled their ambassadors", EventType::Sanction, "Both countries", "");
    add(&mut first, "We will answer", EventType::Threaten, "Norland defence minister", "");
    let source = first.claims[4].actors[0].clone();
    first.claims[4].modality = Modality::Threatened;
    first.claims[4].attribution = Some(AccordingTo {
        source: Some(source),
        cue: find(harbour, "said"),
        stance: Stance::Threatens,
        form: QuoteForm::Direct,
    });
    let raid = format!("died in a raid{extra} near Vost in early March");
    add(&mut second, &raid, EventType::Assault, "", "Twelve people");
    let claim = &mut second.claims[0];
    claim.date = Some(date(courier, "early March", "2031-03", DatePrecision::Month));
    claim.place = Some(place(courier, "Vost"));
    claim.figures = vec![figure(courier, "Twelve people")];
    add(
        &mut second,
        "recalled its ambassador from Sudmark",
        EventType::Sanction,
        "The government of Norland",
        "Sudmark",
    );
    add(&mut second, "offered to host talks", EventType::Agree, "A mediator from Estria", "");
    lay_out(vec![first, second])
}

/// Events and comparisons by hand: the attack and the recall are told by both.
fn lay_out(annotations: Vec<Annotation>) -> Brief {
    let groups: [&[(usize, usize)]; 6] =
        [&[(0, 0), (1, 0)], &[(0, 3), (1, 1)], &[(0, 1)], &[(0, 2)], &[(0, 4)], &[(1, 2)]];
    let at = |&(report, claim): &(usize, usize)| ClaimRef { report, claim };
    let events: Vec<Event> = groups
        .iter()
        .enumerate()
        .map(|(i, group)| Event { id: format!("e{}", i + 1), claims: group.iter().map(at).collect(), links: vec![] })
        .collect();
    let value = |report: usize, claim: usize, span: Span, value: &str| Value {
        report,
        span,
        value: value.into(),
        according_to: None,
        claim: ClaimRef { report, claim },
    };
    let claim = |report: usize, claim: usize| &annotations[report].claims[claim];
    let killed = vec![value(0, 0, claim(0, 0).figures[0].span, "12"), value(1, 0, claim(1, 0).figures[0].span, "12")];
    let when = vec![
        value(0, 0, claim(0, 0).date.as_ref().unwrap().span, "2031-03-03"),
        value(1, 0, claim(1, 0).date.as_ref().unwrap().span, "2031-03"),
    ];
    let who = vec![value(0, 3, claim(0, 3).actors[0].span, "NOR SUD"), value(1, 1, claim(1, 1).actors[0].span, "NOR")];
    let mut comparisons = vec![Comparison::default(); events.len()];
    comparisons[0].slots = vec![(Slot::Date, when.clone()), (Slot::Killed, killed)];
    comparisons[0].differences = vec![Difference { event: 0, slot: Slot::Date, kind: Kind::Refines, values: when }];
    comparisons[1].slots = vec![(Slot::Actor, who.clone())];
    comparisons[1].differences = vec![Difference { event: 1, slot: Slot::Actor, kind: Kind::Differs, values: who }];
    for event in 2..events.len() {
        comparisons[event].silent = vec![1 - events[event].claims[0].report];
    }
    let described = events.iter().map(|event| {
        let reports: Vec<usize> = event.claims.iter().map(|at| at.report).collect();
        let claim = claim(event.claims[0].report, event.claims[0].claim);
        BriefEvent {
            kind: claim.kind,
            best: event.claims[0],
            date: claim.date.is_some().then_some(event.claims[0]),
            place: claim.place.is_some().then_some(event.claims[0]),
            origins: reports.len(),
            tellers: reports.clone(),
            reports,
            own_voice: if claim.attribution.is_none() { event.claims.clone() } else { vec![] },
            asserted: if claim.attribution.is_some() { event.claims.clone() } else { vec![] },
            denied: vec![],
            event: event.clone(),
        }
    });
    let attack = Day::new(2031, 3, 3).unwrap();
    let mut ledger = demarche_core::ledger(&annotations, &events);
    if let [accusation, denial, ..] = &mut ledger[..] {
        accusation.state = State::Denied(1);
        denial.answers = vec![0];
    }
    Brief {
        origins: vec![0, 1],
        as_of: Some("2031-03-05".into()),
        inferred: vec![
            None,
            Some(InferredDay {
                first: Day::new(2031, 3, 4).unwrap(),
                last: Day::new(2031, 3, 10).unwrap(),
                evidence: vec![(1, annotations[1].claims[0].date.as_ref().unwrap().span)],
            }),
        ],
        events: described.collect(),
        comparisons,
        ledger,
        only: (2..6).map(|event| OnlyIn { event, report: events[event].claims[0].report }).collect(),
        timeline: (0..6)
            .map(|event| TimelineEntry {
                event,
                days: (event == 0).then_some((Some(attack), Some(attack))),
                actors: if event == 0 { vec![] } else { vec!["NOR".into()] },
                recipients: if event == 0 { vec!["NOR".into()] } else { vec!["SUD".into()] },
            })
            .collect(),
        stories: vec![],
        method: vec!["Every line is the words of a report.".into()],
        gaps: vec!["1 of 2 reports carries no date of publication.".into()],
        annotations,
    }
}

/// The ordinary story.
pub fn brief() -> Brief {
    story("")
}

/// The same with markup, an escape sequence and a turned direction in the reports.
pub fn hostile() -> Brief {
    let mut brief = story("</article> & [x](javascript:alert(1)) | <script>alert(1)</script>\u{1b}[31m\u{202e} ");
    for annotation in &mut brief.annotations {
        annotation.report.outlet = Some("\"><img src=x onerror=alert(1)>".into());
        annotation.report.url = Some("javascript:alert(1)".into());
        annotation.report.title = Some("<b>Raid</b>".into());
        annotation.report.id = "x' onclick='alert(1)".into();
    }
    brief
}

fn annotation(id: &str, outlet: Option<&str>, text: &str) -> Annotation {
    let mut report = Report::from_text(id, text);
    report.outlet = outlet.map(Into::into);
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(". ").chain([(text.len() - 1, "")]) {
        sentences.push(Sentence { span: Span::new(start, at + 1), ..Sentence::default() });
        start = at + 2;
    }
    Annotation { report, sentences, ..Annotation::default() }
}

fn find(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("«{words}» is not in the text"));
    Span::new(start, start + words.len())
}

fn party(text: &str, words: &str) -> Vec<Party> {
    if words.is_empty() {
        return vec![];
    }
    let codes = [("Norland", "NOR"), ("Sudmark", "SUD"), ("Estria", "EST")];
    let both = words == "Both countries";
    let named = codes.iter().filter(|(name, _)| words.contains(name) || both && *name != "Estria");
    let known: Vec<Party> = named
        .map(|(name, code)| Party {
            span: find(text, words),
            name: Some((*name).into()),
            country: Some((*code).into()),
            ..Party::default()
        })
        .collect();
    if known.is_empty() { vec![Party { span: find(text, words), ..Party::default() }] } else { known }
}

fn add(annotation: &mut Annotation, words: &str, kind: EventType, actor: &str, recipient: &str) {
    let text = annotation.report.text.clone();
    let span = find(&text, words);
    let sentence = annotation.sentences.iter().position(|s| s.span.touches(span)).expect("a sentence holds it");
    annotation.claims.push(Claim {
        id: format!("{}/{sentence}.{}", annotation.report.id, annotation.claims.len()),
        report: annotation.report.id.clone(),
        sentence,
        trigger: 0,
        span,
        act: span,
        object: None,
        kind,
        mode: None,
        contexts: vec![],
        cameo: None,
        actors: party(&text, actor),
        recipients: party(&text, recipient),
        date: None,
        place: None,
        figures: vec![],
        modality: Modality::Occurred,
        attribution: None,
        historical: false,
        rule: format!("{}.hand", kind.as_str().to_lowercase()),
        confidence: 0.9,
    });
}

fn date(text: &str, words: &str, value: &str, precision: DatePrecision) -> DateMention {
    DateMention { span: find(text, words), value: value.into(), precision }
}

fn place(text: &str, words: &str) -> PlaceMention {
    PlaceMention {
        span: find(text, words),
        name: words.into(),
        country: Some("NOR".into()),
        lat: None,
        lon: None,
        precision: PlacePrecision::City,
        geonameid: None,
    }
}

fn figure(text: &str, words: &str) -> Figure {
    Figure { span: find(text, words), what: "killed".into(), low: Some(12), high: Some(12), of: None }
}
