package main

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// timings collects how long things took; any goroutine may add.
type timings struct {
	mutex sync.Mutex
	all   []time.Duration
}

func (t *timings) add(d time.Duration) {
	t.mutex.Lock()
	t.all = append(t.all, d)
	t.mutex.Unlock()
}

// percentile in milliseconds; part from 0 to 1.
func (t *timings) percentile(part float64) float64 {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if len(t.all) == 0 {
		return -1
	}
	slices.Sort(t.all)
	at := min(int(part*float64(len(t.all))), len(t.all)-1)
	return t.all[at].Seconds() * 1000
}

func (t *timings) String() string {
	return fmt.Sprintf("p50 %.2f, p99 %.2f ms", t.percentile(0.5), t.percentile(0.99))
}

// run has so many clients do count things together, each numbered, and says how many a second that was.
func run(clients, count int, do func(client, number int)) (perSecond float64, took *timings) {
	took = &timings{}
	numbers := make(chan int)
	var done sync.WaitGroup
	for client := range clients {
		done.Go(func() {
			for number := range numbers {
				begin := time.Now()
				do(client, number)
				took.add(time.Since(begin))
			}
		})
	}
	begin := time.Now()
	for number := range count {
		numbers <- number
	}
	close(numbers)
	done.Wait()
	return float64(count) / time.Since(begin).Seconds(), took
}

func row(what, measured, budget string) {
	fmt.Printf("  %-46s %-44s %s\n", what, measured, budget)
}
