//! Where the reports differ: an event's slots, a cell for each report.

use std::{cmp::Reverse, collections::BTreeSet};

use demarche_core::{Brief, Kind, Slot, Value};

use super::{
    badges::gravity,
    quotes::{Quote, value_quote},
};
use crate::render::words::slot_name;

/// One slot of one event, a cell for each report.
pub struct SlotRow {
    /// What is asked.
    pub slot: &'static str,
    /// `None` where the reports agree.
    pub kind: Option<Kind>,
    /// For each report what it says; empty where it says nothing.
    pub cells: Vec<Vec<Quote>>,
}

/// The slots of one event.
pub struct SlotTable {
    /// Index of the event.
    pub event: usize,
    /// Differences first, then facts that agree: days, places, numbers.
    pub rows: Vec<SlotRow>,
    /// Other slots in which the reports agree.
    pub agreed: Vec<&'static str>,
}

/// Slots whose values are worth reading where the reports agree on them.
const FACTS: [Slot; 6] = [Slot::Date, Slot::Time, Slot::Place, Slot::Killed, Slot::Injured, Slot::Number];

pub(super) fn slots(brief: &Brief) -> Vec<SlotTable> {
    let mut tables = Vec::new();
    for (event, comparison) in brief.comparisons.iter().enumerate() {
        if comparison.differences.is_empty() {
            continue;
        }
        let differences = comparison.differences.iter();
        let mut rows: Vec<SlotRow> = differences
            .map(|difference| row(brief, difference.slot, Some(difference.kind), &difference.values))
            .collect();
        let mut agreed = Vec::new();
        let tellers = &brief.events[event].tellers;
        for (slot, values) in &comparison.slots {
            // What copies say agrees with what they copy, and is no agreement.
            let values: Vec<Value> =
                values.iter().filter(|value| tellers.binary_search(&value.report).is_ok()).cloned().collect();
            let told: BTreeSet<usize> = values.iter().map(|value| value.report).collect();
            let alike = values.windows(2).all(|pair| pair[0].value == pair[1].value);
            let open = comparison.differences.iter().any(|difference| difference.slot == *slot);
            if told.len() < 2 || !alike || open {
                continue;
            }
            if FACTS.contains(slot) {
                rows.push(row(brief, *slot, None, &values));
            } else {
                agreed.push(slot_name(*slot));
            }
        }
        rows.sort_by_key(|row| Reverse(row.kind.map(gravity).map_or(0, |gravity| gravity + 1)));
        tables.push(SlotTable { event, rows, agreed });
    }
    tables
}

/// Values of one report in one cell at most.
const CELL: usize = 3;

fn row(brief: &Brief, slot: Slot, kind: Option<Kind>, values: &[Value]) -> SlotRow {
    let mut cells: Vec<Vec<Quote>> = vec![Vec::new(); brief.annotations.len()];
    for value in values {
        let quote = value_quote(brief, value);
        if cells[value.report].len() < CELL && !cells[value.report].contains(&quote) {
            cells[value.report].push(quote);
        }
    }
    SlotRow { slot: slot_name(slot), kind, cells }
}
