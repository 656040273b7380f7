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
        let over = connection.as_mut().poll(context).is_ready();
        match over || cancelled.as_mut().poll(context).is_ready() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
    .await;
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
