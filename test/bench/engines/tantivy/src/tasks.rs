//! Performs the tasks that need no scores. What holds for whole vendors is asked of the index of vendors.

use crate::Assignments;
use crate::facets::{self, Counts};
use crate::indexes::{Indexes, OPEN, Segment, UNKNOWN};
use crate::places::{Places, Rectangle, UNITS_PER_DEGREE};
use std::error::Error;
use tantivy::query::{AllQuery, BooleanQuery, FuzzyTermQuery, Query, RegexQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Term};

/// The number of first vendors whose distances are returned.
const FIRST: usize = 20;

pub struct Answer {
    vendors: usize,
    branches: usize,
    metres: Option<Vec<f64>>,
    facets: Option<Counts>,
}

impl Answer {
    pub fn json(&self) -> String {
        let list = |values: &Vec<f64>| values.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
        let metres = self.metres.as_ref().map_or("null".into(), |values| format!("[{}]", list(values)));
        let counts = |values: &Counts| values.iter().map(|(key, count)| format!("\"{key}\":{count}")).collect::<Vec<_>>();
        let facets = self.facets.as_ref().map_or(String::new(), |values| format!(",\"facets\":{{{}}}", counts(values).join(",")));
        format!("\"vendors\":{},\"branches\":{},\"metres\":{metres}{facets}", self.vendors, self.branches)
    }
}

pub struct TaskRunner {
    indexes: Indexes,
    places: Places,
    area: Rectangle,
    radius: f64,
    minute: u32,
}

impl TaskRunner {
    pub fn new(indexes: Indexes, settings: &Assignments) -> Result<Self, Box<dyn Error>> {
        let number = |name: &str| settings[name].parse::<f64>();
        let units = |name: &str| number(name).map(|degrees| (degrees * UNITS_PER_DEGREE).round() as i64);
        let area = Rectangle { south: units("south")?, north: units("north")?, west: units("west")?, east: units("east")? };
        let places = Places::new(&indexes.branches, number("lat")?, number("lon")?)?;
        Ok(Self { places, area, radius: number("radius")?, minute: number("minute")? as u32, indexes })
    }

    /// `None`: Tantivy's scores are not those of the ranking, so a task that orders by them is not performed.
    pub fn run(&mut self, task: &Assignments) -> Result<Option<Answer>, Box<dyn Error>> {
        if task.contains_key("best") {
            return Ok(None);
        }
        let place = task["place"].as_str();
        let has_words = ["words", "prefix", "typo"].iter().any(|name| task.contains_key(*name));
        if !has_words && place == "nearest" {
            return self.nearest(task).map(Some);
        }
        let is_of_vendors = if has_words { self.are_only_of_vendors(task)? } else { place == "none" && !task.contains_key("status") };
        if is_of_vendors {
            let vendors = self.indexes.vendors.find(self.vendor_query(task, has_words)?.as_ref())?;
            if place == "none" {
                return self.answer_of_vendors(task, &vendors).map(Some);
            }
            let branches = vendors.iter().flat_map(|vendor| self.indexes.branches_of(*vendor)).collect();
            return self.answer_of_branches(task, self.in_place(place, branches)?).map(Some);
        }
        let branches = match place {
            "box" => self.places.in_box(&self.indexes.branches, self.area)?,
            "radius" if !has_words => self.places.in_circle(&self.indexes.branches, self.radius)?,
            _ => self.in_place(place, self.indexes.branches.find(self.branch_query(task, has_words)?.as_ref())?)?,
        };
        let branches = self.open_ones(task, branches)?;
        self.answer_of_branches(task, branches).map(Some)
    }

    fn in_place(&self, place: &str, mut branches: Vec<DocId>) -> Result<Vec<DocId>, Box<dyn Error>> {
        if place == "radius" {
            branches.retain(|branch| Places::metres(self.places.key(*branch)) <= self.radius);
        }
        Ok(branches)
    }

    fn open_ones(&self, task: &Assignments, mut branches: Vec<DocId>) -> Result<Vec<DocId>, Box<dyn Error>> {
        let Some(open) = task.get("open") else { return Ok(branches) };
        let column = self.indexes.branches.reader().fast_fields().str("week")?.ok_or("no column week")?;
        let states = self.indexes.states_at(self.minute);
        let is_unknown_kept = open == "orUnknown";
        branches.retain(|branch| {
            let state = column.ords().first(*branch).map_or(0, |ordinal| states[ordinal as usize]);
            state == OPEN || (is_unknown_kept && state == UNKNOWN)
        });
        Ok(branches)
    }

    /// Totals by counting alone; then larger and larger circles until the first vendors are certain.
    fn nearest(&self, task: &Assignments) -> Result<Answer, Box<dyn Error>> {
        let mut branches = self.indexes.vendor_of.len();
        let mut vendors = self.indexes.first_branch.len() - 1;
        if task.contains_key("open") {
            let found = self.open_ones(task, self.indexes.branches.find(self.branch_query(task, false)?.as_ref())?)?;
            (branches, vendors) = (found.len(), self.indexes.count_vendors(&found));
        }
        let mut metres = 250.0;
        loop {
            let near = self.open_ones(task, self.places.in_circle(&self.indexes.branches, metres)?)?;
            if self.indexes.count_vendors(&near) >= FIRST.min(vendors) {
                return Ok(Answer { vendors, branches, metres: Some(self.first_metres(&near)), facets: None });
            }
            metres *= 2.0;
        }
    }

