//! Connections: how many, how long, how large.

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

use super::seats::{Seat, Seats};

/// Connections at a time; beyond, those that are silent are let go, and others wait.
const CONNECTIONS: usize = 64;
/// For how long a client may take to send the head of its request.
const HEAD: Duration = Duration::from_secs(5);
/// For how long a connection lasts at most, from its start to the last byte of the answer.
const WHOLE: Duration = Duration::from_secs(60);
/// Fields of a head, and its bytes.
const FIELDS: usize = 64;
const HEAD_BYTES: usize = 16 * 1024;
/// After the system gave no connection, for example because there are too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until the process is interrupted (Ctrl-C) or asked to end.
pub(super) async fn until_interrupted(
    listener: TcpListener,
    router: Router,
) -> Result<(), Box<dyn Error>> {
    tokio::spawn(accept(listener, router));
    interrupted()
        .await
        .map_err(|error| format!("signals cannot be waited for: {error}").into())
}

async fn accept(listener: TcpListener, router: Router) {
    let seats = Seats::new(CONNECTIONS);
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let (router, seat) = (router.clone(), seats.take().await);
                // one that takes too long is dropped; there is nobody to tell
                tokio::spawn(timeout(WHOLE, converse(stream, router, seat)));
            }
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// One request and its answer; a connection is not kept for a second one, so that nobody holds one
/// for longer than he needs it.
async fn converse(stream: TcpStream, router: Router, seat: Seat) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(|request: Request<Incoming>| {
        seat.heard();
        router.call(request)
    });
    let talk = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .keep_alive(false)
        .max_headers(FIELDS)
        .max_header_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    let (mut talk, mut unwanted) = (pin!(talk), pin!(seat.unwanted()));
    poll_fn(|context| {
        // a connection that breaks off is over as well
        let over = talk.as_mut().poll(context).is_ready();
        match over || unwanted.as_mut().poll(context).is_ready() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
    .await;
}

async fn interrupted() -> std::io::Result<()> {
    let told = Arc::new(Notify::new());
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (told, mut end) = (Arc::clone(&told), signal(SignalKind::terminate())?);
        tokio::spawn(async move {
            end.recv().await;
            told.notify_one();
        });
    }
    let stop = Arc::clone(&told);
    tokio::spawn(async move {
        // a system without the signal ends the process in its own way
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.notify_one();
        }
    });
    told.notified().await;
    Ok(())
}
