//! `cistron explore`: the page of a run with its model behind it, for a browser on this machine.
//!
//! What keeps others out, each by itself enough against most of them:
//!
//! * it listens on the loopback address, unless told otherwise ([`address`]);
//! * a request has to name this machine as its host: the name of a foreign site that was made to
//!   point here is refused ([`guard`]);
//! * page and model want a token that is drawn at every start and stands in the address that is
//!   printed, so that other users of the machine, and pages of other sites, have no way in;
//! * requests from other sites, and requests that a page may send without asking (forms, images),
//!   are refused; nothing is ever allowed to other origins;
//! * requests, their number, the time that they take and what they ask for are bounded
//!   ([`serve`], [`query_json`], [`live`]);
//! * no request opens a file: the run is read once, at the start.

mod address;
mod api;
mod explore_command;
mod guard;
mod live;
mod live_page;
mod query_json;
mod refusal;
mod reply;
mod serve;
mod slots;

pub(crate) use explore_command::{ExploreArgs, run};
