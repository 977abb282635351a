//! Killing the program at random: nothing that it acknowledged may be lost, nothing may come twice.

use std::{
    collections::BTreeSet,
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use demarche_store::{Archive, archive::Filter};

use crate::{
    http,
    news::{self, Dice},
};

/// What a series of kills found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Found {
    pub rounds: usize,
    /// Rounds in which the program was still running when it was killed.
    pub killed: usize,
    pub acknowledged: usize,
    pub lost: usize,
    pub doubled: usize,
    pub faults: usize,
}

impl std::ops::AddAssign for Found {
    fn add_assign(&mut self, other: Self) {
        self.rounds += other.rounds;
        self.killed += other.killed;
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.faults += other.faults;
    }
}

/// The least and the most time in which a blow falls, whatever the load.
const SOON: Duration = Duration::from_millis(50);
const LATE: Duration = Duration::from_secs(20);

/// Runs the command, kills it after a random part of `most`, and returns the lines it printed whole. Where the blow fell
/// before the first line the next may fall later, where it came too late sooner: the load of the machine changes.
fn strike(command: &mut Command, dice: &mut Dice, most: &mut Duration, found: &mut Found) -> Vec<String> {
    let mut child: Child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let wait = most.mul_f64(dice.roll(1000) as f64 / 1000.0);
    let began = Instant::now();
    let mut ended = false;
    while began.elapsed() < wait && !ended {
        ended = child.try_wait().unwrap().is_some();
        std::thread::sleep(Duration::from_millis(1));
    }
    found.killed += usize::from(!ended);
    found.rounds += 1;
    let _ = child.kill();
    let mut printed = String::new();
    child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
    child.wait().unwrap();
    let lines: Vec<String> =
        printed.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(str::to_owned).collect();
    if ended {
        *most = most.mul_f64(0.8).max(SOON);
    } else if lines.is_empty() {
        *most = most.mul_f64(1.2).min(LATE);
    }
    lines
}

/// Names of the reports that are current, and what verifying found.
fn look(path: &Path) -> (Vec<String>, usize) {
    if !path.exists() {
        return (vec![], 0);
    }
    let mut archive = Archive::open(path).unwrap();
    let names = archive.reports(&Filter::default(), true, usize::MAX >> 1, 0).unwrap();
    let faults = archive.verify().unwrap().faults;
    assert!(faults.is_empty(), "{faults:?}");
    (names.into_iter().map(|row| row.url.unwrap_or(row.report)).collect(), faults.len())
}

fn fresh(folder: &Path, name: &str) -> std::path::PathBuf {
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(folder.join(format!("{name}{ending}")));
    }
    folder.join(name)
}

/// `archive add`, killed again and again; every tenth time it is let run to its end and begins anew.
pub fn adding(binary: &str, folder: &Path, rounds: usize, reports: usize, seed: u64) -> Found {
    let rows: Vec<String> = (0..reports).map(|n| news::row(n, 20)).collect();
    fs::write(folder.join("reports.jsonl"), rows.join("\n")).unwrap();
    let command = |archive: &str| {
        let mut command = Command::new(binary);
        command.current_dir(folder).args(["archive", "add", "--json", "--archive", archive, "reports.jsonl"]);
        command
    };
    fresh(folder, "whole.db");
    let began = Instant::now();
    assert!(command("whole.db").stdout(Stdio::null()).status().unwrap().success());
    // What was done before a blow is held after it, so a run to the end takes several.
    let mut most = began.elapsed().mul_f64(0.4);
    let whole = Archive::open(&folder.join("whole.db")).unwrap().hash().unwrap();
    let (mut found, mut dice) = (Found::default(), Dice(seed));
    while found.rounds < rounds {
        let path = fresh(folder, "killed.db");
        let mut promised = BTreeSet::new();
        for _ in 0..10.min(rounds - found.rounds) {
            for line in strike(&mut command("killed.db"), &mut dice, &mut most, &mut found) {
                let line: serde_json::Value = serde_json::from_str(&line).unwrap();
                let kept = line["kept"].as_array().into_iter().flatten();
                promised.extend(kept.filter_map(|id| id.as_str().map(str::to_owned)));
            }
            let (held, faults) = look(&path);
            let distinct: BTreeSet<&String> = held.iter().collect();
            found.lost += promised.iter().filter(|id| !distinct.contains(id)).count();
            found.doubled += held.len() - distinct.len();
            found.faults += faults;
        }
        found.acknowledged += promised.len();
        assert!(command("killed.db").stdout(Stdio::null()).status().unwrap().success());
        assert_eq!(Archive::open(&path).unwrap().hash().unwrap(), whole, "as if it had never been killed");
    }
    found
}

