//! MANIFEST.toml against the data: every file is told of, and what a command made is the file that was made.

use std::{
    fs,
    path::{Path, PathBuf},
};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data").canonicalize().unwrap()
}

/// Paths of the manifest with their checksums.
fn entries(manifest: &str) -> Vec<(String, Option<String>)> {
    let mut entries: Vec<(String, Option<String>)> = Vec::new();
    let value = |line: &str, key: &str| Some(line.strip_prefix(key)?.trim_matches([' ', '=', '"']).to_string());
    for line in manifest.lines() {
        if let Some(path) = value(line, "path") {
            entries.push((path, None));
        } else if let Some(sum) = value(line, "sha256")
            && let Some(entry) = entries.last_mut()
        {
            entry.1 = Some(sum);
        }
    }
    entries
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

#[test]
fn every_file_of_data_is_told_of() {
    let data = data();
    let entries = entries(&fs::read_to_string(data.join("MANIFEST.toml")).unwrap());
    let mut found = Vec::new();
    files(&data, &mut found);
    let known = ["src/", "tests/", "Cargo.toml", "build.rs", "MANIFEST.toml"];
    for path in found {
        let name = path.strip_prefix(&data).unwrap().to_str().unwrap().replace('\\', "/");
        let told =
            entries.iter().any(|(path, _)| *path == name || path.ends_with('/') && name.starts_with(path.as_str()));
        assert!(told || known.iter().any(|known| name.starts_with(known)), "MANIFEST.toml does not tell of {name}");
    }
    for (path, _) in &entries {
        assert!(data.join(path).exists(), "MANIFEST.toml tells of {path}, which is gone");
    }
}

#[test]
fn all_models_together_stay_below_6_mb() {
    let mut found = Vec::new();
    files(&data().join("models"), &mut found);
    let bytes: u64 = found.iter().map(|path| path.metadata().unwrap().len()).sum();
    assert!(found.len() > 3 && bytes < 6_000_000, "{bytes}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "asked to write, a test writes")]
fn what_a_command_made_is_what_it_made() {
    let data = data();
    let path = data.join("MANIFEST.toml");
    let manifest = fs::read_to_string(&path).unwrap();
    let write = std::env::var("DEMARCHE_UPDATE").is_ok();
    let mut new = manifest.clone();
    for (name, sum) in entries(&manifest) {
        let Some(sum) = sum else { continue };
        let real = sha256(&fs::read(data.join(&name)).unwrap());
        if write {
            let at = new.find(&format!("path = \"{name}\"")).unwrap();
            let line = format!("sha256 = \"{sum}\"");
            let at = at + new[at..].find(&line).unwrap();
            new.replace_range(at..at + line.len(), &format!("sha256 = \"{real}\""));
        } else {
            assert_eq!(sum, real, "{name} has changed: DEMARCHE_UPDATE=1 cargo test -p demarche --test manifest");
        }
    }
    if write {
        fs::write(path, new).unwrap();
    }
}

/// SHA-256 (FIPS 180-4), for the test alone.
fn sha256(bytes: &[u8]) -> String {
    // First 32 bits of the fractional parts of the cube and square roots of the first primes, by integer arithmetic.
    let primes: Vec<u128> = (2u128..312).filter(|n| (2..*n).all(|d| n % d != 0)).collect();
    let root = |n: u128, power: u32| {
        let (mut low, mut high) = (0u128, 1u128 << 40);
        while high - low > 1 {
            let middle = u128::midpoint(low, high);
            if middle.pow(power) <= n << (32 * power) { low = middle } else { high = middle }
        }
        low as u32
    };
    let k: Vec<u32> = primes.iter().map(|&prime| root(prime, 3)).collect();
    let mut state: Vec<u32> = primes[..8].iter().map(|&prime| root(prime, 2)).collect();
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    padded.resize((padded.len() + 8).div_ceil(64) * 64 - 8, 0);
    padded.extend((bytes.len() as u64 * 8).to_be_bytes());
    for block in padded.chunks(64) {
        let mut w: Vec<u32> = block.chunks(4).map(|four| u32::from_be_bytes(four.try_into().unwrap())).collect();
        for i in 16..64 {
            let s0 = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ (w[i - 15] >> 3);
            let s1 = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ (w[i - 2] >> 10);
            w.push(w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1));
        }
        let mut v = state.clone();
        for i in 0..64 {
            let s1 = v[4].rotate_right(6) ^ v[4].rotate_right(11) ^ v[4].rotate_right(25);
            let choice = (v[4] & v[5]) ^ (!v[4] & v[6]);
            let first = v[7].wrapping_add(s1).wrapping_add(choice).wrapping_add(k[i]).wrapping_add(w[i]);
            let s0 = v[0].rotate_right(2) ^ v[0].rotate_right(13) ^ v[0].rotate_right(22);
            let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
            v.rotate_right(1);
            v[4] = v[4].wrapping_add(first);
            v[0] = first.wrapping_add(s0).wrapping_add(majority);
        }
        for (state, v) in state.iter_mut().zip(v) {
            *state = state.wrapping_add(v);
        }
    }
    state.iter().map(|word| format!("{word:08x}")).collect::<Vec<_>>().concat()
}

#[test]
fn the_checksum_is_that_of_the_standard() {
    assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
