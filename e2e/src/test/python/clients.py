"""Does to a home what scripts written in Python do, with their library, and prints a line for each thing tried:
"ok NAME" or "FAIL NAME: why". Usage: clients.py KUBECONFIG"""
import sys
import traceback

from kubernetes import client, config, dynamic, watch
from kubernetes.client.rest import ApiException

NAMESPACE = 'default'


def config_map(name, **data):
    return client.V1ConfigMap(metadata=client.V1ObjectMeta(name=name, labels={'made-by': 'python'}), data=data)


def objects(core):
    core.create_namespaced_config_map(NAMESPACE, config_map('python', k='v'))
    try:
        core.create_namespaced_config_map(NAMESPACE, config_map('python'))
        raise AssertionError('the same name was taken twice')
    except ApiException as refused:
        assert refused.status == 409 and 'AlreadyExists' in refused.body, refused
    core.patch_namespaced_config_map('python', NAMESPACE, {'data': {'patched': 'yes'}})
    found = core.list_namespaced_config_map(NAMESPACE, label_selector='made-by=python').items
    assert [one.data for one in found] == [{'k': 'v', 'patched': 'yes'}], found
    core.delete_namespaced_config_map('python', NAMESPACE)


def watches(core):
    core.create_namespaced_config_map(NAMESPACE, config_map('python-watched'))
    saw = []
    for event in watch.Watch().stream(core.list_namespaced_config_map, NAMESPACE, label_selector='made-by=python', timeout_seconds=15):
        saw.append(event['type'])
        if event['type'] == 'ADDED':
            core.patch_namespaced_config_map('python-watched', NAMESPACE, {'data': {'k': 'v'}})
        elif event['type'] == 'MODIFIED':
            core.delete_namespaced_config_map('python-watched', NAMESPACE)
        else:
            break
    assert saw == ['ADDED', 'MODIFIED', 'DELETED'], saw


def dynamic_kinds(core):
    models = dynamic.DynamicClient(core.api_client).resources.get(api_version='oikos.home/v1alpha1', kind='DeviceModel')
    body = {'apiVersion': 'oikos.home/v1alpha1', 'kind': 'DeviceModel', 'metadata': {'name': 'made-in-python'},
            'spec': {'properties': [{'name': 'on', 'type': 'Boolean', 'writable': True}]}}
    models.server_side_apply(body=body, name='made-in-python', field_manager='python')
    assert models.get(name='made-in-python').spec.properties[0].writable
    models.delete(name='made-in-python')


CHECKS = {'objects are made, patched, listed and deleted': objects, 'a watch tells what happens in order': watches,
          'a dynamic client applies a kind of the owner\'s': dynamic_kinds}


def main():
    config.load_kube_config(sys.argv[1])
    failed = False
    for name, check in CHECKS.items():
        try:
            check(client.CoreV1Api())
            print('ok', name)
        except Exception:
            failed = True
            print(f'FAIL {name}:', traceback.format_exc().replace('\n', ' / '))
    sys.exit(failed)


main()
