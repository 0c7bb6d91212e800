package main

import (
	"sort"
	"strings"
)

var stateNames = []string{"closed", "open", "unknown"}

// count counts the vendors and values of ascending branches, and puts the vendors in order where the task needs distances.
func (r *taskRunner) count(task assignments, branches []int) *answer {
	needsDistances := task["place"] == "radius" || task["place"] == "nearest"
	var least []float64
	vendors, last := 0, -1
	for _, branch := range branches {
		vendor := r.columns.vendor[branch]
		if vendor != last {
			vendors++
		}
		if needsDistances {
			metres := r.metres(branch)
			if vendor != last {
				least = append(least, metres)
			} else if metres < least[vendors-1] {
				least[vendors-1] = metres
			}
		}
		last = vendor
	}
	found := &answer{vendors: vendors, branches: len(branches)}
	if needsDistances {
		sort.Float64s(least)
		found.metres = least[:min(first, len(least))]
	}
	if task["facets"] != "" {
		found.facets = r.facets(strings.Split(task["facets"], ","), branches)
	}
	return found
}

// facets counts each value once per vendor.
func (r *taskRunner) facets(names []string, branches []int) map[string]int {
	c := &r.columns
	states := r.states()
	counts := map[string]int{}
	for _, name := range names {
		switch name {
		case "facility":
			r.countValues(name, c.facilities, branches, func(branch int) int { return c.facility[branch] }, counts)
		case "area":
			r.countValues(name, c.areas, branches, func(branch int) int { return c.area[branch] }, counts)
		case "open":
			r.countValues(name, stateNames, branches, func(branch int) int { return states[c.week[branch]] }, counts)
		case "category":
			last := -1
			for _, branch := range branches {
				vendor := c.vendor[branch]
				if vendor != last {
					for _, category := range c.categories[vendor] {
						counts["category "+category]++
					}
				}
				last = vendor
			}
		}
	}
	return counts
}

func (r *taskRunner) countValues(name string, values []string, branches []int, valueOf func(int) int, counts map[string]int) {
	byValue := make([]int, len(values))
	lastVendor := make([]int, len(values))
	for at := range lastVendor {
		lastVendor[at] = -1
	}
	for _, branch := range branches {
		value := valueOf(branch)
		if value < 0 {
			continue
		}
		vendor := r.columns.vendor[branch]
		if lastVendor[value] != vendor {
			byValue[value]++
		}
		lastVendor[value] = vendor
	}
	for value, count := range byValue {
		if count > 0 {
			counts[name+" "+values[value]] = count
		}
	}
}
