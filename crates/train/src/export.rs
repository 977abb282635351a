//! The trained network in bytes: one step size per feature row and per column of a matrix.

use demarche_core::parse::{
    model::Dims,
    store::{Data, Store},
};

use crate::net::{Layout, Net};

/// Names of the labels and hashes of the features.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_field_names)]
pub struct Names {
    /// Lines of tags, relations, name tags.
    pub tags: Vec<String>,
    /// Relations.
    pub relations: Vec<String>,
    /// Name tags.
    pub names: Vec<String>,
    /// Hash of each feature row.
    pub keys: Vec<u32>,
}

/// A model file without lemma rules.
pub fn export(net: &Net, names: &Names) -> Store<'static> {
    let mut store = Store::default();
    let dims = net.dims.to_words();
    store.push("dims", 1, dims.len(), Data::U32(dims));
    for (name, list) in [("tags", &names.tags), ("relations", &names.relations), ("names", &names.names)] {
        let text = list.join("\n").into_bytes();
        store.push(name, 1, text.len(), Data::Bytes(text.into()));
    }
    store.push("keys", names.keys.len(), 1, Data::U32(names.keys.clone()));
    let e = net.dims.embedding;
    let mut steps = Vec::new();
    let mut bytes = Vec::new();
    for row in net.rows.chunks_exact(e) {
        let step = row.iter().fold(0f32, |m, x| m.max(x.abs())) / 127.0;
        steps.push(step);
        bytes.extend(row.iter().map(|x| round(*x, step) as u8));
    }
    store.push("rows", names.keys.len(), e, Data::I8(bytes.into()));
    store.push("rows.scale", names.keys.len(), 1, Data::F32(steps));
    for (name, at, rows, columns) in &net.layout.parts {
        let part = &net.dense[*at..at + rows * columns];
        let Some(plain) = name.strip_suffix(".w") else {
            store.push(name, *rows, *columns, Data::F32(part.to_vec()));
            continue;
        };
        let mut steps = vec![0f32; *columns];
        for row in part.chunks_exact(*columns) {
            for (step, x) in steps.iter_mut().zip(row) {
                *step = step.max(x.abs() / 127.0);
            }
        }
        let bytes = part.iter().enumerate().map(|(i, x)| round(*x, steps[i % columns]) as u8).collect::<Vec<u8>>();
        store.push(name, *rows, *columns, Data::I8(bytes.into()));
        store.push(&format!("{plain}.scale"), 1, *columns, Data::F32(steps));
    }
    store
}

/// The network that [`export`] wrote, its weights rounded to their steps; `None` when a table is missing.
pub fn import(store: &Store) -> Option<(Net, Names)> {
    let dims = Dims::from_words(store.u32s("dims"))?;
    let lines = |name: &str| store.lines(name).iter().map(|line| (*line).to_string()).collect::<Vec<String>>();
    let names = Names {
        tags: lines("tags"),
        relations: lines("relations"),
        names: lines("names"),
        keys: store.u32s("keys").to_vec(),
    };
    let steps = store.f32s("rows.scale");
    let bytes = store.i8s("rows");
    let rows = bytes.iter().enumerate().map(|(i, &w)| f32::from(w as i8) * steps[i / dims.embedding]).collect();
    let layout = Layout::new(dims);
    let mut dense = Vec::with_capacity(layout.len);
    for (name, _, _, columns) in &layout.parts {
        if let Some(plain) = name.strip_suffix(".w") {
            let steps = store.f32s(&format!("{plain}.scale"));
            let bytes = store.i8s(name);
            dense.extend(bytes.iter().enumerate().map(|(i, &w)| f32::from(w as i8) * steps[i % columns]));
        } else {
            dense.extend_from_slice(store.f32s(name));
        }
    }
    (dense.len() == layout.len).then_some((Net { dims, layout, dense, rows }, names))
}

fn round(x: f32, step: f32) -> i8 {
    if step > 0.0 { (x / step).round_ties_even().clamp(-127.0, 127.0) as i8 } else { 0 }
}
