package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	openingMax = 64
	lateAfter  = time.Minute
)

// A fan is many watchers of the same objects: when each event was written, and when it reached whom.
type fan struct {
	written []atomic.Int64
	seen    []atomic.Int64
	each    timings
	last    timings
	wrong   atomic.Int64
	arrived atomic.Int64
	missing int64
	open    sync.WaitGroup
	done    sync.WaitGroup
}

// watchers has so many watch while count objects are created at that rate. Every one must see each event once, in order.
func (a *api) watchers(series string, watchers, count, perSecond int) *fan {
	f := &fan{written: make([]atomic.Int64, count), seen: make([]atomic.Int64, count)}
	list := a.send(0, "GET", maps+"?limit=1", "")
	head, err := io.ReadAll(list.Body)
	check(err)
	list.Body.Close()
	from := version(head)
	// A server that is asked for more at once than it handles says 429; a client that opens them one after the other is never told.
	opening := make(chan bool, openingMax)
	for number := range watchers {
		f.open.Add(1)
		opening <- true
		f.done.Go(func() { f.follow(a, number, from, series, int64(watchers), opening) })
	}
	f.open.Wait()
	ticker := time.NewTicker(time.Second / time.Duration(perSecond))
	defer ticker.Stop()
	var writes sync.WaitGroup
	writing := make(chan bool, openingMax)
	for number := range count {
		<-ticker.C
		writing <- true
		writes.Go(func() {
			defer func() { <-writing }()
			f.written[number].Store(time.Now().UnixNano())
			a.call(0, "POST", maps, configMap(fmt.Sprintf("%s-%d", series, number)))
		})
	}
	writes.Wait()
	f.await(int64(watchers * count))
	return f
}

func (f *fan) follow(a *api, client int, from, series string, watchers int64, opening <-chan bool) {
	body := a.watch(client, from)
	<-opening
	defer body.Close()
	f.open.Done()
	lines := bufio.NewReaderSize(body, 4096)
	revision := 0
	for left := len(f.written); left > 0; {
		line, err := lines.ReadString('\n')
		check(err)
		now := time.Now().UnixNano()
		if !strings.Contains(line, `"name":"`+series+"-") {
			continue // every namespace gets a kube-root-ca.crt
		}
		left--
		number, at := place(line, series)
		if at <= revision {
			f.wrong.Add(1)
		}
		revision = at
		took := time.Duration(now - f.written[number].Load())
		f.each.add(took)
		f.arrived.Add(1)
		if f.seen[number].Add(1) == watchers {
			f.last.add(took)
		}
	}
}

// await gives up when events are late by far: what is missing is then said beside the times.
func (f *fan) await(all int64) {
	finished := make(chan bool)
	go func() {
		f.done.Wait()
		close(finished)
	}()
	select {
	case <-finished:
	case <-time.After(lateAfter):
		f.missing = all - f.arrived.Load()
	}
}

// place finds the number of the object and its revision in an event.
func place(line, series string) (number, revision int) {
	return digits(line, `"name":"`+series+"-"), digits(line, `"resourceVersion":"`)
}

func digits(line, before string) int {
	_, rest, found := strings.Cut(line, before)
	end := strings.IndexByte(rest, '"')
	if !found || end < 0 {
		fail("not an event of ours: " + line)
	}
	number, err := strconv.Atoi(rest[:end])
	check(err)
	return number
}

func (f *fan) verdict() string {
	told := ""
	if wrong := f.wrong.Load(); wrong > 0 {
		told += fmt.Sprintf("; %d OUT OF ORDER", wrong)
	}
	if f.missing > 0 {
		told += fmt.Sprintf("; %d MISSING", f.missing)
	}
	return told
}

func (a *api) watches() {
	f := a.watchers("fan", 1000, 250, 25)
	row("watch, write to last of 1,000 watchers, 25/s", f.last.String()+f.verdict(), "p50 13, p99 17 ms")
	f = a.watchers("ten", 10, 2000, 400)
	row("watch, 10 watchers, 400/s", f.each.String()+f.verdict(), "p50 0.9, p99 2.5 ms")
}
