//! Who may ask: requests to this machine, from this page, with its token.

use std::error::Error;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use rand::TryRngCore;
use rand::rngs::OsRng;

use super::address::Address;
use super::refusal::Refusal;

/// The header in which the page sends the token.
pub(super) const TOKEN: HeaderName = HeaderName::from_static("x-cistron-token");

/// What only those know who were given the address.
///
/// It comes from the operating system: a seed would make it guessable.
#[derive(Clone, Debug)]
pub(super) struct Token(String);

impl Token {
    /// A new one of 256 bits.
    ///
    /// # Errors   a message for the user, where the system has no random numbers.
    pub(super) fn draw() -> Result<Self, Box<dyn Error>> {
        let mut bytes = [0_u8; 32];
        OsRng.try_fill_bytes(&mut bytes).map_err(|error| {
            format!("the system gives no random numbers ({error}), so that the page cannot be kept to you")
        })?;
        let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
        Ok(Self(digits.collect()))
    }

    /// In hexadecimal digits.
    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Whether something is the token, in a time that tells nothing about where they differ.
    fn is(&self, found: &[u8]) -> bool {
        let own = self.0.as_bytes();
        let differing = own.iter().zip(found).fold(0, |sum, (a, b)| sum | (a ^ b));
        own.len() == found.len() && differing == 0
    }
}

/// The token and the names of the server.
pub(super) struct Guard {
    token: Token,
    address: Address,
    policy: HeaderValue,
}

impl Guard {
    /// * `policy`: that of the page, which every answer has; besides, no frame may hold it
    pub(super) fn new((token, address): (Token, Address), policy: &str) -> Self {
        let policy = HeaderValue::try_from(format!("{policy}; frame-ancestors 'none'"));
        Self {
            token,
            address,
            policy: policy.expect("keywords and hashes"),
        }
    }

    fn check(&self, request: &Request) -> Result<(), Refusal> {
        let headers = request.headers();
        let host = self.check_host(request)?;
        let path = request.uri().path();
        if path.starts_with("/api/") {
            check_origin(headers, host)?;
            self.check_token(headers)
        } else if path == "/" && !self.in_query(request.uri().query().unwrap_or_default()) {
            Err(Refusal::new(
                StatusCode::FORBIDDEN,
                "this page needs the address that `cistron explore` printed, with its token",
            ))
        } else {
            Ok(())
        }
    }

    /// The one host that the request names, if it is this server.
    fn check_host<'r>(&self, request: &'r Request) -> Result<&'r str, Refusal> {
        let refused = || {
            Refusal::new(
                StatusCode::MISDIRECTED_REQUEST,
                "the host of the request is not this server; open the address that `cistron \
                 explore` printed",
            )
        };
        let host = only(request.headers(), &header::HOST).ok_or_else(refused)?;
        let full = request.uri().authority();
        let same = full.is_none_or(|full| full.as_str() == host);
        match host_name(host) {
            Some(name) if same && self.address.answers_to(name) => Ok(host),
            _ => Err(refused()),
        }
    }

    fn check_token(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        match only(headers, &TOKEN) {
            Some(found) if self.token.is(found.as_bytes()) => Ok(()),
            _ => Err(Refusal::new(
                StatusCode::FORBIDDEN,
                "the token is missing or is that of another start; open the address that `cistron \
                 explore` printed last",
            )),
        }
    }

    fn in_query(&self, query: &str) -> bool {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let mut tokens = pairs.filter(|(name, _)| *name == "token");
        tokens.any(|(_, found)| self.token.is(found.as_bytes()))
    }
}

/// Refuses what another site had the browser send.
fn check_origin(headers: &HeaderMap, host: &str) -> Result<(), Refusal> {
    let refused = Refusal::new(
        StatusCode::FORBIDDEN,
        "only the page that this server gives may ask it",
    );
    let origin = headers.get(header::ORIGIN).map(HeaderValue::as_bytes);
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    let own = format!("http://{host}");
    let same = origin.is_none_or(|origin| origin == own.as_bytes());
    match same && site.is_none_or(|site| site == b"same-origin") {
        true => Ok(()),
        false => Err(refused),
    }
}

/// The value of a header that is there once.
fn only<'r>(headers: &'r HeaderMap, name: &HeaderName) -> Option<&'r str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

/// A host without its port and brackets; none where it is not well-formed.
fn host_name(host: &str) -> Option<&str> {
    let (name, rest) = match host.strip_prefix('[') {
        Some(inside) => inside.split_once(']')?,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let port = match rest.strip_prefix(':') {
        Some(port) => port,
        None if rest.is_empty() => "",
        None => return None,
    };
    port.bytes().all(|b| b.is_ascii_digit()).then_some(name)
}

/// Passes on what may be asked, and adds to every answer what browsers should hold to.
pub(super) async fn watch(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match guard.check(&request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in RULES {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, guard.policy.clone());
    response
}

/// In no frame, told to nobody, kept nowhere.
const RULES: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (header::CACHE_CONTROL, "no-store"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_taken_apart_and_what_is_none_is_refused() {
        for (host, name) in [
            ("localhost", Some("localhost")),
            ("127.0.0.1:80", Some("127.0.0.1")),
            ("[::1]:80", Some("::1")),
            ("[::1]", Some("::1")),
            ("[::1", None),
            ("[::1]evil.example", None),
            ("localhost:80@evil.example", None),
            ("localhost:80:90", None),
            ("", Some("")),
        ] {
            assert_eq!(host_name(host), name, "{host}");
        }
    }

    #[test]
    fn a_token_is_drawn_anew_and_is_itself_alone() {
        let (one, other) = (
            Token::draw().expect("random numbers"),
            Token::draw().expect("random numbers"),
        );
        assert_eq!(one.text().len(), 64);
        assert!(one.is(one.text().as_bytes()) && !one.is(other.text().as_bytes()));
        assert!(!one.is(b"") && !one.is(&one.text().as_bytes()[1..]));
    }
}
