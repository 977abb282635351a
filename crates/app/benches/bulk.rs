//! Adding and coding generated reports of 400 words: `cargo bench -p demarche --bench bulk -- 100000`.
//!
//! Prints reports a second and the greatest memory for each tenth of the way, so that growth can be seen.
#![allow(clippy::disallowed_methods)] // a bench needs a clock

#[path = "../tests/support/news.rs"]
mod news;

use std::{
    fs,
    io::{BufRead, BufReader, BufWriter, Write},
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

fn main() {
    let reports: usize = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(5000);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bulk");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let mut file = BufWriter::new(fs::File::create(folder.join("reports.jsonl")).unwrap());
    for number in 0..reports {
        writeln!(file, "{}", news::row(number, 400)).unwrap();
    }
    file.flush().unwrap();
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(&folder)
        .args(["archive", "add", "--json", "reports.jsonl"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // Greatest resident memory and processor time so far, of all threads and of the one that reads, as Linux tells them.
    // While it reads the others wait: what it takes is the part that more processors do not make shorter.
    let seconds = |path: String| {
        let stat = fs::read_to_string(path).unwrap_or_default();
        let fields: Vec<u64> =
            stat.rsplit(") ").next().unwrap_or("").split(' ').map(|n| n.parse().unwrap_or(0)).collect();
        (fields.get(11).unwrap_or(&0) + fields.get(12).unwrap_or(&0)) as f64 / 100.0
    };
    let status = |child: u32| {
        let status = fs::read_to_string(format!("/proc/{child}/status")).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB").trim().to_owned();
        (peak, seconds(format!("/proc/{child}/stat")), seconds(format!("/proc/{child}/task/{child}/stat")))
    };
    let (mut kept, mut told) = (0, 0);
    let id = child.id();
    for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok) {
        let line: serde_json::Value = serde_json::from_str(&line).unwrap();
        kept += line["kept"].as_array().map_or(0, Vec::len);
        if kept >= told + reports.div_ceil(10) || !line["added"].is_null() {
            told = kept;
            let (peak, processor, alone) = status(id);
            let seconds = began.elapsed().as_secs_f64();
            println!(
                "{kept:>7} reports  {seconds:>8.1} s  {:>6.1} a second  {processor:>8.1} processor seconds ({:>6.1} reports each)  alone {:>4.1} %  peak {peak}",
                kept as f64 / seconds,
                kept as f64 / processor.max(0.01),
                alone * 100.0 / processor.max(0.01)
            );
        }
        if !line["added"].is_null() {
            println!("{line}");
        }
    }
    assert!(child.wait().unwrap().success());
    let size = fs::metadata(folder.join("demarche.db")).unwrap().len();
    println!(
        "archive: {:.1} MiB, {:.1} kB a report",
        size as f64 / f64::from(1 << 20),
        size as f64 / 1000.0 / reports as f64
    );
}
