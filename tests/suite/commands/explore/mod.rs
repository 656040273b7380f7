//! `cistron explore`: the server as a stranger on the wire meets it.

mod access;
mod limits;
mod queries;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

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

    /// A query with the headers of the page, but for those that are given.
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

    fn ask(&self, query: &Value) -> Answer {
        self.post("/api/perturb", query.to_string().as_bytes(), &[])
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
