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

// A fan is many watchers of the same objects: when each event was written, and when it reached whom.
type fan struct {
	written []atomic.Int64
	seen    []atomic.Int64
	each    timings
	last    timings
	wrong   atomic.Int64
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
	for number := range watchers {
		f.open.Add(1)
		f.done.Go(func() { f.follow(a, number, from, series, int64(watchers)) })
	}
	f.open.Wait()
	ticker := time.NewTicker(time.Second / time.Duration(perSecond))
	defer ticker.Stop()
	var writes sync.WaitGroup
	for number := range count {
		<-ticker.C
		writes.Go(func() {
			f.written[number].Store(time.Now().UnixNano())
			a.call(0, "POST", maps, configMap(fmt.Sprintf("%s-%d", series, number)))
		})
	}
	writes.Wait()
	f.done.Wait()
	return f
}

func (f *fan) follow(a *api, client int, from, series string, watchers int64) {
	body := a.watch(client, from)
	defer body.Close()
	f.open.Done()
	lines := bufio.NewReaderSize(body, 4096)
	revision := 0
	for range len(f.written) {
		line, err := lines.ReadString('\n')
		check(err)
		now := time.Now().UnixNano()
		number, at := place(line, series)
		if at <= revision {
			f.wrong.Add(1)
		}
		revision = at
		took := time.Duration(now - f.written[number].Load())
		f.each.add(took)
		if f.seen[number].Add(1) == watchers {
			f.last.add(took)
		}
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
	if wrong := f.wrong.Load(); wrong > 0 {
		return fmt.Sprintf("; %d OUT OF ORDER", wrong)
	}
	return ""
}

func (a *api) watches() {
	f := a.watchers("fan", 1000, 250, 25)
	row("watch, write to last of 1,000 watchers, 25/s", f.last.String()+f.verdict(), "p50 13, p99 17 ms")
	f = a.watchers("ten", 10, 2000, 400)
	row("watch, 10 watchers, 400/s", f.each.String()+f.verdict(), "p50 0.9, p99 2.5 ms")
}
