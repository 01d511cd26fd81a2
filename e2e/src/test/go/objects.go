package main

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	corev1apply "k8s.io/client-go/applyconfigurations/core/v1"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/util/retry"
)

func objectsAsProtobuf(ctx context.Context, config *rest.Config) error {
	core, err := corev1client.NewForConfig(asProtobuf(config))
	if err != nil {
		return err
	}
	quota := &corev1.ResourceQuota{ObjectMeta: named("protobuf"), Spec: corev1.ResourceQuotaSpec{
		Hard: corev1.ResourceList{corev1.ResourcePods: resource.MustParse("100"), corev1.ResourceRequestsMemory: resource.MustParse("64Gi")}}}
	made, err := core.ResourceQuotas(namespace).Create(ctx, quota, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	_, again := core.ResourceQuotas(namespace).Create(ctx, quota, metav1.CreateOptions{})
	changed := made
	// The quota's controller writes its status meanwhile, so this client does what every client does: it reads again and tries again.
	err = retry.RetryOnConflict(retry.DefaultRetry, func() error {
		changed, err = core.ResourceQuotas(namespace).Get(ctx, "protobuf", metav1.GetOptions{})
		if err != nil {
			return err
		}
		changed.Spec.Hard[corev1.ResourcePods] = resource.MustParse("50")
		changed, err = core.ResourceQuotas(namespace).Update(ctx, changed, metav1.UpdateOptions{})
		return err
	})
	if err != nil {
		return err
	}
	list, err := core.ResourceQuotas(namespace).List(ctx, metav1.ListOptions{LabelSelector: "made-by=go"})
	if err != nil {
		return err
	}
	return first(
		expect("creating again is AlreadyExists", true, apierrors.IsAlreadyExists(again)),
		expect("a quantity keeps its form", "64Gi", changed.Spec.Hard.Name(corev1.ResourceRequestsMemory, "").String()),
		expect("listed", 1, len(list.Items)),
		expect("its pods", "50", list.Items[0].Spec.Hard.Pods().String()),
		core.ResourceQuotas(namespace).Delete(ctx, "protobuf", metav1.DeleteOptions{}))
}

func patches(ctx context.Context, config *rest.Config) error {
	core, err := corev1client.NewForConfig(config)
	if err != nil {
		return err
	}
	maps := core.ConfigMaps(namespace)
	if _, err := maps.Create(ctx, &corev1.ConfigMap{ObjectMeta: named("patched"), Data: map[string]string{"a": "1"}}, metav1.CreateOptions{}); err != nil {
		return err
	}
	for kind, body := range map[types.PatchType]string{
		types.JSONPatchType:           `[{"op":"add","path":"/data/json","value":"1"}]`,
		types.MergePatchType:          `{"data":{"merge":"1"}}`,
		types.StrategicMergePatchType: `{"data":{"strategic":"1"}}`,
	} {
		if _, err := maps.Patch(ctx, "patched", kind, []byte(body), metav1.PatchOptions{}); err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
	}
	applied := corev1apply.ConfigMap("patched", namespace).WithData(map[string]string{"apply": "1"})
	if _, err := maps.Apply(ctx, applied, metav1.ApplyOptions{FieldManager: "go", Force: true}); err != nil {
		return err
	}
	found, err := maps.Get(ctx, "patched", metav1.GetOptions{})
	if err != nil {
		return err
	}
	return first(expect("entries", map[string]string{"a": "1", "json": "1", "merge": "1", "strategic": "1", "apply": "1"}, found.Data),
		maps.Delete(ctx, "patched", metav1.DeleteOptions{}))
}

func chunks(ctx context.Context, config *rest.Config) error {
	core, err := corev1client.NewForConfig(asProtobuf(config))
	if err != nil {
		return err
	}
	maps := core.ConfigMaps(namespace)
	for i := range 5 {
		name := fmt.Sprintf("chunk-%d", i)
		meta := metav1.ObjectMeta{Name: name, Labels: map[string]string{"chunk": "yes"}}
		if _, err := maps.Create(ctx, &corev1.ConfigMap{ObjectMeta: meta}, metav1.CreateOptions{}); err != nil {
			return err
		}
	}
	options := metav1.ListOptions{LabelSelector: "chunk=yes", Limit: 2}
	var names []string
	pages := 0
	for more := true; more; more = options.Continue != "" {
		page, err := maps.List(ctx, options)
		if err != nil {
			return err
		}
		pages++
		options.Continue = page.Continue
		for _, item := range page.Items {
			names = append(names, item.Name)
		}
	}
	return first(expect("names", "[chunk-0 chunk-1 chunk-2 chunk-3 chunk-4]", names), expect("pages", 3, pages),
		maps.DeleteCollection(ctx, metav1.DeleteOptions{}, metav1.ListOptions{LabelSelector: "chunk=yes"}))
}
