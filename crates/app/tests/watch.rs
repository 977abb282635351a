//! `demarche watch` against a small server of our own: politeness, bounds, and what must not be asked.
#![allow(clippy::disallowed_methods)] // a server needs a thread

#[path = "support/folder.rs"]
mod folder;
#[path = "support/http.rs"]
mod http;

use std::{
    collections::BTreeMap,
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{Arc, Mutex},
};

use folder::Folder;

type Pages = BTreeMap<&'static str, (&'static str, String)>;

/// Answers requests from a table of heads and bodies, and remembers what was asked.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(make: impl FnOnce(u16) -> Pages) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let pages = make(port);
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = serve(stream, &pages, &seen);
            }
        });
        Self { port, asked }
    }

    fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|request| request.starts_with(&format!("GET {path} "))).count()
    }
}

fn serve(mut stream: TcpStream, pages: &Pages, asked: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let Some(request) = http::request(&mut stream)? else { return Ok(()) };
    let path = http::path(&request);
    asked.lock().unwrap().push(request.clone());
    let missing = ("404 Not Found", String::new());
    let (head, body) = pages.get(path).unwrap_or(&missing);
    let known = head.contains("etag: \"one\"") && request.to_lowercase().contains("if-none-match: \"one\"");
    let (head, body) = if known { ("304 Not Modified", "") } else { (*head, body.as_str()) };
    let length = body.len();
    write!(stream, "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
}

fn folder(test: &str) -> PathBuf {
    Folder::new(&format!("watch/{test}")).0
}

fn watch(folder: &Path, plan: &str, more: &[&str]) -> Output {
    fs::write(folder.join("feeds.toml"), plan).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command
        .current_dir(folder)
        .args(["watch", "--once", "feeds.toml"])
        .args(more)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn plan(port: u16, every: &str) -> String {
    format!("every = \"{every}\"\npace = \"0s\"\n[[feed]]\nurl = \"http://127.0.0.1:{port}/feed\"\noutlet = \"Post\"\n")
}

const STORY: &str = "<!DOCTYPE html><html lang=\"en\"><head><title>Envoys must go</title></head><body><article>\
    <h1>Envoys must go</h1><p>India expelled two Pakistani diplomats on Wednesday, the foreign ministry in Delhi said.</p>\
    <p>Pakistan denied the charges and said that it would answer. The two countries have closed their borders.</p>\
    <p>Officials of both countries did not say when talks would be held again, or where.</p></article></body></html>";

fn items(links: &[&str]) -> String {
    let items: Vec<String> =
        links.iter().map(|link| format!("<item><title>T</title><link>{link}</link></item>")).collect();
    format!("<rss><channel>{}</channel></rss>", items.concat())
}

#[test]
fn a_feed_is_read_its_pages_are_kept_and_nothing_is_asked_twice() {
    let server = Server::start(|_| {
        BTreeMap::from([
            ("/robots.txt", ("200 OK", "User-agent: *\nDisallow: /private\n".to_owned())),
            ("/feed", ("200 OK\r\netag: \"one\"", items(&["/story/envoys", "/private/x", "/gone", "/moved"]))),
            ("/story/envoys", ("200 OK\r\ncontent-type: text/html", STORY.to_owned())),
            ("/moved", ("302 Found\r\nlocation: /story/elsewhere", String::new())),
            (
                "/story/elsewhere",
                ("200 OK\r\ncontent-type: text/html", STORY.replace("two Pakistani", "three Pakistani")),
            ),
        ])
    });
    let at = folder("kept");
    let output = watch(&at, &plan(server.port, "0s"), &["--allow-private"]);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{err}");
    assert_eq!(out.matches("kept").count(), 2, "{out}{err}");
    assert!(err.contains("robots.txt") && err.contains("404"), "{err}");
    assert_eq!((server.asked("/private/x"), server.asked("/robots.txt")), (0, 1));
    let second = watch(&at, &plan(server.port, "0s"), &["--allow-private", "--json"]);
    assert!(second.status.success());
    assert_eq!((server.asked("/feed"), server.asked("/story/envoys"), server.asked("/gone")), (2, 1, 1));
    let conditional =
        server.asked.lock().unwrap().iter().filter(|r| r.to_lowercase().contains("if-none-match")).count();
    assert_eq!(conditional, 1);
    let mut status = Command::new(env!("CARGO_BIN_EXE_demarche"));
    let status = status.current_dir(&at).args(["watch", "feeds.toml", "--status"]).output().unwrap();
    let status = String::from_utf8_lossy(&status.stdout).into_owned();
    assert!(status.contains("4 pages, 0 wait, 2 failed"), "{status}");
    let mut listed = Command::new(env!("CARGO_BIN_EXE_demarche"));
    let listed = listed.current_dir(&at).args(["archive", "list", "--reports"]).output().unwrap();
    assert!(String::from_utf8_lossy(&listed.stdout).contains("127.0.0.1"), "{listed:?}");
}

#[test]
fn nothing_inside_the_network_is_asked_not_even_by_a_redirect() {
    let server = Server::start(|_| BTreeMap::new());
    let at = folder("private");
    let output = watch(&at, &plan(server.port, "1h"), &[]);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("not public (--allow-private allows it)"), "{output:?}");
    assert!(server.asked.lock().unwrap().is_empty(), "{:?}", server.asked);
}

#[test]
fn a_bomb_a_circle_and_another_scheme_end_in_a_message() {
    let mut bomb = Vec::new();
    let mut encoder = flate2::write::GzEncoder::new(&mut bomb, flate2::Compression::best());
    encoder.write_all(&vec![b'a'; 8 << 20]).unwrap();
    encoder.finish().unwrap();
    // The server speaks text alone; the bomb goes out as Latin-1 would not. It is sent by a listener of its own.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let bomb_port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut buffer = [0; 2048];
            let read = stream.read(&mut buffer).unwrap_or(0);
            let robots = String::from_utf8_lossy(&buffer[..read]).contains("/robots.txt");
            let head = if robots {
                "HTTP/1.1 404 Not Found\r\ncontent-length: 0"
            } else {
                "HTTP/1.1 200 OK\r\ncontent-encoding: gzip"
            };
            let _ = write!(stream, "{head}\r\nconnection: close\r\n\r\n");
            let _ = if robots { Ok(()) } else { stream.write_all(&bomb) };
        }
    });
    let server = Server::start(|port| {
        let bomb = format!("http://127.0.0.1:{bomb_port}/bomb");
        BTreeMap::from([
            ("/feed", ("200 OK", items(&["/circle", &bomb, "file:///etc/passwd", "/away"]))),
            ("/circle", ("302 Found\r\nlocation: /circle", String::new())),
            ("/away", ("302 Found\r\nlocation: file:///etc/passwd", format!("{port}"))),
        ])
    });
    let at = folder("hostile");
    let output = watch(&at, &plan(server.port, "1h"), &["--allow-private"]);
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{err}");
    assert!(err.contains("redirects more than 5 times"), "{err}");
    assert!(err.contains("inflates to more than"), "{err}");
    assert!(err.contains("is no address of the web"), "{err}");
    assert_eq!(server.asked("/circle"), 6);
}

