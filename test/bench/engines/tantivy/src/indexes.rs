//! Both indexes, and in memory what joins them: the first branch of each vendor, and the vendor of each branch.

use std::error::Error;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, Index, Score, SegmentOrdinal, SegmentReader};

pub const CLOSED: u8 = 0;
pub const OPEN: u8 = 1;
pub const UNKNOWN: u8 = 2;
const MINUTES: u32 = 10_080;

pub struct Segment {
    pub searcher: tantivy::Searcher,
}

impl Segment {
    /// @throws if the index has several segments, whose documents would have no common order
    pub fn open(index: &Index) -> Result<Self, Box<dyn Error>> {
        let searcher = index.reader()?.searcher();
        if searcher.segment_readers().len() != 1 {
            return Err("the index has several segments".into());
        }
        Ok(Self { searcher })
    }

    pub fn reader(&self) -> &SegmentReader {
        self.searcher.segment_reader(0)
    }

    /// The documents that match, ascending.
    pub fn find(&self, query: &dyn Query) -> tantivy::Result<Vec<DocId>> {
        let weight = query.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        DocumentCollector.collect_segment(weight.as_ref(), 0, self.reader())
    }
}

pub struct Indexes {
    pub vendors: Segment,
    pub branches: Segment,
    pub first_branch: Vec<u32>,
    pub vendor_of: Vec<u32>,
    /// The intervals of each ordinal of the column `week`, and whether other times are unknown.
    weeks: Vec<(Vec<(u32, u32)>, bool)>,
}

impl Indexes {
    pub fn new(vendors: Segment, branches: Segment) -> Result<Self, Box<dyn Error>> {
        let reader = branches.reader();
        let numbers = reader.fast_fields().u64("vendor")?;
        let vendor_of: Vec<u32> = (0..reader.max_doc()).map(|doc| numbers.first(doc).unwrap_or(0) as u32).collect();
        if !vendor_of.is_sorted() {
            return Err("the branches are not in the order of their vendors".into());
        }
        let mut first_branch = vec![0; vendors.reader().max_doc() as usize + 1];
        for vendor in &vendor_of {
            first_branch[*vendor as usize + 1] += 1;
        }
        for at in 1..first_branch.len() {
            first_branch[at] += first_branch[at - 1];
        }
        let column = reader.fast_fields().str("week")?.ok_or("no column week")?;
        let mut weeks = Vec::new();
        let mut text = String::new();
        for ordinal in 0..column.num_terms() {
            column.ord_to_str(ordinal as u64, &mut text)?;
            let (week, unknown) = text.split_once('\t').ok_or("a week without a tab")?;
            let intervals = week.split(' ').filter_map(|one| one.split_once('-'));
            let intervals: Result<Vec<_>, std::num::ParseIntError> =
                intervals.map(|(start, end)| Ok((start.parse()?, end.parse()?))).collect();
            weeks.push((intervals?, unknown == "1"));
        }
        Ok(Self { vendors, branches, first_branch, vendor_of, weeks })
    }

    /// The state of each week at a minute, by ordinal.
    pub fn states_at(&self, minute: u32) -> Vec<u8> {
        let state = |(week, is_unknown): &(Vec<(u32, u32)>, bool)| {
            let is_open = |(start, end): &(u32, u32)| (if minute >= *start { minute } else { minute + MINUTES }) < *end;
            if week.iter().any(is_open) {
                OPEN
            } else if *is_unknown {
                UNKNOWN
            } else {
                CLOSED
            }
        };
        self.weeks.iter().map(state).collect()
    }

    pub fn branches_of(&self, vendor: u32) -> std::ops::Range<u32> {
        self.first_branch[vendor as usize]..self.first_branch[vendor as usize + 1]
    }

    /// The number of distinct vendors of ascending branches.
    pub fn count_vendors(&self, branches: &[DocId]) -> usize {
        let mut count = 0;
        let mut last = u32::MAX;
        for branch in branches {
            let vendor = self.vendor_of[*branch as usize];
            count += usize::from(vendor != last);
            last = vendor;
        }
        count
    }
}

struct DocumentCollector;
struct DocumentList(Vec<DocId>);

impl Collector for DocumentCollector {
    type Fruit = Vec<DocId>;
    type Child = DocumentList;

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<DocumentList> {
        Ok(DocumentList(Vec::with_capacity(1 << 16)))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, lists: Vec<Vec<DocId>>) -> tantivy::Result<Vec<DocId>> {
        Ok(lists.concat())
    }
}

impl SegmentCollector for DocumentList {
    type Fruit = Vec<DocId>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.0.push(doc);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        self.0.extend_from_slice(docs);
    }

    fn harvest(self) -> Vec<DocId> {
        self.0
    }
}
