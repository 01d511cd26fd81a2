package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/cache"
)

// seen counts what an informer tells.
type seen struct{ added, updated, deleted atomic.Int32 }

func (s *seen) handler() cache.ResourceEventHandlerFuncs {
	return cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { s.added.Add(1) },
		UpdateFunc: func(old, now any) { s.updated.Add(1) },
		DeleteFunc: func(any) { s.deleted.Add(1) },
	}
}

func (s *seen) until(ctx context.Context, added, updated, deleted int32) error {
	err := wait.PollUntilContextCancel(ctx, 20*time.Millisecond, true, func(context.Context) (bool, error) {
		return s.added.Load() >= added && s.updated.Load() >= updated && s.deleted.Load() >= deleted, nil
	})
	if err != nil {
		return fmt.Errorf("expected %d/%d/%d added/updated/deleted, saw %d/%d/%d: %w", added, updated, deleted,
			s.added.Load(), s.updated.Load(), s.deleted.Load(), err)
	}
	return nil
}

func informer(ctx context.Context, config *rest.Config) error {
	core, err := corev1client.NewForConfig(asProtobuf(config))
	if err != nil {
		return err
	}
	source := cache.NewListWatchFromClient(core.RESTClient(), "secrets", namespace, fields.OneTermEqualSelector("type", "oikos.home/go"))
	secrets := cache.NewSharedIndexInformer(source, &corev1.Secret{}, 0, cache.Indexers{})
	var saw seen
	if _, err := secrets.AddEventHandler(saw.handler()); err != nil {
		return err
	}
	go secrets.RunWithContext(ctx)
	if !cache.WaitForCacheSync(ctx.Done(), secrets.HasSynced) {
		return fmt.Errorf("the cache was never filled")
	}
	secret := &corev1.Secret{ObjectMeta: named("watched"), Type: "oikos.home/go", Data: map[string][]byte{"k": []byte("v")}}
	made, err := core.Secrets(namespace).Create(ctx, secret, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	made.Data["k"] = []byte("w")
	_, err = core.Secrets(namespace).Update(ctx, made, metav1.UpdateOptions{})
	return first(err, saw.until(ctx, 1, 1, 0), core.Secrets(namespace).Delete(ctx, "watched", metav1.DeleteOptions{}), saw.until(ctx, 1, 1, 1))
}

var deviceModels = schema.GroupVersionResource{Group: "oikos.home", Version: "v1alpha1", Resource: "devicemodels"}

func dynamicInformer(ctx context.Context, config *rest.Config) error {
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := dynamicinformer.NewDynamicSharedInformerFactory(client, time.Minute)
	models := factory.ForResource(deviceModels).Informer()
	var saw seen
	if _, err := models.AddEventHandler(saw.handler()); err != nil {
		return err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	before := saw.added.Load()
	model := &unstructured.Unstructured{Object: map[string]any{"apiVersion": "oikos.home/v1alpha1", "kind": "DeviceModel",
		"metadata": map[string]any{"name": "made-in-go"},
		"spec":     map[string]any{"properties": []any{map[string]any{"name": "on", "type": "Boolean", "writable": true}}}}}
	if _, err := client.Resource(deviceModels).Create(ctx, model, metav1.CreateOptions{FieldValidation: "Strict"}); err != nil {
		return err
	}
	return first(saw.until(ctx, before+1, 0, 0), client.Resource(deviceModels).Delete(ctx, "made-in-go", metav1.DeleteOptions{}),
		saw.until(ctx, before+1, 0, 1))
}

func discoverKinds(_ context.Context, config *rest.Config) error {
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return err
	}
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(client))
	for _, kind := range []schema.GroupKind{{Kind: "Pod"}, {Group: "apps", Kind: "Deployment"}, {Group: "batch", Kind: "CronJob"},
		{Group: "oikos.home", Kind: "Device"}, {Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition"}} {
		if _, err := mapper.RESTMapping(kind); err != nil {
			return err
		}
	}
	_, err = client.OpenAPISchema()
	return err
}
