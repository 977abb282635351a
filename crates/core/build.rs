//! Reads the built-in codebook once, at build time, and leaves its tables as one text for `code/codebook`.

use std::{env, fmt::Write, fs, path::Path};

#[path = "src/code/codebook/table.rs"]
#[allow(dead_code)]
mod table;

use table::{Table, Value};

// Cargo speaks to build scripts through the environment.
#[allow(clippy::disallowed_methods)]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/code/codebook/table.rs");
    let table = |&(file, text): &(&'static str, &'static str)| {
        let table = Table::read(text);
        (file, table.unwrap_or_else(|(line, message)| panic!("crates/data/codebook/{file}:{line}: {message}")))
    };
    let tables: Vec<_> = demarche_data::CODEBOOK.iter().map(table).collect();
    fs::write(Path::new(&env::var("OUT_DIR").expect("set by cargo")).join("codebook"), write(&tables))
        .expect("OUT_DIR");
}

/// Files with their names, as one text.
fn write(files: &[(&str, Table)]) -> String {
    let mut out = String::new();
    for (name, table) in files {
        write_text(name, &mut out);
        write_table(table, &mut out);
    }
    out
}

fn write_number(number: usize, out: &mut String) {
    write!(out, "{number}:").expect("a string takes all");
}

fn write_text(text: &str, out: &mut String) {
    write_number(text.len(), out);
    out.push_str(text);
}

fn write_table(table: &Table, out: &mut String) {
    write_number(table.line, out);
    write_number(table.fields.len(), out);
    for field in &table.fields {
        write_text(&field.key, out);
        write_number(field.line, out);
        match &field.value {
            Value::Text(text) => {
                out.push('t');
                write_text(text, out);
            }
            Value::Texts(texts) => {
                out.push('l');
                write_number(texts.len(), out);
                for text in texts {
                    write_text(text, out);
                }
            }
            Value::Flag(flag) => out.push(if *flag { 'y' } else { 'n' }),
            Value::Tables(tables) => {
                out.push('e');
                write_number(tables.len(), out);
                for table in tables {
                    write_table(table, out);
                }
            }
            Value::Other => out.push('o'),
        }
    }
}
