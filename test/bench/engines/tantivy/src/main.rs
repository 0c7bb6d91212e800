//! Tantivy as a peer of the bench: reads settings and documents from standard input, writes a line when they are indexed, then performs
//! one task per line. Argument: a directory for the indexes.

mod documents;
mod facets;
mod indexes;
mod places;
mod tasks;

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

/// How long a task is warmed up before it is first measured.
const WARM_UP: Duration = Duration::from_millis(500);

pub type Assignments = HashMap<String, String>;

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).ok_or("a directory for the indexes is missing")?;
    let mut lines = std::io::stdin().lock().lines();
    let settings = assignments(&lines.next().ok_or("no settings")??);
    let mut writer = documents::DocumentWriter::new(&directory)?;
    for line in lines.by_ref() {
        let line = line?;
        if line == "." {
            break;
        }
        writer.add(&line.split('\t').collect::<Vec<_>>())?;
    }
    let mut runner = tasks::TaskRunner::new(writer.finish()?, &settings)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{{}}")?;
    out.flush()?;
    let mut warm = HashSet::new();
    for line in lines {
        let task = assignments(&line?);
        let name = task.iter().filter(|(key, _)| *key != "times").map(|(key, value)| format!("{key}={value}"));
        let mut name: Vec<_> = name.collect();
        name.sort();
        if warm.insert(name) {
            let start = Instant::now();
            while start.elapsed() < WARM_UP && runner.run(&task)?.is_some() {}
        }
        writeln!(out, "{}", perform(&mut runner, &task)?)?;
        out.flush()?;
    }
    Ok(())
}

/// The times in milliseconds and the answer as JSON; no times if the task is not performed.
fn perform(runner: &mut tasks::TaskRunner, task: &Assignments) -> Result<String, Box<dyn Error>> {
    let mut ms = Vec::new();
    let mut answer = None;
    for _ in 0..task["times"].parse::<usize>()? {
        let start = Instant::now();
        answer = runner.run(task)?;
        let took = start.elapsed();
        if answer.is_none() {
            break;
        }
        ms.push((took.as_nanos() as f64 / 1e6).to_string());
    }
    let answer = answer.map(|one| format!(",{}", one.json())).unwrap_or_default();
    Ok(format!("{{\"ms\":[{}]{answer}}}", ms.join(",")))
}

/// `name=value name=value`.
fn assignments(line: &str) -> Assignments {
    line.split(' ').filter_map(|part| part.split_once('=')).map(|(key, value)| (key.into(), value.into())).collect()
}
