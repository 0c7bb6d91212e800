//! Writes two indexes: a document per branch, and one per vendor, in the same order.

use crate::indexes::{Indexes, Segment};
use crate::places::{cell_of, UNITS_PER_DEGREE};
use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions, Value, FAST, INDEXED};
use tantivy::{Index, IndexWriter, TantivyDocument};

/// Enough for one segment per million documents, so that documents keep their order.
const MEMORY: usize = 3_000_000_000;
const MINUTES: u32 = 10_080;

struct Fields {
    all: Field,
    own: Field,
    status: Field,
    categories: Field,
    facility: Field,
    areas: Field,
    hour: Field,
    week: Field,
    cell: Field,
    lat: Field,
    lon: Field,
    vendor: Field,
}

pub struct DocumentWriter {
    vendor_writer: IndexWriter,
    branch_writer: IndexWriter,
    fields: Fields,
    vendors: u64,
    /// The words of the vendor whose branches are being read, and its document.
    words: Vec<String>,
    document: Option<TantivyDocument>,
}

/// Both indexes have the same schema; each document has some of the fields.
fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    let term = TextOptions::default().set_indexing_options(indexing);
    let column = TextOptions::default().set_fast("raw");
    let both = term.clone().set_fast("raw");
    let fields = Fields {
        all: builder.add_text_field("all", term.clone()),
        own: builder.add_text_field("own", term.clone()),
        status: builder.add_text_field("status", both.clone()),
        categories: builder.add_text_field("categories", both),
        facility: builder.add_text_field("facility", column.clone()),
        areas: builder.add_text_field("areas", column.clone()),
        hour: builder.add_text_field("hour", term),
        week: builder.add_text_field("week", column),
        cell: builder.add_u64_field("cell", NumericOptions::from(INDEXED)),
        lat: builder.add_i64_field("lat", FAST),
        lon: builder.add_i64_field("lon", FAST),
        vendor: builder.add_u64_field("vendor", FAST),
    };
    (builder.build(), fields)
}

fn writer(directory: &str, name: &str) -> Result<(IndexWriter, Fields), Box<dyn Error>> {
    let (schema, fields) = schema();
    let path = Path::new(directory).join(name);
    std::fs::create_dir_all(&path)?;
    let writer = Index::create_in_dir(path, schema)?.writer_with_num_threads(1, MEMORY)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    Ok((writer, fields))
}

impl DocumentWriter {
    pub fn new(directory: &str) -> Result<Self, Box<dyn Error>> {
        let (vendor_writer, _) = writer(directory, "vendors")?;
        let (branch_writer, fields) = writer(directory, "branches")?;
        Ok(Self { vendor_writer, branch_writer, fields, vendors: 0, words: Vec::new(), document: None })
    }

    pub fn add(&mut self, columns: &[&str]) -> Result<(), Box<dyn Error>> {
        if columns[0] == "V" { self.add_vendor(columns) } else { self.add_branch(columns) }
    }

    fn add_vendor(&mut self, columns: &[&str]) -> Result<(), Box<dyn Error>> {
        self.write_vendor()?;
        self.words = terms(&columns[1..4]).into_iter().collect();
        let mut document = TantivyDocument::new();
        for word in &self.words {
            document.add_text(self.fields.all, word);
        }
        for category in columns[4].split(' ') {
            document.add_text(self.fields.categories, category);
        }
        document.add_u64(self.fields.vendor, self.vendors);
        self.vendors += 1;
        self.document = Some(document);
        Ok(())
    }

    fn add_branch(&mut self, columns: &[&str]) -> Result<(), Box<dyn Error>> {
        let mut document = TantivyDocument::new();
        let own = terms(&columns[3..5]);
        let fields = &self.fields;
        for word in self.words.iter().filter(|word| !own.contains(*word)).chain(&own) {
            document.add_text(fields.all, word);
        }
        for word in &own {
            document.add_text(fields.own, word);
        }
        let (lat, lon) = (units(columns[1])?, units(columns[2])?);
        document.add_u64(fields.cell, cell_of(lat, lon));
        document.add_i64(fields.lat, lat);
        document.add_i64(fields.lon, lon);
        document.add_text(fields.status, columns[5]);
        document.add_u64(fields.vendor, self.vendors - 1);
        let vendor = self.document.as_mut().ok_or("a branch without a vendor")?;
        for (field, value) in [(fields.facility, columns[6]), (fields.areas, columns[7])] {
            if value.is_empty() {
                continue;
            }
            document.add_text(field, value);
            if !vendor.get_all(field).any(|one| one.as_str() == Some(value)) {
                vendor.add_text(field, value);
            }
        }
        for hour in hours(columns[8])? {
            document.add_text(fields.hour, hour.to_string());
        }
        document.add_text(fields.week, format!("{}\t{}", columns[8], columns[9]));
        self.branch_writer.add_document(document)?;
        Ok(())
    }

    fn write_vendor(&mut self) -> Result<(), Box<dyn Error>> {
        if let Some(document) = self.document.take() {
            self.vendor_writer.add_document(document)?;
        }
        Ok(())
    }

    pub fn finish(mut self) -> Result<Indexes, Box<dyn Error>> {
        self.write_vendor()?;
        self.vendor_writer.commit()?;
        self.branch_writer.commit()?;
        Indexes::new(Segment::open(self.vendor_writer.index())?, Segment::open(self.branch_writer.index())?)
    }
}

/// The words and stems of columns of `word/stem`.
fn terms(columns: &[&str]) -> BTreeSet<String> {
    let words = columns.iter().flat_map(|column| column.split(' ')).filter_map(|word| word.split_once('/'));
    words.flat_map(|(word, stem)| [word.to_string(), stem.to_string()]).collect()
}

fn units(degrees: &str) -> Result<i64, Box<dyn Error>> {
    Ok((degrees.parse::<f64>()? * UNITS_PER_DEGREE).round() as i64)
}

/// The hours of the week in which a branch is open for some time; they leave few branches whose minutes must be checked.
fn hours(week: &str) -> Result<BTreeSet<u32>, Box<dyn Error>> {
    let mut hours = BTreeSet::new();
    for (start, end) in week.split(' ').filter_map(|interval| interval.split_once('-')) {
        let (start, end) = (start.parse::<u32>()?, end.parse::<u32>()?);
        hours.extend((start / 60..end.div_ceil(60)).map(|hour| hour * 60 % MINUTES / 60));
    }
    Ok(hours)
}
