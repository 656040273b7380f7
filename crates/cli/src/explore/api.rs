//! Routes of the server: the page, and queries to the model.

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

use super::guard::{Guard, enforce};
use super::live::Live;
use super::query_json::{Query, QueryJson};
use super::refusal::Refusal;
use super::reply::{self, Reply};

/// Maximum size of a query in bytes: 50 interventions with 60 genes take some 5 kilobytes.
const BODY: usize = 64 * 1024;
/// Bytes that are read of a larger query, so that its sender receives the reason of the refusal.
const READ: usize = 1024 * 1024;
/// Maximum number of rows of a table, about 50 megabytes.
const TABLE: usize = 500_000;
/// Time limit for the body of a query, the same as for its head.
const SENDING: Duration = Duration::from_secs(5);

/// All routes, behind the guard.
///
/// * `page`: the whole page, which does not change
pub(super) fn router(live: Arc<Live>, guard: Arc<Guard>, page: Bytes) -> Router {
    Router::new()
        .route("/", get(move || async { Html(page) }))
        // browsers request it automatically
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .route("/api/perturb", post(perturb))
        .route("/api/perturb.tsv", post(table))
        .fallback(|| async { Refusal::new(StatusCode::NOT_FOUND, "this address does not exist") })
        .method_not_allowed_fallback(|| async {
            let message = "this method is not allowed for this address";
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, message)
        })
        .layer(from_fn_with_state(guard, enforce))
        .with_state(live)
}

/// Levels of some genes, effects on all.
async fn perturb(State(live): State<Arc<Live>>, request: Request) -> Result<Response, Refusal> {
    let query = query(&live, request).await?;
    let bytes = live.simulate(query.setting.bands, move |live, stop| {
        let reply = Reply::to(live, &query, stop)?;
        Ok(serde_json::to_vec(&reply).expect("columns of numbers and names are valid JSON"))
    });
    let head = [(header::CONTENT_TYPE, "application/json")];
    Ok((head, bytes.await?).into_response())
}

/// The bytes of the response.tsv that `cistron perturb` writes.
async fn table(State(live): State<Arc<Live>>, request: Request) -> Result<Response, Refusal> {
    let query = query(&live, request).await?;
    check_rows(query.setting.until.most_rows() * live.model().field.genes().len())?;
    let bytes = live.simulate(query.setting.bands, move |live, stop| {
        let ready = live.ready(&query.setting, stop)?;
        let response = reply::response(&ready, &query, stop)?;
        let mut bytes = Vec::new();
        write_response(&response, &mut bytes).expect("writing to memory does not fail");
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

/// Refuses a table that is too long for memory.
fn check_rows(rows: usize) -> Result<(), Refusal> {
    if rows <= TABLE {
        return Ok(());
    }
    let message = format!(
        "the table would have {rows} rows, expected at most {TABLE}; reduce the number of points, \
         or use `cistron perturb`"
    );
    Err(Refusal::unanswerable(&message))
}

async fn query(live: &Arc<Live>, request: Request) -> Result<Query, Refusal> {
    check_type(request.headers())?;
    let body = read(request).await?;
    QueryJson::read(&body)?.resolve(live)
}

/// A form on another site can send every type but this one without permission.
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
    let announced = request.headers().get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > READ as u64) {
        return Err(too_large());
    }
    match timeout(SENDING, to_bytes(request.into_body(), READ)).await {
        Ok(Ok(bytes)) if bytes.len() <= BODY => Ok(bytes),
        Ok(_) => Err(too_large()),
        Err(_) => Err(Refusal::new(
            StatusCode::REQUEST_TIMEOUT,
            "the query did not arrive in time",
        )),
    }
}

fn too_large() -> Refusal {
    let message = format!("the query is larger than {BODY} bytes; split it");
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, message)
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
