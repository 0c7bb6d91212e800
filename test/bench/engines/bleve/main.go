// Bleve as a peer of the bench: reads settings and documents from standard input, writes a line when they are indexed, then performs one
// task per line. Argument: a directory for the index.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// How long a task is warmed up before it is first measured.
const warmUp = 500 * time.Millisecond

type assignments map[string]string

func main() {
	if err := serve(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(directory string) error {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<20)
	in.Scan()
	settings := parse(in.Text())
	writer, err := newWriter(directory)
	if err != nil {
		return err
	}
	for in.Scan() && in.Text() != "." {
		if err := writer.add(strings.Split(in.Text(), "\t")); err != nil {
			return err
		}
	}
	runner, err := writer.finish(settings)
	if err != nil {
		return err
	}
	fmt.Println("{}")
	warm := map[string]bool{}
	for in.Scan() {
		task := parse(in.Text())
		times, err := strconv.Atoi(task["times"])
		if err != nil {
			return err
		}
		delete(task, "times")
		// The keys of a printed map are sorted.
		if name := fmt.Sprint(task); !warm[name] {
			warm[name] = true
			for start := time.Now(); time.Since(start) < warmUp; {
				if answer, err := runner.run(task); err != nil {
					return err
				} else if answer == nil {
					break
				}
			}
		}
		reply, err := perform(runner, task, times)
		if err != nil {
			return err
		}
		fmt.Println(reply)
	}
	return in.Err()
}

// The times in milliseconds and the answer as JSON; no times if the task is not performed.
func perform(runner *taskRunner, task assignments, times int) (string, error) {
	reply := map[string]any{}
	ms := []float64{}
	for range times {
		start := time.Now()
		answer, err := runner.run(task)
		took := time.Since(start)
		if err != nil {
			return "", err
		}
		if answer == nil {
			break
		}
		ms = append(ms, float64(took.Nanoseconds())/1e6)
		reply["vendors"], reply["branches"], reply["metres"] = answer.vendors, answer.branches, answer.metres
		if answer.facets != nil {
			reply["facets"] = answer.facets
		}
	}
	reply["ms"] = ms
	text, err := json.Marshal(reply)
	return string(text), err
}

// parse reads `name=value name=value`.
func parse(line string) assignments {
	values := assignments{}
	for _, part := range strings.Fields(line) {
		name, value, _ := strings.Cut(part, "=")
		values[name] = value
	}
	return values
}
