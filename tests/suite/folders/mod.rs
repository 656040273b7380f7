//! What is in a folder of results after kills, failing disks, several writers and flipped bits.

mod damage;
#[cfg(target_os = "linux")]
mod failing_calls;
mod processes;
