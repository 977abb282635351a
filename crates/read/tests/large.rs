//! Memory while large files are read: flat, whatever their size.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
};

use demarche_read::{Input, Options, stream};

/// Writes a WARC of at least `size` bytes; the number of its pages.
fn warc(path: &Path, size: usize) -> usize {
    let mut out = BufWriter::new(File::create(path).unwrap());
    let (mut written, mut pages) = (0, 0);
    while written < size {
        let paragraph = format!(
            "<p>The ministers of Norland and Sudmark met for the {pages}th time and agreed on little, officials said.</p>"
        );
        let script = format!("<script>let x{pages} = 1;</script>").repeat(500);
        let page = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html lang=en><head><title>Talks {pages}</title>{script}</head>\
             <body><nav><a href=/>Home</a></nav><article><h1>Talks, round {pages}</h1>{}</article></body></html>",
            paragraph.repeat(40)
        );
        let header = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/{pages}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            page.len()
        );
        for part in [&header, &page, "\r\n\r\n"] {
            out.write_all(part.as_bytes()).unwrap();
            written += part.len();
        }
        pages += 1;
    }
    out.flush().unwrap();
    pages
}

/// The most memory this process has held, in kB; `None` where the system does not tell.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

fn read_in_flat_memory(name: &str, size: usize) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let pages = warc(&path, size);
    let before = peak();
    let found = stream(&[Input::Path(path.clone())], &Options::default()).flatten().count();
    let after = peak();
    fs::remove_file(&path).unwrap();
    assert_eq!(found, pages);
    if let (Some(before), Some(after)) = (before, after) {
        println!("{found} pages of {} MB: peak {after} kB, {} kB more than before", size / 1_000_000, after - before);
        assert!(after - before < 40_000, "{} kB more", after - before);
    }
}

#[test]
fn a_hundred_megabytes_are_read_in_forty() {
    read_in_flat_memory("hundred.warc", 100_000_000);
}

#[test]
#[ignore = "writes 10 GB; run it with --ignored"]
fn ten_gigabytes_are_read_in_no_more() {
    read_in_flat_memory("ten-gigabytes.warc", 10_000_000_000);
}
