//! One request after the other, each bounded in time and size. `ureq` is named here alone.
//!
//! The address is checked where the connection is made, on every hop: what a name meant a moment ago does not count.

use std::{io::Read, time::Duration};

use flate2::read::GzDecoder;
use ureq::{
    Agent,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use super::guard;

/// Most bytes of a body as it is sent.
pub const BODY: u64 = 15 << 20;
/// Most bytes of a body when it is inflated.
pub const INFLATED: u64 = 32 << 20;
/// Most inflated bytes for each byte sent.
pub const RATIO: u64 = 100;
/// A whole exchange, redirects apart.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// Most redirects in a row.
pub const REDIRECTS: usize = 5;
/// Most bytes of headers.
const HEADERS: usize = 64 << 10;

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status; 304 for "as before".
    pub status: u16,
    /// Where it came from after redirects.
    pub url: String,
    /// To ask with next time.
    pub etag: Option<String>,
    /// The same.
    pub modified: Option<String>,
    /// Seconds to wait, where the server says so.
    pub retry_after: Option<i64>,
    /// Media type.
    pub kind: Option<String>,
    /// Inflated.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// No http or https, or no URL at all.
    #[error("{0:?} is no address of the web")]
    Address(String),
    /// An address inside the network.
    #[error("it leads to an address that is not public (--allow-private allows it)")]
    Private,
    /// A link-local address or the like, which not even a network of one's own has for a page.
    #[error("it leads to a link-local or reserved address, where clouds keep their keys (--allow-host NAME allows it)")]
    Reserved,
    /// Too many hops.
    #[error("it redirects more than {REDIRECTS} times")]
    Redirects,
    /// A bound was passed.
    #[error("the body is larger than {} MiB, or inflates to more than {} MiB or {RATIO} times its size", BODY >> 20, INFLATED >> 20)]
    Size,
    /// Time, connection, TLS, protocol.
    #[error("{0}")]
    Exchange(String),
}

/// Makes requests.
pub struct Client {
    agent: Agent,
}

/// What may be asked beside public addresses.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    /// The own network: loopback, private and shared ranges.
    pub private: bool,
    /// Hosts by name, wherever the name leads.
    pub hosts: Vec<String>,
}

/// Resolves as the system does, and leaves what may be asked. What it leaves is what is connected to: a name that leads
/// elsewhere a moment later is asked for again, and looked at again.
#[derive(Debug)]
struct Guarded<R> {
    inner: R,
    allowed: Allowed,
}

impl<R: Resolver> Resolver for Guarded<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let named = self.allowed.hosts.iter().any(|name| name.trim_matches(['[', ']']).eq_ignore_ascii_case(host));
        let may = |ip| named || guard::public(ip) || self.allowed.private && guard::own(ip);
        let mut out = self.empty();
        for &address in found.iter().filter(|address| may(address.ip())) {
            out.push(address);
        }
        if out.is_empty() {
            let own = found.iter().any(|address| guard::own(address.ip()));
            return Err(ureq::Error::BadUri(if own { PRIVATE } else { RESERVED }.to_owned()));
        }
        Ok(out)
    }
}

const PRIVATE: &str = "not public";
const RESERVED: &str = "reserved";

