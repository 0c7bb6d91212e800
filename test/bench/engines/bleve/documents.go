package main

import (
	"path/filepath"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	_ "github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
)

const (
	closed       = 0
	open         = 1
	unknown      = 2
	minutesAWeek = 10_080
)

type interval struct{ start, end int }

type week struct {
	intervals        []interval
	isUnknownOutside bool
}

// columns holds what Bleve does not count: one value per branch. Vendors and values are numbers.
type columns struct {
	vendor, facility, area, week []int
	lat, lon                     []float64
	status                       []string
	categories                   [][]string
	facilities, areas            []string
	weeks                        []week
}

type documentWriter struct {
	builder bleve.Builder
	path    string
	columns columns
	words   string
	numbers map[string]int
}

// One segment, built offline. Words have postings only; nothing is stored.
func newWriter(directory string) (*documentWriter, error) {
	path := filepath.Join(directory, "bleve")
	index, err := indexMapping()
	if err != nil {
		return nil, err
	}
	builder, err := bleve.NewBuilder(path, index, map[string]any{"batchSize": 20_000})
	return &documentWriter{builder: builder, path: path, numbers: map[string]int{}}, err
}

func indexMapping() (*mapping.IndexMappingImpl, error) {
	index := bleve.NewIndexMapping()
	analyzer := map[string]any{"type": "custom", "tokenizer": "whitespace"}
	if err := index.AddCustomAnalyzer("words", analyzer); err != nil {
		return nil, err
	}
	document := bleve.NewDocumentStaticMapping()
	for _, name := range []string{"text", "status", "category"} {
		field := bleve.NewTextFieldMapping()
		field.Analyzer = "words"
		field.Store, field.IncludeTermVectors, field.IncludeInAll, field.DocValues = false, false, false, false
		document.AddFieldMappingsAt(name, field)
	}
	place := bleve.NewGeoPointFieldMapping()
	place.Store, place.IncludeInAll = false, false
	document.AddFieldMappingsAt("place", place)
	index.DefaultMapping = document
	return index, nil
}

func (w *documentWriter) add(line []string) error {
	c := &w.columns
	if line[0] == "V" {
		w.words = strings.Join(line[1:4], " ")
		c.categories = append(c.categories, strings.Fields(line[4]))
		return nil
	}
	lat, err := strconv.ParseFloat(line[1], 64)
	if err != nil {
		return err
	}
	lon, err := strconv.ParseFloat(line[2], 64)
	if err != nil {
		return err
	}
	branch := len(c.vendor)
	vendor := len(c.categories) - 1
	c.vendor = append(c.vendor, vendor)
	c.lat, c.lon = append(c.lat, lat), append(c.lon, lon)
	c.status = append(c.status, line[5])
	c.facility = append(c.facility, w.number("facility ", line[6], &c.facilities))
	area := -1
	if line[7] != "" {
		area = w.number("area ", line[7], &c.areas)
	}
	c.area = append(c.area, area)
	key := "week " + line[8] + line[9]
	if _, isKnown := w.numbers[key]; !isKnown {
		w.numbers[key] = len(c.weeks)
		c.weeks = append(c.weeks, readWeek(line[8], line[9] == "1"))
	}
	c.week = append(c.week, w.numbers[key])
	return w.builder.Index(strconv.Itoa(branch), map[string]any{
		"text":     terms(w.words + " " + line[3] + " " + line[4]),
		"status":   line[5],
		"category": strings.Join(c.categories[vendor], " "),
		"place":    map[string]any{"lat": lat, "lon": lon},
	})
}

func (w *documentWriter) number(kind, value string, values *[]string) int {
	number, isKnown := w.numbers[kind+value]
	if !isKnown {
		number = len(*values)
		w.numbers[kind+value] = number
		*values = append(*values, value)
	}
	return number
}

// terms returns the words and stems of `word/stem word/stem`.
func terms(words string) string {
	return strings.ReplaceAll(words, "/", " ")
}

func readWeek(text string, isUnknownOutside bool) week {
	read := week{isUnknownOutside: isUnknownOutside}
	for _, part := range strings.Fields(text) {
		from, to, _ := strings.Cut(part, "-")
		start, _ := strconv.Atoi(from)
		end, _ := strconv.Atoi(to)
		read.intervals = append(read.intervals, interval{start, end})
	}
	return read
}

func (w week) stateAt(minute int) int {
	for _, one := range w.intervals {
		at := minute
		if at < one.start {
			at += minutesAWeek
		}
		if at < one.end {
			return open
		}
	}
	if w.isUnknownOutside {
		return unknown
	}
	return closed
}
