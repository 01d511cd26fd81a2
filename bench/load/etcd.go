package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
)

// etcd is the rival of our store: durable puts of the same size, over gRPC as its own clients speak it.
type etcd struct {
	server string
	client *http.Client
}

func openEtcd(address string) *etcd {
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	return &etcd{"http://" + address, &http.Client{Transport: &http.Transport{Protocols: protocols}}}
}

// message is a PutRequest: field 1 the key, field 2 the value; a gRPC frame has five bytes before it.
func message(key string, value []byte) []byte {
	content := lengthDelimited(lengthDelimited(nil, 1, []byte(key)), 2, value)
	frame := binary.BigEndian.AppendUint32([]byte{0}, uint32(len(content)))
	return append(frame, content...)
}

func lengthDelimited(to []byte, field byte, content []byte) []byte {
	return append(binary.AppendUvarint(append(to, field<<3|2), uint64(len(content))), content...)
}

func (e *etcd) put(key string, value []byte) {
	request, err := http.NewRequest("POST", e.server+"/etcdserverpb.KV/Put", bytes.NewReader(message(key, value)))
	check(err)
	request.Header.Set("Content-Type", "application/grpc")
	request.Header.Set("TE", "trailers")
	response, err := e.client.Do(request)
	check(err)
	_, err = io.Copy(io.Discard, response.Body)
	check(err)
	response.Body.Close()
	if status := response.Trailer.Get("Grpc-Status") + response.Header.Get("Grpc-Status"); status != "0" {
		fail("etcd says " + status + " " + response.Trailer.Get("Grpc-Message"))
	}
}

func (e *etcd) puts() {
	value := bytes.Repeat([]byte("x"), 1000)
	for _, clients := range []int{128, 1, 128} {
		count := 20_000
		if clients == 1 {
			count = 2_000
		}
		rate, took := run(clients, count, func(_, number int) { e.put(fmt.Sprintf("/bench/%d", number), value) })
		row(fmt.Sprintf("etcd, durable put, %d clients", clients), fmt.Sprintf("%.0f per s; %s", rate, took), "")
	}
}
