//! Written files: golden bytes, and other programs that open them.

mod bench_files;
mod exports;
mod exports_elsewhere;
mod model_file;
mod run_files;
mod table_page;