/// A server that fails as servers do: refusals, silence, broken answers.
pub struct Flaky {
    pub port: u16,
    stop: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Flaky {
    pub fn start(pages: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, seed) = (Arc::clone(&stop), Arc::new(AtomicU64::new(1)));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::Relaxed) {
                    break;
                }
                let dice = Dice(seed.fetch_add(1, Ordering::Relaxed));
                let Ok(stream) = stream else { continue };
                std::thread::spawn(move || {
                    let _ = answer(stream, pages, dice);
                });
            }
        });
        Self { port, stop, thread: Some(thread) }
    }
}

impl Drop for Flaky {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(mut stream: TcpStream, pages: usize, mut dice: Dice) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    let Some(request) = http::request(&mut stream)? else { return Ok(()) };
    let path = http::path(&request);
    let mut send = |status: &str, kind: &str, body: &str, cut: bool| {
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(&body.as_bytes()[..if cut { body.len() / 2 } else { body.len() }])?;
        stream.flush()
    };
    if path == "/robots.txt" {
        return send("200 OK", "text/plain", "User-agent: *\nDisallow: /secret\n", false);
    }
    if path == "/feed.xml" {
        let item = |n| {
            format!(
                "<item><title>Story {n}</title><link>/story/{n}</link><pubDate>Thu, 01 May 2025 09:00:00 GMT</pubDate></item>"
            )
        };
        let items: String = (0..pages).map(item).collect();
        let feed =
            format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title>{items}</channel></rss>");
        return send("200 OK", "application/rss+xml", &feed, false);
    }
    let number = path.trim_start_matches("/story/").parse().unwrap_or(0);
    match dice.roll(8) {
        0 => send("500 Internal Server Error", "text/plain", "no", false),
        1 => send("200 OK", "text/html", &news::page(number), true),
        2 => Ok(()),
        _ => send("200 OK", "text/html", &news::page(number), false),
    }
}

/// `watch --once`, killed again and again while the server fails; then let run until every page was read or given up.
pub fn watching(binary: &str, folder: &Path, rounds: usize, pages: usize, seed: u64) -> Found {
    let (mut found, mut dice) = (Found::default(), Dice(seed));
    let mut most = Duration::from_secs(2);
    while found.rounds < rounds {
        let server = Flaky::start(pages);
        let plan =
            format!("every = \"0s\"\npace = \"0s\"\n[[feed]]\nurl = \"http://127.0.0.1:{}/feed.xml\"\n", server.port);
        fs::write(folder.join("feeds.toml"), plan).unwrap();
        let path = fresh(folder, "watched.db");
        let command = || {
            let mut command = Command::new(binary);
            command.current_dir(folder).args([
                "watch",
                "--once",
                "--json",
                "--allow-private",
                "--archive",
                "watched.db",
                "feeds.toml",
            ]);
            command
        };
        let mut promised = BTreeSet::new();
        for _ in 0..10.min(rounds - found.rounds) {
            for line in strike(&mut command(), &mut dice, &mut most, &mut found) {
                let line: serde_json::Value = serde_json::from_str(&line).unwrap();
                if line["what"] == "kept" {
                    let new = promised.insert(line["url"].as_str().unwrap().to_owned());
                    found.doubled += usize::from(!new);
                }
            }
            let (held, faults) = look(&path);
            let distinct: BTreeSet<&String> = held.iter().collect();
            found.lost += promised.iter().filter(|url| !distinct.contains(url)).count();
            found.doubled += held.len() - distinct.len();
            found.faults += faults;
        }
        found.acknowledged += promised.len();
        // A feed is asked once a day at most when it fails, and this one never fails: all pages are known by now.
        assert!(command().stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success());
        let (held, _) = look(&path);
        let distinct: BTreeSet<&String> = held.iter().collect();
        assert_eq!(held.len(), distinct.len());
        assert!(held.len() <= pages && promised.len() <= held.len());
    }
    found
}
