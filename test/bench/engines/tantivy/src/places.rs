//! Places: Tantivy has no index of points, so a branch has the term of its cell in a grid, and its coordinates as columns.

use crate::indexes::Segment;
use std::error::Error;
use std::sync::Arc;
use tantivy::columnar::ColumnValues;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED, Term};

/// Coordinates are stored in units of 1e-7 degrees, 1 cm.
pub const UNITS_PER_DEGREE: f64 = 1e7;
/// The width of a cell: 0.002 degrees, 220 m from north to south.
const CELL: i64 = 20_000;
const EARTH_RADIUS: f64 = 6_371_008.7714;

pub fn cell_of(lat: i64, lon: i64) -> u64 {
    cell(lat.div_euclid(CELL), lon.div_euclid(CELL))
}

fn cell(row: i64, column: i64) -> u64 {
    (((row + (1 << 30)) as u64) << 32) | (column + (1 << 30)) as u64
}

/// A rectangle in units, edges included.
#[derive(Clone, Copy)]
pub struct Rectangle {
    pub south: i64,
    pub north: i64,
    pub west: i64,
    pub east: i64,
}

impl Rectangle {
    fn contains(&self, lat: i64, lon: i64) -> bool {
        lat >= self.south && lat <= self.north && lon >= self.west && lon <= self.east
    }
}

pub struct Places {
    lat: Arc<dyn ColumnValues<i64>>,
    lon: Arc<dyn ColumnValues<i64>>,
    origin_lat: f64,
    origin_lon: f64,
    origin_cos: f64,
}

impl Places {
    pub fn new(branches: &Segment, lat: f64, lon: f64) -> Result<Self, Box<dyn Error>> {
        let columns = branches.reader().fast_fields();
        Ok(Self {
            lat: columns.column_first_or_default("lat")?,
            lon: columns.column_first_or_default("lon")?,
            origin_lat: lat,
            origin_lon: lon,
            origin_cos: lat.to_radians().cos(),
        })
    }

    /// Has the order of the distance, and costs less.
    pub fn key(&self, doc: DocId) -> f64 {
        self.key_of(self.lat.get_val(doc), self.lon.get_val(doc))
    }

    fn key_of(&self, lat: i64, lon: i64) -> f64 {
        let (lat, lon) = (lat as f64 / UNITS_PER_DEGREE, lon as f64 / UNITS_PER_DEGREE);
        let sin_lat = ((lat - self.origin_lat).to_radians() / 2.0).sin();
        let sin_lon = ((lon - self.origin_lon).to_radians() / 2.0).sin();
        sin_lat * sin_lat + self.origin_cos * lat.to_radians().cos() * sin_lon * sin_lon
    }

    pub fn metres(key: f64) -> f64 {
        2.0 * EARTH_RADIUS * key.sqrt().min(1.0).asin()
    }

    fn key_of_metres(metres: f64) -> f64 {
        (metres / 2.0 / EARTH_RADIUS).sin().powi(2)
    }

    /// The branches in a box, ascending.
    pub fn in_box(&self, branches: &Segment, area: Rectangle) -> Result<Vec<DocId>, Box<dyn Error>> {
        let is_whole = |own: &Rectangle| area.contains(own.south, own.west) && area.contains(own.north, own.east);
        self.in_cells(branches, area, is_whole, |doc| area.contains(self.lat.get_val(doc), self.lon.get_val(doc)))
    }

    /// The branches in a circle around the origin, ascending.
    pub fn in_circle(&self, branches: &Segment, metres: f64) -> Result<Vec<DocId>, Box<dyn Error>> {
        let most = Self::key_of_metres(metres);
        let height = (metres * 1.001 / EARTH_RADIUS).to_degrees();
        let width = height / self.origin_cos;
        let units = |degrees: f64| (degrees * UNITS_PER_DEGREE) as i64;
        let area = Rectangle {
            south: units(self.origin_lat - height),
            north: units(self.origin_lat + height),
            west: units(self.origin_lon - width),
            east: units(self.origin_lon + width),
        };
        let is_whole = |own: &Rectangle| {
            let corners = [(own.south, own.west), (own.south, own.east), (own.north, own.west), (own.north, own.east)];
            corners.iter().all(|(lat, lon)| self.key_of(*lat, *lon) <= most)
        };
        self.in_cells(branches, area, is_whole, |doc| self.key(doc) <= most)
    }

    /// The branches of the cells of a rectangle; those of cells that are not wholly inside only if they pass.
    fn in_cells(
        &self,
        branches: &Segment,
        area: Rectangle,
        is_whole: impl Fn(&Rectangle) -> bool,
        passes: impl Fn(DocId) -> bool,
    ) -> Result<Vec<DocId>, Box<dyn Error>> {
        let reader = branches.reader();
        let field = reader.schema().get_field("cell")?;
        let index = reader.inverted_index(field)?;
        let mut bits = vec![0_u64; reader.max_doc() as usize / 64 + 1];
        for row in area.south.div_euclid(CELL)..=area.north.div_euclid(CELL) {
            for column in area.west.div_euclid(CELL)..=area.east.div_euclid(CELL) {
                let term = Term::from_field_u64(field, cell(row, column));
                let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
                let (south, west) = (row * CELL, column * CELL);
                let is_inside = is_whole(&Rectangle { south, north: south + CELL, west, east: west + CELL });
                debug_assert!(postings.term_freq() > 0);
                let mut doc = postings.doc();
                while doc != TERMINATED {
                    if is_inside || passes(doc) {
                        bits[doc as usize / 64] |= 1 << (doc % 64);
                    }
                    doc = postings.advance();
                }
            }
        }
        let mut found = Vec::with_capacity(bits.iter().map(|word| word.count_ones() as usize).sum());
        for (at, word) in bits.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                found.push(at as u32 * 64 + left.trailing_zeros());
                left &= left - 1;
            }
        }
        Ok(found)
    }
}
