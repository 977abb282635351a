//! Lists the codebook files, so that a new file needs no line of code.

use std::{env, fmt::Write, fs, path::Path};

// Cargo speaks to build scripts through the environment.
#[allow(clippy::disallowed_methods)]
fn main() {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("codebook");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("crates/data/codebook")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    let mut code = String::from(
        "/// The codebook, `(file name, content)`, in the order of the names.\npub static CODEBOOK: &[(&str, &str)] = &[\n",
    );
    for path in files {
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        writeln!(code, "    ({name:?}, include_str!({:?})),", path.display().to_string()).expect("a string");
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").expect("set by cargo")).join("codebook.rs"), code).expect("OUT_DIR");
}
