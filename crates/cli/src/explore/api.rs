//! What can be asked: the page, and answers of the model.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use cistron::field::VectorField;
use cistron::io::write_response;
use tokio::time::timeout;

use super::ask::{Ask, Question};
use super::guard::{Guard, watch};
use super::live::{Live, rows};
use super::refusal::Refusal;
use super::reply::{self, Reply};

/// Bytes of a question at most.
const BODY: usize = 64 * 1024;
/// Bytes of a larger one that are read all the same, so that the sender hears why it is refused.
const HEARD: usize = 1024 * 1024;
/// Rows of a table at most, some 50 megabytes.
const TABLE: usize = 500_000;
/// For how long a client may take to send its question.
const SENDING: Duration = Duration::from_secs(5);

/// All that is answered, behind the guard.
///
/// * `page`: the whole page, which stays the same
pub(super) fn router(live: Arc<Live>, guard: Arc<Guard>, page: Bytes) -> Router {
    Router::new()
        .route("/", get(move || async { Html(page) }))
        // browsers ask for it by themselves
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .route("/api/perturb", post(perturb))
        .route("/api/perturb.tsv", post(table))
        .fallback(|| async { Refusal::new(StatusCode::NOT_FOUND, "there is nothing here") })
        .method_not_allowed_fallback(|| async {
            let message = "this address is not asked in this way";
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, message)
        })
        .layer(from_fn_with_state(guard, watch))
        .with_state(live)
}

/// Levels of some genes, effects on all.
async fn perturb(State(live): State<Arc<Live>>, request: Request) -> Result<Response, Refusal> {
    let question = question(&live, request).await?;
    let bytes = live.simulate(question.bands, move |live, stop| {
        let reply = Reply::to(live, &question, stop)?;
        Ok(serde_json::to_vec(&reply).expect("all of it can be said in JSON"))
    });
    let head = [(header::CONTENT_TYPE, "application/json")];
    Ok((head, bytes.await?).into_response())
}

/// The bytes of the response.tsv that `cistron perturb` writes.
async fn table(State(live): State<Arc<Live>>, request: Request) -> Result<Response, Refusal> {
    let question = question(&live, request).await?;
    check_rows(rows(&question.setting.until) * live.model().field.genes().len())?;
    let bytes = live.simulate(question.bands, move |live, stop| {
        let ready = live.ready(&question.setting, question.bands, stop)?;
        let response = reply::response(&ready, &question, stop)?;
        let mut bytes = Vec::new();
        write_response(&response, &mut bytes).expect("memory takes all");
        Ok(bytes)
    });
    let head = [
        (
            header::CONTENT_TYPE,
            "text/tab-separated-values; charset=utf-8",
        ),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"response.tsv\"",
        ),
    ];
    Ok((head, bytes.await?).into_response())
}

/// Refuses a table that is too long to be put together in memory.
fn check_rows(rows: usize) -> Result<(), Refusal> {
    if rows <= TABLE {
        return Ok(());
    }
    let message = format!(
        "the table would have {rows} rows, expected at most {TABLE}; ask for fewer points, or use \
         `cistron perturb`"
    );
    Err(Refusal::unanswerable(&message))
}

async fn question(live: &Arc<Live>, request: Request) -> Result<Question, Refusal> {
    check_type(request.headers())?;
    let body = read(request).await?;
    Ask::read(&body)?.resolve(live)
}

/// A form on another site can send any type but this one without asking first.
fn check_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let found = headers.get(header::CONTENT_TYPE);
    let found = found.and_then(|value| value.to_str().ok()).unwrap_or("");
    let essence = found.split(';').next().unwrap_or("").trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let message = format!("found the content type `{found}`, expected application/json");
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message))
}

async fn read(request: Request) -> Result<Bytes, Refusal> {
    let large = || {
        let message = format!("the question is larger than {BODY} bytes; ask for less at a time");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, message)
    };
    let announced = request.headers().get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > HEARD as u64) {
        return Err(large());
    }
    match timeout(SENDING, to_bytes(request.into_body(), HEARD)).await {
        Ok(Ok(bytes)) if bytes.len() <= BODY => Ok(bytes),
        Ok(_) => Err(large()),
        Err(_) => Err(Refusal::new(
            StatusCode::REQUEST_TIMEOUT,
            "the question did not come in time",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_too_long_is_refused_with_its_rows() {
        assert_eq!(check_rows(TABLE), Ok(()));
        let refusal = format!("{:?}", check_rows(1_001_000).expect_err("too long"));
        assert!(refusal.contains("1001000 rows, expected at most 500000"));
    }
}
