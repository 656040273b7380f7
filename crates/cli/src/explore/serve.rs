//! Serves connections, limited in number, duration and size.

use std::error::Error;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::slots::{Slot, Slots};

/// Maximum number of connections: a browser opens six at a time to one server; ten pages fit.
const CONNECTIONS: usize = 64;
/// Time limit for a request head: on this machine it takes milliseconds, over a slow tunnel a second.
const HEAD: Duration = Duration::from_secs(5);
/// Time limit for a connection, from its start to the last byte of the response: three times the
/// time limit for a simulation.
const WHOLE: Duration = Duration::from_secs(60);
/// Maximum number of header fields: browsers send about fifteen.
const FIELDS: usize = 64;
/// Maximum size of a request head in bytes: browsers send less than one kilobyte.
const HEAD_BYTES: usize = 16 * 1024;
/// Time in which a client that is turned away may still send: a request that is under way.
const LINGER: Duration = Duration::from_millis(200);
/// Pause after the system provided no connection, for example because of too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until the process is interrupted (Ctrl-C) or terminated.
pub(super) async fn until_interrupted(
    listener: TcpListener,
    router: Router,
) -> Result<(), Box<dyn Error>> {
    tokio::spawn(accept(listener, router));
    interrupted()
        .await
        .map_err(|error| format!("the server cannot wait for signals: {error}").into())
}

async fn accept(listener: TcpListener, router: Router) {
    let slots = Slots::new(CONNECTIONS);
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let (router, slot) = (router.clone(), slots.take().await);
                // a connection that takes too long is closed without a response
                tokio::spawn(timeout(WHOLE, respond(stream, router, slot)));
            }
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// One request and its response. The connection is then closed, so that idle clients occupy no slot.
async fn respond(stream: TcpStream, router: Router, slot: Slot) {
    // the connection keeps its stream to itself
    let Ok((stream, other)) = twice(stream) else {
        return;
    };
    if exchange(stream, router, &slot).await.is_cancelled() {
        drop(slot);
        turn_away(&other).await;
    }
}

fn twice(stream: TcpStream) -> std::io::Result<(TcpStream, TcpStream)> {
    let stream = stream.into_std()?;
    let other = stream.try_clone()?;
    Ok((TcpStream::from_std(stream)?, TcpStream::from_std(other)?))
}

/// How a connection ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Exchange {
    Over,
    Cancelled,
}

impl Exchange {
    fn is_cancelled(self) -> bool {
        self == Self::Cancelled
    }
}

/// Says that the server is busy; what the client still sends is passed over, as it would otherwise be
/// told of a reset and not of this.
async fn turn_away(stream: &TcpStream) {
    const BODY: &str = "{\"error\":\"too many connections at a time; try again\"}";
    let length = BODY.len();
    let response = format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
         retry-after: 1\r\nconnection: close\r\n\r\n{BODY}"
    );
    // a client that has left, or cannot take some bytes, is not waited for
    if stream.try_write(response.as_bytes()).is_err() {
        return;
    }
    let rest = async {
        let mut bytes = [0; 1024];
        while stream.readable().await.is_ok() {
            match stream.try_read(&mut bytes) {
                Ok(0) => break,
                Err(error) if error.kind() != std::io::ErrorKind::WouldBlock => break,
                _ => {}
            }
        }
    };
    let _ = timeout(LINGER, rest).await;
}

async fn exchange(stream: TcpStream, router: Router, slot: &Slot) -> Exchange {
    let router = TowerToHyperService::new(router);
    let service = service_fn(|request: Request<Incoming>| {
        slot.keep();
        router.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .keep_alive(false)
        .max_headers(FIELDS)
        .max_header_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    let (mut connection, mut cancelled) = (pin!(connection), pin!(slot.cancelled()));
    poll_fn(|context| {
        // an aborted connection is ready as well
        if connection.as_mut().poll(context).is_ready() {
            return Poll::Ready(Exchange::Over);
        }
        let cancelled = cancelled.as_mut().poll(context);
        cancelled.map(|()| Exchange::Cancelled)
    })
    .await
}

async fn interrupted() -> std::io::Result<()> {
    let interrupt = Arc::new(Notify::new());
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (terminate, mut signals) = (Arc::clone(&interrupt), signal(SignalKind::terminate())?);
        tokio::spawn(async move {
            signals.recv().await;
            terminate.notify_one();
        });
    }
    let ctrl_c = Arc::clone(&interrupt);
    tokio::spawn(async move {
        // without this signal, the system ends the process itself
        if tokio::signal::ctrl_c().await.is_ok() {
            ctrl_c.notify_one();
        }
    });
    interrupt.notified().await;
    Ok(())
}
