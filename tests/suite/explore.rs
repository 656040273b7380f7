//! `cistron explore`: the server as a stranger on the wire meets it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::run::{Folder, shipped};

/// A server on a run of the shipped data; it ends with the test.
struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    port: u16,
    token: String,
}

/// An answer as it came over the wire.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }

    /// The same, after a look at the status and at what people are told.
    fn refused(self, status: u16, says: &str) {
        assert_eq!(self.status, status, "{}", self.body);
        let error = self.json()["error"]
            .as_str()
            .expect("a sentence")
            .to_owned();
        assert!(error.contains(says), "expected\n{says}\nfound\n{error}");
    }
}

impl Server {
    fn start(folder: &Folder, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cistron"))
            .args(["explore", "out"])
            .args(args)
            .current_dir(folder.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        out.read_line(&mut line).expect("an address");
        let (address, token) = line.trim().split_once("/?token=").expect("a token");
        let port = address.rsplit(':').next().expect("a port");
        Self {
            child,
            out,
            port: port.parse().expect("a number"),
            token: token.to_owned(),
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        let limit = Some(Duration::from_secs(60));
        stream.set_read_timeout(limit).expect("a limit");
        stream
    }

    /// Sends bytes as they are; the server closes each connection after its answer.
    fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request).expect("it reads");
        read_answer(stream)
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// A question with the headers of the page, but for those that are given.
    fn post(&self, path: &str, body: &[u8], changed: &[(&str, &str)]) -> Answer {
        let host = self.host();
        let length = body.len().to_string();
        let own = [
            ("host", host.as_str()),
            ("content-type", "application/json"),
            ("content-length", &length),
            ("x-cistron-token", &self.token),
        ];
        let kept = own
            .iter()
            .filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
        // an empty value leaves a header out
        let given = changed.iter().filter(|(_, value)| !value.is_empty());
        let mut request = format!("POST {path} HTTP/1.1\r\n");
        kept.chain(given)
            .for_each(|(name, value)| request += &format!("{name}: {value}\r\n"));
        self.raw(&[request.as_bytes(), b"\r\n", body].concat())
    }

    fn ask(&self, question: &Value) -> Answer {
        self.post("/api/perturb", question.to_string().as_bytes(), &[])
    }

    fn get(&self, path: &str, headers: &str) -> Answer {
        let host = self.host();
        let text = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n{headers}\r\n");
        self.raw(text.as_bytes())
    }

    fn page(&self) -> Answer {
        self.get(&format!("/?token={}", self.token), "")
    }

    fn lives(&self) {
        assert_eq!(self.ask(&knockout("fliA")).status, 200);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // it may have ended already
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_answer(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    let text = String::from_utf8(bytes).expect("text");
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).unwrap_or("0");
    Answer {
        status: status.parse().expect("a status"),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

fn knockout(gene: &str) -> Value {
    json!({ "interventions": [{ "gene": gene, "kind": "ko" }], "until": 60 })
}

/// A run of the shipped data, quickly made.
fn run() -> Folder {
    let data = shipped("ecoli_motility/timeseries.tsv");
    let folder = Folder::with(&[("data.tsv", &data)]);
    folder.infer(&["data.tsv", "--pairs", "2"]).with_code(0);
    folder
}

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
    assert_eq!(page.header("access-control-allow-origin"), None);

    server.get("/", "").refused(403, "with its token");
    let wrong = "0".repeat(64);
    let address = format!("/?token={wrong}");
    server.get(&address, "").refused(403, "with its token");
    server.get("/nothing", "").refused(404, "nothing here");
    server
        .get("/../../etc/passwd", "")
        .refused(404, "nothing here");
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
    answer.refused(403, "the token is missing or is that of another start");
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

    let not_ours = "only the page that this server gives may ask it";
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
        .refused(405, "not asked in this way");
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
fn questions_that_make_no_sense_are_answered_in_the_words_of_the_command_line() {
    let folder = run();
    let server = Server::start(&folder, &[]);
    let change = |key: &str, value: Value| {
        let mut question = knockout("fliA");
        question[key] = value;
        question
    };
    let done = |one: Value| change("interventions", json!([one]));
    for (question, says) in [
        (
            knockout("flia"),
            "gene `flia` is not in the model: did you mean `fliA`",
        ),
        (
            change("until", json!(-1)),
            "--until -1: expected `steady`, or a time above 0",
        ),
        (change("until", json!(0)), "--until 0: expected"),
        (change("until", json!(1e9)), "times the length of the data"),
        (
            change("points", json!(1)),
            "found 1 points, expected 2 or more",
        ),
        (change("points", json!(1_000_000)), "expected at most 1001"),
        (change("top", json!(1_000)), "expected at most 60"),
        (
            change("start", json!("nowhere@3")),
            "no state, series or condition of out/states.tsv is called so",
        ),
        (
            change("genes", json!(["none"])),
            "gene `none` is not in the model",
        ),
        (
            done(json!({"gene": "fliA", "kind": "kd"})),
            "--kd fliA: expected GENE=PART",
        ),
        (
            done(json!({"gene": "fliA", "kind": "kd", "level": 2})),
            "a part from 0 to 1; use --oe for more",
        ),
        (
            done(json!({"gene": "fliA", "kind": "oe", "level": 0.5})),
            "1 or more times; use --kd for less",
        ),
        (
            done(json!({"gene": "fliA", "kind": "set", "level": -1})),
            "found a level of -1",
        ),
        (
            done(json!({"gene": "fliA", "kind": "ko", "from": 5, "to": 2})),
            "the window 5:2 does not end after it starts",
        ),
        (
            done(json!({"gene": "fliA", "kind": "ko", "from": 70})),
            "lies outside of the simulated time",
        ),
        (
            change(
                "interventions",
                json!([{"gene": "fliA", "kind": "ko"}, {"gene": "fliA", "kind": "kd", "level": 0.5}]),
            ),
            "gene `fliA` is changed twice at the same time",
        ),
        (
            json!({"interventions": [{"gene": "fliA", "kind": "ko", "to": 1e300}], "until": null}),
            "times the length of the data",
        ),
        (
            change(
                "interventions",
                json!(vec![json!({"gene": "fliA", "kind": "ko"}); 51]),
            ),
            "found 51 interventions, expected at most 50",
        ),
    ] {
        server.ask(&question).refused(422, says);
    }
    for text in [
        "",
        "no JSON",
        "[]",
        "{\"until\": NaN}",
        "{\"until\": 1e999}",
        "{\"unheard\": 1}",
        "{\"interventions\": [{\"gene\": \"fliA\", \"kind\": \"gone\"}]}",
        &"[".repeat(60_000),
    ] {
        let answer = server.post("/api/perturb", text.as_bytes(), &[]);
        answer.refused(400, "the request is no question");
    }
    server.lives();
}

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
fn slow_clients_are_let_go_and_many_of_them_keep_nobody_out() {
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

    // a question that stops in its middle
    let mut stream = server.connect();
    let (host, token) = (server.host(), &server.token);
    let head = format!(
        "POST /api/perturb HTTP/1.1\r\nhost: {host}\r\nx-cistron-token: {token}\r\n\
         content-type: application/json\r\ncontent-length: 100\r\n\r\n{{"
    );
    stream.write_all(head.as_bytes()).expect("it reads");
    read_answer(stream).refused(408, "did not come in time");
}

#[test]
fn many_questions_at_a_time_are_all_answered() {
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

/// Rows of response.tsv, each with what the page was told of the same time and gene.
fn compare(table: &str, answer: &Value, names: &[String]) -> usize {
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(1)
        .map(|row| row.split('\t').collect())
        .collect();
    let genes = names.len();
    let mut compared = 0;
    for curve in answer["curves"].as_array().expect("curves") {
        let gene = curve["gene"].as_u64().expect("a position") as usize;
        for (at, chunk) in rows.chunks(genes).enumerate() {
            let row = &chunk[gene];
            assert_eq!(row[1], names[gene]);
            for (column, key) in [(2, "wild"), (3, "perturbed"), (5, "low"), (6, "high")] {
                let told = curve[key][at].as_f64().expect("a number");
                let written: f64 = row[column].parse().expect("a number");
                let same = (told - written).abs() <= 1e-5 * written.abs().max(1e-9);
                assert!(
                    same,
                    "{} {key} at {}: {told}, not {written}",
                    row[1], row[0]
                );
                compared += 1;
            }
        }
    }
    compared
}

#[test]
fn the_numbers_are_those_of_the_command_line_to_the_byte() {
    let folder = run();
    let server = Server::start(&folder, &[]);
    let model: Value = serde_json::from_str(&folder.read("out/model.json")).expect("a model");
    let genes = model["genes"].as_array().expect("genes").iter();
    let name = |name: &Value| name.as_str().expect("a name").to_owned();
    let names: Vec<String> = genes.map(name).collect();
    for (args, question) in [
        (
            vec!["--ko", "fliA"],
            json!({"interventions": [{"gene": "fliA", "kind": "ko"}]}),
        ),
        (
            vec![
                "--kd",
                "hns=0.3",
                "--window",
                "hns=10:40.5",
                "--until",
                "60",
                "--points",
                "13",
            ],
            json!({
                "interventions": [{"gene": "hns", "kind": "kd", "level": 0.3, "from": 10, "to": 40.5}],
                "until": 60, "points": 13
            }),
        ),
        (
            vec![
                "--oe", "crp=2.5x", "--set", "fis=0.8", "--from", "1@20", "--until", "100",
            ],
            json!({
                "interventions": [{"gene": "crp", "kind": "oe", "level": 2.5}, {"gene": "fis", "kind": "set", "level": 0.8}],
                "start": "1@20", "until": 100
            }),
        ),
    ] {
        let all = [&["perturb", "out", "-o", "answer", "-q"][..], &args].concat();
        folder.cistron(&all).with_code(0);
        let written = folder.read("answer/response.tsv");
        let told = server.post("/api/perturb.tsv", question.to_string().as_bytes(), &[]);
        assert_eq!(told.status, 200);
        assert!(told.body == written, "response.tsv differs for {args:?}");
        let answer = server.ask(&question);
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(compare(&written, &answer.json(), &names) >= 24);
        let effects = folder.read("answer/effects.tsv");
        let first = effects
            .lines()
            .nth(1)
            .expect("an effect")
            .split('\t')
            .nth(1);
        let position = answer.json()["effects"]["gene"][0]
            .as_u64()
            .expect("a position");
        assert_eq!(first, Some(names[position as usize].as_str()));
    }
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
    ran.says("cannot be listened on");
    folder
        .cistron(&["explore", "out", "--host", "not an address"])
        .with_code(2)
        .says("no address of this machine is called so");
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

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_cleanly_and_one_line_was_printed() {
    let folder = run();
    for signal in ["-INT", "-TERM"] {
        let mut server = Server::start(&folder, &[]);
        server.lives();
        let id = server.child.id().to_string();
        let kill = Command::new("kill").args([signal, &id]).status();
        assert!(kill.expect("kill runs").success());
        let status = server.child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0));
        let mut rest = String::new();
        server.out.read_to_string(&mut rest).expect("text");
        assert_eq!(rest, "");
    }
}

#[test]
fn a_folder_that_holds_no_run_is_refused_with_what_to_do() {
    let folder = Folder::with(&[("out/other.txt", b"")]);
    let ran = folder.cistron(&["explore", "out"]).with_code(2);
    ran.says("give the folder of a `cistron infer` run");
}
