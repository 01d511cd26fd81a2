package main

import (
	"context"
	"fmt"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	coordinationv1 "k8s.io/client-go/kubernetes/typed/coordination/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
)

func leaderElection(ctx context.Context, config *rest.Config) error {
	leases, err := coordinationv1.NewForConfig(asProtobuf(config))
	if err != nil {
		return err
	}
	leading := make(chan string, 2)
	first, stepDown := context.WithCancel(ctx)
	defer stepDown()
	second, stop := context.WithCancel(ctx)
	defer stop()
	go campaign(first, leases, "one", leading)
	if err := leads(ctx, leading, "one"); err != nil {
		return err
	}
	go campaign(second, leases, "two", leading)
	lease, err := leases.Leases(namespace).Get(ctx, "go-chair", metav1.GetOptions{})
	if err != nil {
		return err
	}
	if err := expect("holder", "one", *lease.Spec.HolderIdentity); err != nil {
		return err
	}
	stepDown()
	return leads(ctx, leading, "two")
}

func campaign(ctx context.Context, leases coordinationv1.LeasesGetter, name string, leading chan<- string) {
	lock := &resourcelock.LeaseLock{LeaseMeta: metav1.ObjectMeta{Name: "go-chair", Namespace: namespace}, Client: leases,
		LockConfig: resourcelock.ResourceLockConfig{Identity: name}}
	leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{Lock: lock, ReleaseOnCancel: true,
		LeaseDuration: 6 * time.Second, RenewDeadline: 4 * time.Second, RetryPeriod: 300 * time.Millisecond,
		Callbacks: leaderelection.LeaderCallbacks{OnStartedLeading: func(context.Context) { leading <- name }, OnStoppedLeading: func() {}}})
}

func leads(ctx context.Context, leading <-chan string, wanted string) error {
	select {
	case name := <-leading:
		return expect("leader", wanted, name)
	case <-ctx.Done():
		return fmt.Errorf("%s never led", wanted)
	}
}
