package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"time"
)

const (
	// As many as a busy home with many clients has; each is one TCP connection that carries many requests.
	connectionsMax = 8
	namespace      = "bench"
	maps           = "/api/v1/namespaces/" + namespace + "/configmaps"
)

// An api is a Kubernetes API, reached over HTTP/2 and TLS as client-go does.
type api struct {
	server  string
	clients []*http.Client
}

func field(kubeconfig []byte, name string) string {
	found := regexp.MustCompile(name + `:\s*"?([^"\s]+)`).FindSubmatch(kubeconfig)
	if found == nil {
		fail("the kubeconfig has no " + name)
	}
	return string(found[1])
}

func decoded(kubeconfig []byte, name string) []byte {
	bytes, err := base64.StdEncoding.DecodeString(field(kubeconfig, name))
	check(err)
	return bytes
}

func open(kubeconfigFile string) *api {
	kubeconfig, err := os.ReadFile(kubeconfigFile)
	check(err)
	pair, err := tls.X509KeyPair(decoded(kubeconfig, "client-certificate-data"), decoded(kubeconfig, "client-key-data"))
	check(err)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(decoded(kubeconfig, "certificate-authority-data"))
	api := &api{server: field(kubeconfig, "server")}
	for range connectionsMax {
		trust := &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{pair}}
		api.clients = append(api.clients, &http.Client{Transport: &http.Transport{TLSClientConfig: trust, ForceAttemptHTTP2: true}})
	}
	return api
}

// send fails the whole run on any refusal: a rate of errors is no rate.
func (a *api) send(client int, method, path, body string) *http.Response {
	request, err := http.NewRequest(method, a.server+path, strings.NewReader(body))
	check(err)
	request.Header.Set("Content-Type", "application/json")
	response, err := a.clients[client%len(a.clients)].Do(request)
	check(err)
	if response.StatusCode >= 300 {
		told, _ := io.ReadAll(response.Body)
		fail(fmt.Sprintf("%s %s: %s %s", method, path, response.Status, told))
	}
	return response
}

func (a *api) call(client int, method, path, body string) int64 {
	response := a.send(client, method, path, body)
	defer response.Body.Close()
	length, err := io.Copy(io.Discard, response.Body)
	check(err)
	return length
}

// configMap of about 1 KB.
func configMap(name string) string {
	return fmt.Sprintf(`{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"value":"%s"}}`, name, strings.Repeat("x", 1000))
}

func (a *api) create(series string, clients, count int) (float64, *timings) {
	return run(clients, count, func(client, number int) {
		a.call(client, "POST", maps, configMap(fmt.Sprintf("%s-%d", series, number)))
	})
}

func (a *api) namespace() {
	a.call(0, "POST", "/api/v1/namespaces", `{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"`+namespace+`"}}`)
}

func (a *api) requests(objects int) {
	a.create("warm", 16, min(objects/4, 4000)) // a just-started JVM still compiles: cold and warm are apart
	_, single := a.create("one", 1, min(objects/8, 2000))
	row("create, 1 client", single.String(), "p50 1.05 ms")
	rate, took := a.create("many", 16, min(objects/4, 8000))
	row("create, 16 clients", fmt.Sprintf("%.0f per s; %s", rate, took), "")
	rate, took = a.create("most", 128, objects)
	row("create, 128 clients", fmt.Sprintf("%.0f per s; %s", rate, took), "9,900 per s")
	get := func(client, number int) { a.call(client, "GET", fmt.Sprintf("%s/most-%d", maps, number), "") }
	_, took = run(1, min(objects, 3000), get)
	row("GET, 1 client", took.String(), "p50 0.33 ms")
	rate, took = run(16, objects, get)
	row("GET, 16 clients", fmt.Sprintf("%.0f per s; %s", rate, took), "12,350 per s")
	var length int64
	_, took = run(1, 7, func(int, int) { length = a.call(0, "GET", maps, "") })
	row(fmt.Sprintf("LIST of all (%d MB)", length/1e6), took.String(), "p50 120 ms at 46 MB")
}

func (a *api) clean() {
	begin := time.Now()
	a.call(0, "DELETE", maps, "")
	row("delete of all", fmt.Sprintf("%.1f s", time.Since(begin).Seconds()), "")
}

// body lets a watch be read line by line.
func (a *api) watch(client int, resourceVersion string) io.ReadCloser {
	return a.send(client, "GET", maps+"?watch=1&resourceVersion="+resourceVersion, "").Body
}

func version(list []byte) string {
	found := regexp.MustCompile(`"resourceVersion":\s*"(\d+)"`).FindSubmatch(list)
	if found == nil {
		fail("the list has no resourceVersion")
	}
	return string(bytes.Clone(found[1]))
}
