//! The address of the server, and the host names that it accepts.

use std::error::Error;
use std::net::{IpAddr, SocketAddr};

use tokio::net::{TcpListener, lookup_host};

use super::token::Token;

/// The address that the server listens on.
#[derive(Clone, Debug)]
pub(super) struct Address {
    /// The value of `--host`.
    host: String,
    bound: SocketAddr,
}

impl Address {
    /// Listens on the first address of a host.
    ///
    /// # Errors   a message for the user: the host is unknown, or the port is in use.
    pub(super) async fn bind(host: &str, port: u16) -> Result<(TcpListener, Self), Box<dyn Error>> {
        let unbracketed = host.trim_start_matches('[').trim_end_matches(']');
        let addresses = lookup_host((unbracketed, port)).await.ok();
        let address = addresses.and_then(|mut addresses| addresses.next());
        let address = address.ok_or_else(|| {
            format!(
                "--host {host}: this machine has no address of this name; expected an address such \
                 as 127.0.0.1"
            )
        })?;
        let failed = |error| {
            format!(
                "{address}: the server cannot listen there ({error}); give another --port (0: any \
                 free port), and an address of this machine as --host"
            )
        };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let bound = listener.local_addr().map_err(failed)?;
        let host = unbracketed.to_ascii_lowercase();
        Ok((listener, Self { host, bound }))
    }

    /// The address to open, with the token.
    pub(super) fn url(&self, token: &Token) -> String {
        let ip = self.bound.ip();
        let host = match ip {
            // a server on all addresses is opened by the loopback address
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

    /// A warning if other machines can reach the server.
    pub(super) fn warning(&self) -> Option<String> {
        let ip = self.bound.ip();
        (!ip.is_loopback()).then(|| {
            format!(
                "{ip} can be reached by other machines: everybody who has the address with its \
                 token can see the run and use the model, and the connection is not encrypted; for \
                 confidential data use the default host, and `ssh -L` from other machines"
            )
        })
    }

    /// Whether a request may use this host name. The port does not matter, since a tunnel has a
    /// different one.
    ///
    /// A server on all addresses of the machine accepts each of them as a number: another site can
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
    fn only_names_of_this_machine_are_accepted() {
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
    fn on_the_network_its_address_is_accepted_and_a_warning_is_given() {
        let lab = address("lab.example", "10.0.0.1:80");
        assert!(lab.answers_to("10.0.0.1") && lab.answers_to("lab.example"));
        assert!(!lab.answers_to("10.0.0.2") && !lab.answers_to("localhost"));
        let any = address("0.0.0.0", "0.0.0.0:80");
        assert!(any.answers_to("10.0.0.2") && any.answers_to("localhost"));
        assert!(!any.answers_to("evil.example"));
        assert!(lab.warning().is_some() && any.warning().is_some());
    }
}