    fn answer_of_vendors(&self, task: &Assignments, vendors: &[DocId]) -> Result<Answer, Box<dyn Error>> {
        let branches = vendors.iter().map(|vendor| self.indexes.branches_of(*vendor).len()).sum();
        let mut counts = Counts::new();
        for name in task.get("facets").iter().flat_map(|names| names.split(',')) {
            facets::of_vendors(&self.indexes.vendors, name, vendors, &mut counts)?;
        }
        Ok(Answer { vendors: vendors.len(), branches, metres: None, facets: task.get("facets").map(|_| counts) })
    }

    fn answer_of_branches(&self, task: &Assignments, branches: Vec<DocId>) -> Result<Answer, Box<dyn Error>> {
        let needs_distances = ["radius", "nearest"].contains(&task["place"].as_str());
        let mut counts = Counts::new();
        let states = if task.contains_key("facets") { self.indexes.states_at(self.minute) } else { Vec::new() };
        for name in task.get("facets").iter().flat_map(|names| names.split(',')) {
            facets::of_branches(&self.indexes, name, &branches, &states, &mut counts)?;
        }
        Ok(Answer {
            vendors: self.indexes.count_vendors(&branches),
            branches: branches.len(),
            metres: needs_distances.then(|| self.first_metres(&branches)),
            facets: task.get("facets").map(|_| counts),
        })
    }

    /// Puts all vendors in order by the distance of their nearest branch; returns the first distances.
    fn first_metres(&self, branches: &[DocId]) -> Vec<f64> {
        let mut keys: Vec<f64> = Vec::new();
        let mut last = u32::MAX;
        for branch in branches {
            let vendor = self.indexes.vendor_of[*branch as usize];
            let key = self.places.key(*branch);
            match keys.last_mut() {
                Some(least) if vendor == last => *least = least.min(key),
                _ => keys.push(key),
            }
            last = vendor;
        }
        let mut order: Vec<(f64, u32)> = keys.iter().enumerate().map(|(at, key)| (*key, at as u32)).collect();
        order.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        order.iter().take(FIRST).map(|(key, _)| Places::metres(*key)).collect()
    }

    /// Whether no branch has one of the words for itself: then vendors match with all of their branches, or not at all.
    fn are_only_of_vendors(&self, task: &Assignments) -> Result<bool, Box<dyn Error>> {
        for query in word_queries(&self.indexes.branches, task, "own")? {
            if !self.indexes.branches.find(query.as_ref())?.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn vendor_query(&self, task: &Assignments, has_words: bool) -> Result<Box<dyn Query>, Box<dyn Error>> {
        if has_words {
            return Ok(Box::new(BooleanQuery::intersection(word_queries(&self.indexes.vendors, task, "all")?)));
        }
        match task.get("category") {
            Some(category) => term_query(&self.indexes.vendors, "categories", category),
            None => Ok(Box::new(AllQuery)),
        }
    }

    fn branch_query(&self, task: &Assignments, has_words: bool) -> Result<Box<dyn Query>, Box<dyn Error>> {
        let branches = &self.indexes.branches;
        let mut all = if has_words { word_queries(branches, task, "all")? } else { Vec::new() };
        if let Some(status) = task.get("status") {
            all.push(term_query(branches, "status", status)?);
        }
        if task.get("open").is_some_and(|open| open == "open") {
            all.push(term_query(branches, "hour", &(self.minute / 60).to_string())?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Box::new(BooleanQuery::intersection(all)) })
    }
}

fn term_query(segment: &Segment, field: &str, value: &str) -> Result<Box<dyn Query>, Box<dyn Error>> {
    let field = segment.reader().schema().get_field(field)?;
    Ok(Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic)))
}

/// A query per word of the task. Words are found by their stems.
fn word_queries(segment: &Segment, task: &Assignments, field: &str) -> Result<Vec<Box<dyn Query>>, Box<dyn Error>> {
    let id = segment.reader().schema().get_field(field)?;
    let mut queries = Vec::new();
    for word in task.get("words").iter().flat_map(|words| words.split(',')) {
        let (_, stem) = word.split_once('/').ok_or("a word without a stem")?;
        queries.push(term_query(segment, field, stem)?);
    }
    if let Some(prefix) = task.get("prefix") {
        queries.push(Box::new(RegexQuery::from_pattern(&format!("{prefix}.*"), id)?));
    }
    if let Some(typo) = task.get("typo") {
        queries.push(Box::new(FuzzyTermQuery::new(Term::from_field_text(id, typo), 1, true)));
    }
    Ok(queries)
}