impl Client {
    /// A client that asks public addresses, and what is allowed beside.
    pub fn new(allowed: Allowed) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            // A proxy would look names up itself, behind the guard.
            .proxy(None)
            .max_response_header_size(HEADERS)
            .max_idle_connections(0)
            .user_agent(concat!("demarche/", env!("CARGO_PKG_VERSION"), " (reads news; asks robots.txt)"))
            .accept_encoding("gzip")
            .build();
        let resolver = Guarded { inner: DefaultResolver::default(), allowed };
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), resolver) }
    }

    /// Asks for an address, with what is known of the last answer.
    ///
    /// # Errors
    /// When there is no answer within the bounds.
    pub fn get(&self, url: &str, etag: Option<&str>, modified: Option<&str>) -> Result<Answer, FetchError> {
        let mut url = url.to_owned();
        for _ in 0..=REDIRECTS {
            let answer = self.hop(&url, etag, modified)?;
            match answer {
                Hop::Here(answer) => return Ok(answer),
                Hop::There(next) => url = join(&url, &next).ok_or(FetchError::Address(next))?,
            }
        }
        Err(FetchError::Redirects)
    }

    fn hop(&self, url: &str, etag: Option<&str>, modified: Option<&str>) -> Result<Hop, FetchError> {
        let uri: Uri = url.parse().map_err(|_| FetchError::Address(url.to_owned()))?;
        let web = matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some();
        if !web || uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
            return Err(FetchError::Address(url.to_owned()));
        }
        let mut request = self.agent.get(url);
        if let Some(etag) = etag {
            request = request.header("if-none-match", etag);
        }
        if let Some(modified) = modified {
            request = request.header("if-modified-since", modified);
        }
        let response = request.call().map_err(|error| match error {
            ureq::Error::BadUri(what) if what == PRIVATE => FetchError::Private,
            ureq::Error::BadUri(what) if what == RESERVED => FetchError::Reserved,
            ureq::Error::Io(error) => FetchError::Exchange(format!("the server cannot be reached: {error}")),
            ureq::Error::Timeout(_) => late(),
            ureq::Error::HostNotFound => FetchError::Exchange("there is no host of that name".to_owned()),
            other => FetchError::Exchange(other.to_string()),
        })?;
        let header = |name: &str| {
            let value = response.headers().get(name)?.to_str().ok()?.trim();
            (!value.is_empty()).then(|| value.to_owned())
        };
        let status = response.status().as_u16();
        if let (301..=303 | 307 | 308, Some(next)) = (status, header("location")) {
            return Ok(Hop::There(next));
        }
        let answer = Answer {
            status,
            url: url.to_owned(),
            etag: header("etag"),
            modified: header("last-modified"),
            retry_after: header("retry-after").and_then(|value| seconds(&value)),
            kind: header("content-type"),
            body: vec![],
        };
        let gzip =
            header("content-encoding").is_some_and(|coding| matches!(&*coding.to_lowercase(), "gzip" | "x-gzip"));
        if status == 304 {
            return Ok(Hop::Here(answer));
        }
        let mut response = response;
        let sent = bounded(response.body_mut().as_reader(), BODY)?;
        let body = if gzip {
            let most = INFLATED.min((sent.len() as u64).saturating_mul(RATIO));
            bounded(GzDecoder::new(&sent[..]), most)?
        } else {
            sent
        };
        Ok(Hop::Here(Answer { body, ..answer }))
    }
}

enum Hop {
    Here(Answer),
    There(String),
}

fn late() -> FetchError {
    FetchError::Exchange(format!("it did not answer in full within {} seconds", PATIENCE.as_secs()))
}

/// All bytes, if they are no more than this.
fn bounded(bytes: impl Read, most: u64) -> Result<Vec<u8>, FetchError> {
    let mut out = Vec::new();
    bytes.take(most + 1).read_to_end(&mut out).map_err(|error| match error.kind() {
        std::io::ErrorKind::TimedOut => late(),
        _ => FetchError::Exchange(format!("the answer breaks off: {error}")),
    })?;
    if out.len() as u64 > most { Err(FetchError::Size) } else { Ok(out) }
}

/// `Retry-After`: seconds, or a date, which is taken for an hour: clocks differ, and an hour is polite.
fn seconds(value: &str) -> Option<i64> {
    value.parse::<i64>().ok().map(|seconds| seconds.clamp(0, 86_400)).or(Some(3600))
}

/// An address that a page or a server gives, seen from where it was given.
///
/// ```text
/// http://a.example/b/c + ../d = http://a.example/d
/// ```
pub fn join(base: &str, next: &str) -> Option<String> {
    let next = next.trim();
    let lower = next.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Some(next.to_owned());
    }
    let (scheme, rest) = base.split_once("://")?;
    if let Some(host) = next.strip_prefix("//") {
        return Some(format!("{scheme}://{host}"));
    }
    // Another scheme: file:, data:, gopher:, javascript:.
    if next.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':')) {
        return None;
    }
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let joined = match next.chars().next() {
        None => return Some(base.to_owned()),
        Some('/') => next.to_owned(),
        Some('?' | '#') => format!("{path}{next}"),
        Some(_) => format!("{}/{next}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
    };
    let (path, query) = joined.split_at(joined.find(['?', '#']).unwrap_or(joined.len()));
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(format!("{scheme}://{host}/{}{query}", parts.join("/")))
}

