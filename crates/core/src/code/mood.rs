//! What the mood of a sentence makes of the type: what is promised is an agreement, what is threatened a threat.

use crate::{EventType, Modality};

/// PLOVER's rules on mood (codebook 8.2): what is promised is an agreement, what is threatened a threat. `own` tells that
/// whoever is to act says so.
pub(super) fn mood(kind: &mut EventType, mode: &mut Option<String>, modality: &mut Modality, own: bool) {
    let hostile = kind.quad() == 4;
    // "Jordan said it would send aid if the crossing opened": a promise that depends on something.
    if own && *modality == Modality::Hypothetical && matches!(kind.quad(), 1 | 2) && *kind != EventType::Consult {
        *modality = Modality::Planned;
    }
    if *modality == Modality::Planned {
        match kind {
            EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid => {
                *kind = EventType::Agree;
                *mode = None;
            }
            EventType::Retreat => {
                *kind = EventType::Concede;
                *mode = None;
            }
            _ => {}
        }
    }
    // "Manila will send two more ships": a move that is announced threatens nobody by that alone.
    let own = own && *kind != EventType::Mobilize;
    let open = matches!(modality, Modality::Planned | Modality::Hypothetical);
    if hostile && (*modality == Modality::Threatened || own && open) {
        *mode = threat_mode(*kind, mode.as_deref());
        *kind = EventType::Threaten;
        *modality = Modality::Occurred;
    }
}

/// The mode of a threat to do this.
pub fn threat_mode(kind: EventType, mode: Option<&str>) -> Option<String> {
    let mode = match (kind, mode) {
        (EventType::Assault | EventType::Mobilize, _) => "violence",
        (EventType::Coerce, Some("arrest")) => "arrest",
        (EventType::Sanction, Some("expel")) | (EventType::Coerce, Some("deport")) => "expel",
        (EventType::Coerce, _) => "restrict",
        _ => "relations",
    };
    Some(mode.to_owned())
}
