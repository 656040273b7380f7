//! Accepts requests to this machine, from its page, with its token, and no others.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::address::Address;
use super::refusal::Refusal;
use super::token::Token;

/// The header in which the page sends the token.
pub(super) const TOKEN: HeaderName = HeaderName::from_static("x-cistron-token");

/// The token and the names of the server.
pub(super) struct Guard {
    token: Token,
    address: Address,
    policy: HeaderValue,
}

impl Guard {
    /// * `policy`: content policy of the page, to which the refusal of frames is added
    pub(super) fn new(token: Token, address: Address, policy: &str) -> Self {
        let policy = HeaderValue::try_from(format!("{policy}; frame-ancestors 'none'"));
        Self {
            token,
            address,
            policy: policy.expect("the policy has keywords and hashes only"),
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
                "this page needs the full address that `cistron explore` printed, with its token",
            ))
        } else {
            Ok(())
        }
    }

    /// The host of the request, if it is this server and the only one named.
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
            Some(token) if self.token.is(token.as_bytes()) => Ok(()),
            _ => Err(Refusal::new(
                StatusCode::FORBIDDEN,
                "the token is missing or belongs to an earlier start; open the address that \
                 `cistron explore` printed last",
            )),
        }
    }

    fn in_query(&self, query: &str) -> bool {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let mut tokens = pairs.filter(|(name, _)| *name == "token");
        tokens.any(|(_, token)| self.token.is(token.as_bytes()))
    }
}

/// Refuses requests that the browser sends for another site.
fn check_origin(headers: &HeaderMap, host: &str) -> Result<(), Refusal> {
    let refused = Refusal::new(
        StatusCode::FORBIDDEN,
        "only the page of this server may send queries",
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

/// The value of a header that occurs once.
fn only<'r>(headers: &'r HeaderMap, name: &HeaderName) -> Option<&'r str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}

/// A host without its port and brackets; none if it is malformed.
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

/// Passes accepted requests on, and adds the security headers to every response.
pub(super) async fn enforce(
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

/// Security headers: no frames, no referrer, no cache, no use by other origins.
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
    fn a_host_is_split_from_its_port_and_malformed_ones_are_refused() {
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
}
