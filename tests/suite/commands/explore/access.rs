//! Who is let in, and from where.

use std::io::Read;
use std::net::TcpListener;

use super::{Server, knockout, run};

#[test]
fn the_page_is_given_to_those_who_have_the_address_and_holds_browsers_to_it() {
    let folder = run();
    let server = Server::start(&folder, &[]);
    let page = server.page();
    assert_eq!(page.status, 200);
    assert!(page.body.starts_with("<!doctype html>"), "{}", page.head);
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(page.header(name), Some(value));
    }
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("frame-ancestors 'none'"));
    assert!(policy.contains("default-src 'none'"));
    let script = policy
        .split("; ")
        .find(|part| part.starts_with("script-src "));
    assert!(!script.expect("a rule").contains("unsafe"), "{policy}");
    let own = policy.trim_end_matches("; frame-ancestors 'none'");
    let own = own.replace('\'', "&apos;");
    assert!(page.body.contains(&own), "the page says another: {policy}");
    assert_eq!(page.header("access-control-allow-origin"), None);

    server.get("/", "").refused(403, "with its token");
    let wrong = "0".repeat(64);
    let address = format!("/?token={wrong}");
    server.get(&address, "").refused(403, "with its token");
    server.get("/nothing", "").refused(404, "does not exist");
    server
        .get("/../../etc/passwd", "")
        .refused(404, "does not exist");
    server.lives();
}

#[test]
fn each_start_draws_another_token() {
    let folder = run();
    let (one, other) = (Server::start(&folder, &[]), Server::start(&folder, &[]));
    assert_ne!(one.token, other.token);
    let body = knockout("fliA").to_string();
    let answer = other.post(
        "/api/perturb",
        body.as_bytes(),
        &[("x-cistron-token", &one.token)],
    );
    answer.refused(403, "the token is missing or belongs to an earlier start");
}

#[test]
fn what_does_not_come_from_the_page_is_refused() {
    let folder = run();
    let server = Server::start(&folder, &[]);
    let body = knockout("fliA").to_string();
    let ask = |changed: &[(&str, &str)]| server.post("/api/perturb", body.as_bytes(), changed);
    let own = format!("http://{}", server.host());
    let same = [("origin", own.as_str()), ("sec-fetch-site", "same-origin")];
    assert_eq!(ask(&same).status, 200);
    let tunnel = [
        ("host", "localhost:8888"),
        ("origin", "http://localhost:8888"),
    ];
    assert_eq!(ask(&tunnel).status, 200);

    let not_here = "the host of the request is not this server";
    for host in [
        "evil.example",
        "evil.example:80",
        "",
        "127.0.0.1@evil.example",
        "10.0.0.1",
    ] {
        ask(&[("host", host)]).refused(421, not_here);
    }
    let twice = format!("{}\r\nhost: evil.example", server.host());
    ask(&[("host", &twice)]).refused(421, not_here);

    let not_ours = "only the page of this server may send queries";
    for origin in [
        "https://evil.example",
        "null",
        "http://localhost:1",
        "http://127.0.0.1",
    ] {
        ask(&[("origin", origin)]).refused(403, not_ours);
    }
    for site in ["cross-site", "same-site", "none"] {
        ask(&[("sec-fetch-site", site)]).refused(403, not_ours);
    }
    for token in ["", "0", &server.token[1..]] {
        ask(&[("x-cistron-token", token)]).refused(403, "the token is missing");
    }
    for found in [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
    ] {
        ask(&[("content-type", found)]).refused(415, "expected application/json");
    }
    let get = format!("x-cistron-token: {}\r\n", server.token);
    server
        .get("/api/perturb", &get)
        .refused(405, "this method is not allowed");
    server.lives();
}

#[test]
fn a_request_to_a_foreign_address_is_refused_on_every_path() {
    let folder = run();
    let server = Server::start(&folder, &[]);
    let host = server.host();
    for target in ["/", "/favicon.ico", "/api/perturb", "http://evil.example/"] {
        let text = format!("GET {target} HTTP/1.1\r\nhost: evil.example\r\n\r\n");
        server.raw(text.as_bytes()).refused(421, "not this server");
    }
    let text = format!("GET http://evil.example/ HTTP/1.1\r\nhost: {host}\r\n\r\n");
    server.raw(text.as_bytes()).refused(421, "not this server");
    server.lives();
}

#[test]
fn it_listens_on_the_loopback_address_alone() {
    let folder = run();
    let mut server = Server::start(&folder, &[]);
    // the same port is free on every other address of this machine
    let other = TcpListener::bind(("127.0.0.2", server.port));
    assert!(other.is_ok(), "it listens on more than it should");
    drop(other);
    let taken = server.port.to_string();
    let ran = folder
        .cistron(&["explore", "out", "--port", &taken])
        .with_code(2);
    ran.says("the server cannot listen there");
    folder
        .cistron(&["explore", "out", "--host", "not an address"])
        .with_code(2)
        .says("this machine has no address of this name");
    server.child.kill().expect("it ran");
    let mut log = String::new();
    let mut errors = server.child.stderr.take().expect("a pipe");
    errors.read_to_string(&mut log).expect("text");
    assert!(!log.contains("can be reached by other machines"), "{log}");
}

#[test]
fn on_all_addresses_it_warns_and_takes_numbers_for_its_host_but_no_names() {
    let folder = run();
    let mut server = Server::start(&folder, &["--host", "0.0.0.0"]);
    let body = knockout("fliA").to_string();
    let ask = |host: &str| server.post("/api/perturb", body.as_bytes(), &[("host", host)]);
    assert_eq!(ask("10.1.2.3:80").status, 200);
    ask("evil.example").refused(421, "not this server");
    server.child.kill().expect("it ran");
    let mut log = String::new();
    let mut errors = server.child.stderr.take().expect("a pipe");
    errors.read_to_string(&mut log).expect("text");
    assert!(
        log.contains("warning: 0.0.0.0 can be reached by other machines"),
        "{log}"
    );
}
