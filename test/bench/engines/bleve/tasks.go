package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
)

const (
	earthRadius = 6_371_008.7714
	first       = 20
	// Bleve rounds places to some centimetres, so it is asked for a little more, and the columns decide.
	marginMetres  = 5
	marginDegrees = 1e-5
)

type answer struct {
	vendors, branches int
	metres            []float64
	facets            map[string]int
}

// taskRunner lets Bleve find the branches by words, values and places, without scores, and counts with the columns.
type taskRunner struct {
	index    bleve.Index
	reader   index.IndexReader
	columns  columns
	branchOf []int
	settings map[string]float64
}

func (w *documentWriter) finish(settings assignments) (*taskRunner, error) {
	if err := w.builder.Close(); err != nil {
		return nil, err
	}
	opened, err := bleve.Open(w.path)
	if err != nil {
		return nil, err
	}
	advanced, err := opened.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, err
	}
	runner := &taskRunner{index: opened, reader: reader, columns: w.columns, settings: map[string]float64{}}
	for name, value := range settings {
		if runner.settings[name], err = strconv.ParseFloat(value, 64); err != nil {
			return nil, err
		}
	}
	return runner, runner.numberDocuments()
}

// numberDocuments finds the branch of each of Bleve's documents once, because reading the name of a document is slow.
func (r *taskRunner) numberDocuments() error {
	all, err := r.reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	r.branchOf = make([]int, len(r.columns.vendor))
	for {
		id, err := all.Next()
		if err != nil || id == nil {
			return err
		}
		name, err := r.reader.ExternalID(id)
		if err != nil {
			return err
		}
		if r.branchOf[binary.BigEndian.Uint64(id)], err = strconv.Atoi(name); err != nil {
			return err
		}
	}
}

// run returns nil for tasks that order by Curbside's scores.
func (r *taskRunner) run(task assignments) (*answer, error) {
	if task["best"] != "" {
		return nil, nil
	}
	conditions := r.conditions(task)
	if task["place"] == "nearest" && len(conditions) == 0 {
		return r.nearest(task)
	}
	branches, err := r.find(conditions)
	if err != nil {
		return nil, err
	}
	return r.count(task, r.openOnes(task, r.insideOnes(task, branches))), nil
}

// insideOnes keeps the branches that are exactly inside the place.
func (r *taskRunner) insideOnes(task assignments, branches []int) []int {
	s, c := r.settings, &r.columns
	kept := branches[:0]
	for _, branch := range branches {
		lat, lon := c.lat[branch], c.lon[branch]
		switch task["place"] {
		case "radius":
			if r.metres(branch) > s["radius"] {
				continue
			}
		case "box":
			if lat < s["south"] || lat > s["north"] || lon < s["west"] || lon > s["east"] {
				continue
			}
		default:
			return branches
		}
		kept = append(kept, branch)
	}
	return kept
}

// nearest counts everything, and asks for larger and larger circles until the first vendors are certain.
func (r *taskRunner) nearest(task assignments) (*answer, error) {
	totals := r.count(assignments{}, r.openOnes(task, r.all()))
	for metres := 250.0; ; metres *= 2 {
		near, err := r.find([]query.Query{r.circle(metres)})
		if err != nil {
			return nil, err
		}
		found := r.count(task, r.openOnes(task, near))
		if found.vendors >= min(first, totals.vendors) {
			totals.metres = found.metres
			return totals, nil
		}
	}
}

func (r *taskRunner) conditions(task assignments) []query.Query {
	var all []query.Query
	term := func(value, field string) {
		one := query.NewTermQuery(value)
		one.SetField(field)
		all = append(all, one)
	}
	for _, word := range strings.FieldsFunc(task["words"], func(letter rune) bool { return letter == ',' }) {
		_, stem, _ := strings.Cut(word, "/")
		term(stem, "text")
	}
	if task["prefix"] != "" {
		one := query.NewPrefixQuery(task["prefix"])
		one.SetField("text")
		all = append(all, one)
	}
	if task["typo"] != "" {
		one := query.NewFuzzyQuery(task["typo"])
		one.SetField("text")
		one.SetFuzziness(1)
		one.SetPrefix(1)
		all = append(all, one)
	}
	for field, value := range map[string]string{"status": task["status"], "category": task["category"]} {
		if value != "" {
			term(value, field)
		}
	}
	if task["place"] == "radius" {
		all = append(all, r.circle(r.settings["radius"]+marginMetres))
	}
	if task["place"] == "box" {
		s := r.settings
		one := query.NewGeoBoundingBoxQuery(s["west"]-marginDegrees, s["north"]+marginDegrees, s["east"]+marginDegrees, s["south"]-marginDegrees)
		one.SetField("place")
		all = append(all, one)
	}
	return all
}

func (r *taskRunner) circle(metres float64) query.Query {
	one := query.NewGeoDistanceQuery(r.settings["lon"], r.settings["lat"], fmt.Sprintf("%fm", metres))
	one.SetField("place")
	return one
}

// find returns the branches that match all conditions, ascending.
func (r *taskRunner) find(conditions []query.Query) ([]int, error) {
	if len(conditions) == 0 {
		return r.all(), nil
	}
	wanted := conditions[0]
	if len(conditions) > 1 {
		wanted = query.NewConjunctionQuery(conditions)
	}
	options := search.SearcherOptions{Score: "none"}
	searcher, err := wanted.Searcher(context.Background(), r.reader, r.index.Mapping(), options)
	if err != nil {
		return nil, err
	}
	defer searcher.Close()
	pool := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(searcher.DocumentMatchPoolSize()+1, 0), IndexReader: r.reader}
	var found []int
	for {
		match, err := searcher.Next(pool)
		if err != nil {
			return nil, err
		}
		if match == nil {
			break
		}
		found = append(found, r.branchOf[binary.BigEndian.Uint64(match.IndexInternalID)])
		pool.DocumentMatchPool.Put(match)
	}
	if !sort.IntsAreSorted(found) {
		sort.Ints(found)
	}
	return found, nil
}

func (r *taskRunner) all() []int {
	all := make([]int, len(r.columns.vendor))
	for branch := range all {
		all[branch] = branch
	}
	return all
}

func (r *taskRunner) states() []int {
	states := make([]int, len(r.columns.weeks))
	for number, week := range r.columns.weeks {
		states[number] = week.stateAt(int(r.settings["minute"]))
	}
	return states
}

func (r *taskRunner) openOnes(task assignments, branches []int) []int {
	if task["open"] == "" {
		return branches
	}
	states := r.states()
	kept := branches[:0]
	for _, branch := range branches {
		if states[r.columns.week[branch]] == open {
			kept = append(kept, branch)
		}
	}
	return kept
}

func (r *taskRunner) metres(branch int) float64 {
	radians := math.Pi / 180
	lat, lon := r.columns.lat[branch], r.columns.lon[branch]
	sinLat := math.Sin((lat - r.settings["lat"]) * radians / 2)
	sinLon := math.Sin((lon - r.settings["lon"]) * radians / 2)
	square := sinLat*sinLat + math.Cos(r.settings["lat"]*radians)*math.Cos(lat*radians)*sinLon*sinLon
	return 2 * earthRadius * math.Asin(math.Min(1, math.Sqrt(square)))
}