/// Name of the host with its port, in small letters; the key of politeness.
pub fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.to_lowercase();
    (!host.is_empty() && !host.contains('@')).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_joined_as_a_browser_joins_them() {
        let base = "https://post.example/a/b.html?x=1#top";
        let cases = [
            ("c.html", "https://post.example/a/c.html"),
            ("../c", "https://post.example/c"),
            ("/c?d#e", "https://post.example/c?d#e"),
            ("//wire.example/c", "https://wire.example/c"),
            ("?y=2", "https://post.example/a/b.html?y=2"),
            ("HTTP://Other.example/", "HTTP://Other.example/"),
        ];
        for (next, whole) in cases {
            assert_eq!(join(base, next).as_deref(), Some(whole), "{next}");
        }
        for next in ["file:///etc/passwd", "data:text/html,x", "javascript:alert(1)", "gopher://x"] {
            assert_eq!(join(base, next), None, "{next}");
        }
    }

    /// A name that leads to a public address first and into the own network a moment later.
    #[derive(Debug, Default)]
    struct Rebound(std::sync::atomic::AtomicU16);

    impl Resolver for Rebound {
        fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let mut out = self.empty();
            let asked = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let address = ["93.184.216.34:80", "127.0.0.1:80", "169.254.169.254:80"][usize::from(asked) % 3];
            out.push(address.parse().expect("an address"));
            Ok(out)
        }
    }

    #[test]
    fn a_name_that_leads_elsewhere_a_moment_later_is_looked_at_each_time() {
        let guarded = Guarded { inner: Rebound::default(), allowed: Allowed::default() };
        let uri: Uri = "http://post.example/".parse().unwrap();
        let ask = || guarded.resolve(&uri, &Config::default(), NextTimeout::default());
        assert_eq!(ask().unwrap()[0].to_string(), "93.184.216.34:80");
        assert!(matches!(ask(), Err(ureq::Error::BadUri(what)) if what == PRIVATE));
        assert!(matches!(ask(), Err(ureq::Error::BadUri(what)) if what == RESERVED));
    }

    #[test]
    fn what_is_no_address_of_the_public_web_is_refused_before_anything_is_sent() {
        let client = Client::new(Allowed::default());
        for url in ["file:///etc/passwd", "ftp://a.example/", "nonsense", "http://user@127.0.0.1/", "http:///x"] {
            assert!(matches!(client.get(url, None, None), Err(FetchError::Address(_))), "{url}");
        }
        for url in [
            "http://127.0.0.1:1/",
            "http://[::1]:1/",
            "http://169.254.169.254/latest",
            "http://localhost:1/",
            "http://[::ffff:127.0.0.1]:1/",
            "http://2130706433:1/",
            "http://0x7f.1:1/",
        ] {
            let error = client.get(url, None, None).unwrap_err();
            let refused = matches!(error, FetchError::Private | FetchError::Reserved | FetchError::Address(_));
            // Odd spellings of a number are names that nobody has where the system does not read them.
            assert!(refused || error.to_string().contains("host"), "{url}: {error}");
        }
    }

    #[test]
    fn the_own_network_may_be_opened_without_what_is_link_local() {
        let own = Client::new(Allowed { private: true, ..Allowed::default() });
        // Port 1 answers nobody: the guard let it pass.
        let passed = |client: &Client, url: &str| matches!(client.get(url, None, None), Err(FetchError::Exchange(_)));
        assert!(passed(&own, "http://127.0.0.1:1/"));
        for url in
            ["http://169.254.169.254/latest", "http://[fe80::1]/", "http://[fd00:ec2::254]/", "http://0.0.0.0:1/"]
        {
            assert!(matches!(own.get(url, None, None), Err(FetchError::Reserved)), "{url}");
        }
        let named = Client::new(Allowed { private: false, hosts: vec!["0.0.0.0".to_owned()] });
        assert!(passed(&named, "http://0.0.0.0:1/") && !passed(&named, "http://127.0.0.1:1/"));
    }

    #[test]
    fn a_host_is_told_in_small_letters_with_its_port() {
        assert_eq!(host("https://Post.Example:8080/x").as_deref(), Some("post.example:8080"));
        assert_eq!(host("nonsense"), None);
    }
}