fn status(at: &Path, more: &[&str]) -> String {
    let mut status = Command::new(env!("CARGO_BIN_EXE_demarche"));
    let status = status.current_dir(at).args(["watch", "feeds.toml", "--status"]).args(more).output().unwrap();
    String::from_utf8(status.stdout).unwrap()
}

#[test]
fn a_host_that_wants_to_be_left_alone_stands_in_the_table_with_when_and_why() {
    let server = Server::start(|_| {
        BTreeMap::from([
            ("/feed", ("200 OK", items(&["/one", "/two"]))),
            ("/one", ("503 Service Unavailable\r\nretry-after: 7200", String::new())),
            ("/two", ("200 OK\r\ncontent-type: text/html", STORY.to_owned())),
        ])
    });
    let at = folder("silent");
    let output = watch(&at, &plan(server.port, "1h"), &["--allow-private"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("the server answers 503; 127.0.0.1:"), "{said}");
    assert_eq!(server.asked("/two"), 0, "the host was asked all the same");
    let told = status(&at, &[]);
    let host = format!("127.0.0.1:{} is left alone until 20", server.port);
    assert!(told.contains(&host) && told.contains(": the server answers 503\n"), "{told}");
    let json: serde_json::Value = serde_json::from_str(&status(&at, &["--json"])).unwrap();
    assert_eq!(json["left_alone"][0]["why"], "the server answers 503");
}

#[test]
fn a_host_that_cannot_be_reached_is_not_said_to_have_asked_for_quiet() {
    let at = folder("unreached");
    let plan = "pace = \"1h\"\n[[feed]]\nurl = \"http://127.0.0.1:1/feed\"\n";
    assert!(watch(&at, plan, &["--allow-private"]).status.success());
    let told = status(&at, &[]);
    assert!(told.contains("failed 1 time") && !told.contains("left alone"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_watch_that_is_stopped_says_what_was_kept() {
    let server = Server::start(|_| {
        BTreeMap::from([
            ("/feed", ("200 OK", items(&["/one"]))),
            ("/one", ("200 OK\r\ncontent-type: text/html", STORY.to_owned())),
        ])
    });
    let at = folder("stopped");
    fs::write(at.join("feeds.toml"), plan(server.port, "1h")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.current_dir(&at).args(["watch", "feeds.toml", "--allow-private"]);
    let mut run = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let mut out = std::io::BufReader::new(run.stdout.take().unwrap());
    while !line.contains("kept") {
        line.clear();
        assert!(std::io::BufRead::read_line(&mut out, &mut line).unwrap() > 0, "it ended by itself");
    }
    assert!(Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap().success());
    let output = run.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("stopped; 1 report of this run kept in demarche.db") && said.contains("goes on from there"));
}

#[test]
fn a_wrong_list_of_feeds_says_what_is_wrong() {
    let at = folder("plan");
    for (plan, said) in [
        ("", "missing field `feed`"),
        ("feed = []", "names no feed"),
        ("[[feed]]\nurl = \"post.example\"", "no address of a feed"),
        ("every = \"soon\"\n[[feed]]\nurl = \"https://a.example\"", "write 90s, 30m, 6h or 2d"),
    ] {
        let output = watch(&at, plan, &[]);
        assert_eq!(output.status.code(), Some(1));
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(err.contains(said), "{plan}: {err}");
    }
}
