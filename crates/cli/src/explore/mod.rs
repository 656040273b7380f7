//! `cistron explore`: the page of a run with its model behind it, for a browser on this machine.
//!
//! Protection against others, in layers that each suffice against most attacks:
//!
//! * the server listens on the loopback address, unless `--host` is given ([`address`]);
//! * a request has to name this machine as its host, which stops DNS rebinding ([`guard`]);
//! * page and model need a token, which is drawn at every start and is part of the printed address
//!   ([`token`]): other users of the machine and pages of other sites do not know it;
//! * requests from other sites, and requests that browsers send without permission (forms, images),
//!   are refused; no other origin is ever allowed;
//! * the number of requests, their duration and their size are bounded ([`serve`], [`slots`],
//!   [`query_json`], [`live`]);
//! * no request opens a file: the run is read once, at the start.

mod address;
mod api;
mod explore_command;
mod guard;
mod live;
mod live_page;
#[cfg(test)]
mod protocol_sample;
mod query_json;
mod refusal;
mod reply;
mod serve;
mod slots;
mod token;

pub(crate) use explore_command::{ExploreArgs, run};
