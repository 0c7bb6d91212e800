//! Counts the vendors of each value, by ordinals.

use crate::indexes::{Indexes, Segment};
use std::collections::HashMap;
use std::error::Error;
use tantivy::DocId;

pub type Counts = HashMap<String, u32>;

const STATES: [&str; 3] = ["closed", "open", "unknown"];

fn column_name(facet: &str) -> &str {
    match facet {
        "category" => "categories",
        "area" => "areas",
        other => other,
    }
}

/// These vendors match with all of their branches, so a vendor's values are those of its branches.
pub fn of_vendors(segment: &Segment, name: &str, vendors: &[DocId], counts: &mut Counts) -> Result<(), Box<dyn Error>> {
    let column = segment.reader().fast_fields().str(column_name(name))?.ok_or("no such column")?;
    let mut by_ordinal = vec![0_u32; column.num_terms()];
    for vendor in vendors {
        for ordinal in column.ords().values_for_doc(*vendor) {
            by_ordinal[ordinal as usize] += 1;
        }
    }
    let mut value = String::new();
    for (ordinal, count) in by_ordinal.iter().enumerate() {
        column.ord_to_str(ordinal as u64, &mut value)?;
        put(counts, name, &value, *count);
    }
    Ok(())
}

/// Only some branches of a vendor may match: a value counts once per vendor. @param states of the weeks, by ordinal
pub fn of_branches(
    indexes: &Indexes,
    name: &str,
    branches: &[DocId],
    states: &[u8],
    counts: &mut Counts,
) -> Result<(), Box<dyn Error>> {
    if name == "category" {
        let mut vendors: Vec<DocId> = branches.iter().map(|branch| indexes.vendor_of[*branch as usize]).collect();
        vendors.dedup();
        return of_vendors(&indexes.vendors, name, &vendors, counts);
    }
    let is_open = name == "open";
    let columns = indexes.branches.reader().fast_fields();
    let column = columns.str(if is_open { "week" } else { column_name(name) })?.ok_or("no such column")?;
    let size = if is_open { STATES.len() } else { column.num_terms() };
    let mut by_ordinal = vec![0_u32; size];
    let mut last_vendor = vec![u32::MAX; size];
    for branch in branches {
        let Some(ordinal) = column.ords().first(*branch) else { continue };
        let ordinal = if is_open { states[ordinal as usize] as usize } else { ordinal as usize };
        let vendor = indexes.vendor_of[*branch as usize];
        by_ordinal[ordinal] += u32::from(last_vendor[ordinal] != vendor);
        last_vendor[ordinal] = vendor;
    }
    let mut value = String::new();
    for (ordinal, count) in by_ordinal.iter().enumerate() {
        if is_open {
            put(counts, name, STATES[ordinal], *count);
        } else {
            column.ord_to_str(ordinal as u64, &mut value)?;
            put(counts, name, &value, *count);
        }
    }
    Ok(())
}

fn put(counts: &mut Counts, name: &str, value: &str, count: u32) {
    if count > 0 {
        counts.insert(format!("{name} {value}"), count);
    }
}
