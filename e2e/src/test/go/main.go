// Command clients does to a home what operators written in Go do, with their library, and prints a line for each thing tried:
// "ok NAME" or "FAIL NAME: why". Usage: clients KUBECONFIG
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	namespace = "default"
	patience  = 20 * time.Second
)

type check struct {
	name string
	run  func(context.Context, *rest.Config) error
}

var checks = []check{
	{"objects travel as protobuf", objectsAsProtobuf},
	{"every kind of patch is taken", patches},
	{"lists come in chunks", chunks},
	{"an informer sees what is made, changed and deleted", informer},
	{"a dynamic informer follows a kind of the owner's", dynamicInformer},
	{"discovery maps every preferred kind", discoverKinds},
	{"one of two candidates leads, and the other takes the seat given back", leaderElection},
}

func main() {
	config, err := clientcmd.BuildConfigFromFlags("", os.Args[1])
	if err != nil {
		fmt.Println("FAIL the kubeconfig is read:", err)
		os.Exit(1)
	}
	config.QPS, config.Burst = 500, 500
	failed := false
	for _, check := range checks {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		err := check.run(ctx, rest.CopyConfig(config))
		cancel()
		if err == nil {
			fmt.Println("ok", check.name)
			continue
		}
		fmt.Printf("FAIL %s: %v\n", check.name, err)
		failed = true
	}
	if failed {
		os.Exit(1)
	}
}

func asProtobuf(config *rest.Config) *rest.Config {
	config.ContentType = "application/vnd.kubernetes.protobuf"
	config.AcceptContentTypes = "application/vnd.kubernetes.protobuf,application/json"
	return config
}

// expect tells what was found where something else was wanted.
func expect(what string, wanted, found any) error {
	if fmt.Sprint(wanted) == fmt.Sprint(found) {
		return nil
	}
	return fmt.Errorf("%s: expected %v, found %v", what, wanted, found)
}

// first is the first error there is.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func named(name string) metav1.ObjectMeta {
	return metav1.ObjectMeta{Name: name, Namespace: namespace, Labels: map[string]string{"made-by": "go"}}
}
