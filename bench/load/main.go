// load plays clients against a home, and against etcd beside it, and prints a row for each measure.
//
//	load api KUBECONFIG OBJECTS     creates, reads, lists and watches ConfigMaps of 1 KB
//	load watch KUBECONFIG           the watches alone
//	load etcd ADDRESS               durable puts of the same size
//	load echo                       the round trip of one byte over loopback
package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
)

func fail(why string) {
	fmt.Fprintln(os.Stderr, "load: "+why)
	os.Exit(1)
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func main() {
	words := append(os.Args[1:], "", "", "")
	switch words[0] {
	case "api":
		objects, err := strconv.Atoi(words[2])
		check(err)
		a := open(words[1])
		a.namespace()
		a.requests(objects)
		a.watches()
		a.clean()
	case "watch":
		a := open(words[1])
		a.namespace()
		a.watches()
		a.clean()
	case "etcd":
		openEtcd(words[1]).puts()
	case "echo":
		echo()
	default:
		fail("expected api KUBECONFIG OBJECTS, watch KUBECONFIG, etcd ADDRESS or echo")
	}
}

// echo is what no server can be faster than.
func echo() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go func() {
		server, err := listener.Accept()
		check(err)
		for one := make([]byte, 1); ; {
			if _, err := server.Read(one); err != nil {
				return
			}
			server.Write(one)
		}
	}()
	client, err := net.Dial("tcp", listener.Addr().String())
	check(err)
	one := make([]byte, 1)
	_, took := run(1, 5000, func(int, int) {
		client.Write(one)
		_, err := client.Read(one)
		check(err)
	})
	row("loopback round trip", took.String(), "")
}
