//! Where the server listens, and by which names it may be called.

use std::error::Error;
use std::net::{IpAddr, SocketAddr};

use tokio::net::{TcpListener, lookup_host};

use super::guard::Token;

/// The address that the server listens on.
#[derive(Clone, Debug)]
pub(super) struct Address {
    /// As it was given.
    host: String,
    bound: SocketAddr,
}

impl Address {
    /// Listens on the first address of a host.
    ///
    /// # Errors   a message for the user: the host is not known, or the port is taken.
    pub(super) async fn bind(host: &str, port: u16) -> Result<(TcpListener, Self), Box<dyn Error>> {
        let unbracketed = host.trim_start_matches('[').trim_end_matches(']');
        let found = lookup_host((unbracketed, port)).await;
        let found = found.ok().and_then(|mut all| all.next()).ok_or_else(|| {
            format!(
                "--host {host}: no address of this machine is called so; expected one such as \
                 127.0.0.1"
            )
        })?;
        let failed = |error| {
            format!(
                "{found}: cannot be listened on ({error}); give another --port, or 0 for one that \
                 is free, and an address of this machine as --host"
            )
        };
        let listener = TcpListener::bind(found).await.map_err(failed)?;
        let bound = listener.local_addr().map_err(failed)?;
        let host = unbracketed.to_ascii_lowercase();
        Ok((listener, Self { host, bound }))
    }

    /// The address to open, with the token.
    pub(super) fn url(&self, token: &Token) -> String {
        let ip = self.bound.ip();
        let host = match ip {
            // what listens on all addresses is opened by that of the machine itself
            IpAddr::V4(ip) if ip.is_unspecified() => "127.0.0.1".to_owned(),
            IpAddr::V6(ip) if ip.is_unspecified() => "[::1]".to_owned(),
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        format!(
            "http://{host}:{}/?token={}",
            self.bound.port(),
            token.text()
        )
    }

    /// What to know where others can reach it.
    pub(super) fn warning(&self) -> Option<String> {
        let ip = self.bound.ip();
        (!ip.is_loopback()).then(|| {
            format!(
                "{ip} can be reached by other machines: whoever has the address with its token \
                 sees the run and may use the model, and nothing is encrypted on the way; use the \
                 default host, and `ssh -L` from elsewhere, where that matters"
            )
        })
    }

    /// Whether a request may call the server so; the port does not matter, as a tunnel has its
    /// own.
    ///
    /// Where it listens on all addresses of the machine, each of them will do: a foreign site can
    /// make its name point here, but cannot make the browser send a number in its place.
    pub(super) fn answers_to(&self, host: &str) -> bool {
        let name = host.to_ascii_lowercase();
        let ip: Option<IpAddr> = name.parse().ok();
        let loopback = name == "localhost" || ip.is_some_and(|ip| ip.is_loopback());
        let bound = self.bound.ip();
        let listens_there = bound.is_unspecified() || ip == Some(bound);
        name == self.host
            || loopback && (bound.is_loopback() || bound.is_unspecified())
            || ip.is_some() && listens_there
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(host: &str, bound: &str) -> Address {
        Address {
            host: host.to_owned(),
            bound: bound.parse().expect("an address"),
        }
    }

    #[test]
    fn it_answers_to_names_of_this_machine_and_to_no_other() {
        let local = address("127.0.0.1", "127.0.0.1:80");
        for name in ["localhost", "LocalHost", "127.0.0.1", "::1"] {
            assert!(local.answers_to(name), "{name}");
        }
        for name in [
            "",
            "evil.example",
            "localhost.evil.example",
            "10.0.0.1",
            "127.0.0.1.nip.io",
        ] {
            assert!(!local.answers_to(name), "{name}");
        }
        assert!(local.warning().is_none());
    }

    #[test]
    fn on_the_network_it_answers_to_its_address_and_says_that_others_reach_it() {
        let one = address("lab.example", "10.0.0.1:80");
        assert!(one.answers_to("10.0.0.1") && one.answers_to("lab.example"));
        assert!(!one.answers_to("10.0.0.2") && !one.answers_to("localhost"));
        let all = address("0.0.0.0", "0.0.0.0:80");
        assert!(all.answers_to("10.0.0.2") && all.answers_to("localhost"));
        assert!(!all.answers_to("evil.example"));
        assert!(one.warning().is_some() && all.warning().is_some());
    }
}
