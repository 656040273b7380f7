//! What is too large, too slow or too much, and how it ends.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use super::{Answer, Server, knockout, read_answer, run};

#[test]
fn requests_that_are_too_large_are_refused() {
    let folder = run();
    let server = Server::start(&folder, &[]);
    let limit = 64 * 1024;
    let fits = format!("{}{}", knockout("fliA"), " ".repeat(limit - 100));
    assert_eq!(
        server.post("/api/perturb", fits.as_bytes(), &[]).status,
        200
    );
    let large = vec![b' '; limit + 1];
    let refused = |answer: Answer| answer.refused(413, "larger than 65536 bytes");
    refused(server.post("/api/perturb", &large, &[]));
    // a length that is announced and never sent, and one that is not announced
    refused(server.post("/api/perturb", b"", &[("content-length", "99999999999")]));
    let chunk = format!(
        "{:x}\r\n{}\r\n0\r\n\r\n",
        large.len(),
        " ".repeat(large.len())
    );
    let chunked = [("content-length", ""), ("transfer-encoding", "chunked")];
    refused(server.post("/api/perturb", chunk.as_bytes(), &chunked));
    let head = format!("x-long: {}\r\n", "x".repeat(64 * 1024));
    assert_eq!(server.get("/", &head).status, 431);
    let many = "x: 1\r\n".repeat(500);
    assert_eq!(server.get("/", &many).status, 431);
    server.lives();
}

#[test]
fn nonsense_on_the_wire_ends_its_connection_alone() {
    let folder = run();
    let server = Server::start(&folder, &[]);
    for bytes in [
        &b"\0\xff\xfe\r\n\r\n"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01",
    ] {
        let mut stream = server.connect();
        stream.write_all(bytes).expect("it reads");
        stream.shutdown(Shutdown::Write).expect("an end");
        let mut answer = Vec::new();
        // closed with or without a status
        let _ = stream.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP/1.1 2"));
    }
    server.lives();
}

#[test]
fn slow_clients_are_cancelled_and_do_not_block_others() {
    let folder = run();
    let server = Server::start(&folder, &[]);
    let start = Instant::now();
    let mut slow: Vec<TcpStream> = (0..80).map(|_| server.connect()).collect();
    for stream in &mut slow {
        // those beyond the limit wait in the system's queue
        stream.write_all(b"GET / HTTP/1.1\r\nhost: ").expect("room");
    }
    server.lives();
    let waited = start.elapsed();
    assert!(waited < Duration::from_secs(15), "{waited:?}");
    let mut first = slow.swap_remove(0);
    let mut answer = Vec::new();
    let _ = first.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 2"), "it was not let go");

    // a query that stops in its middle
    let mut stream = server.connect();
    let (host, token) = (server.host(), &server.token);
    let head = format!(
        "POST /api/perturb HTTP/1.1\r\nhost: {host}\r\nx-cistron-token: {token}\r\n\
         content-type: application/json\r\ncontent-length: 100\r\n\r\n{{"
    );
    stream.write_all(head.as_bytes()).expect("it reads");
    read_answer(stream).refused(408, "did not arrive in time");
}

#[test]
fn in_a_burst_every_client_is_answered_or_told_to_come_again() {
    let folder = run();
    let server = Server::start(&folder, &[]);
    let host = server.host();
    let mut burst: Vec<TcpStream> = (0..200).map(|_| server.connect()).collect();
    // by then those beyond the limit have been let go
    std::thread::sleep(Duration::from_millis(50));
    for stream in &mut burst {
        let head = format!("GET /api/model HTTP/1.1\r\nhost: {host}\r\n\r\n");
        let _ = stream.write_all(head.as_bytes());
    }
    let mut statuses = Vec::new();
    for mut stream in burst {
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("no reset");
        let answer = String::from_utf8(answer).expect("text");
        assert!(answer.starts_with("HTTP/1.1 "), "no answer: {answer}");
        statuses.push(answer[9..12].to_owned());
        assert!(answer.ends_with('}'), "half an answer: {answer}");
    }
    // without the token it is refused, as far as it is read
    assert!(
        statuses
            .iter()
            .all(|status| status == "403" || status == "503")
    );
    assert!(
        statuses.iter().any(|status| status == "503"),
        "{statuses:?}"
    );
    server.lives();
}

#[test]
fn clients_that_reconnect_without_a_request_do_not_block_others() {
    let folder = run();
    let server = Server::start(&folder, &[]);
    let until = Instant::now() + Duration::from_secs(4);
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| {
                let mut silent: Vec<TcpStream> = (0..30).map(|_| server.connect()).collect();
                while Instant::now() < until {
                    // those that were let go come again
                    silent.rotate_left(1);
                    silent[0] = server.connect();
                    std::thread::sleep(Duration::from_millis(10));
                }
            });
        }
        std::thread::sleep(Duration::from_secs(1));
        for _ in 0..3 {
            let start = Instant::now();
            server.lives();
            let waited = start.elapsed();
            assert!(waited < Duration::from_secs(3), "{waited:?}");
        }
    });
}

#[test]
fn many_concurrent_queries_are_all_answered() {
    let folder = run();
    let server = Server::start(&folder, &[]);
    let body = knockout("fliA");
    let alone = server.ask(&body).json()["curves"].clone();
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..40).map(|_| scope.spawn(|| server.ask(&body))).collect();
        for one in all {
            let answer = one.join().expect("an answer");
            assert_eq!(answer.status, 200, "{}", answer.body);
            assert_eq!(answer.json()["curves"], alone);
        }
    });
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_cleanly_and_one_line_was_printed() {
    let folder = run();
    for signal in ["-INT", "-TERM"] {
        let mut server = Server::start(&folder, &[]);
        server.lives();
        let id = server.child.id().to_string();
        let kill = std::process::Command::new("kill")
            .args([signal, &id])
            .status();
        assert!(kill.expect("kill runs").success());
        let status = server.child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0));
        let mut rest = String::new();
        server.out.read_to_string(&mut rest).expect("text");
        assert_eq!(rest, "");
    }
}
