//! `rust-minidump-loop SYMBOLS ROUNDS DUMP...`: walks all dumps once, so that symbols are parsed and warm, and then ROUNDS times more,
//! each read from its file anew and printed as JSON to nowhere. Prints the seconds of those rounds and how many dumps they walked.
use minidump::Minidump;
use minidump_processor::{process_minidump_with_options, ProcessorOptions};
use minidump_unwind::{simple_symbol_supplier, Symbolizer};
use std::{env, path::PathBuf, time::Instant};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let symbols = Symbolizer::new(simple_symbol_supplier(vec![PathBuf::from(&arguments[0])]));
    let rounds: usize = arguments[1].parse().expect("ROUNDS is a number");
    walk_all(&arguments[2..], &symbols);
    let started = Instant::now();
    let walked: usize = (0..rounds).map(|_| walk_all(&arguments[2..], &symbols)).sum();
    println!("{} {}", started.elapsed().as_secs_f64(), walked);
}

/** How many could be walked: what the library refuses costs it next to nothing, and is not counted. */
fn walk_all(dumps: &[String], symbols: &Symbolizer) -> usize {
    dumps.iter().filter(|dump| walk(dump, symbols).is_some()).count()
}

fn walk(path: &str, symbols: &Symbolizer) -> Option<()> {
    let dump = Minidump::read_path(path).ok()?;
    let options = ProcessorOptions::default();
    let state = futures_executor::block_on(process_minidump_with_options(&dump, symbols, options)).ok()?;
    state.print_json(&mut std::io::sink(), false).ok()
}
