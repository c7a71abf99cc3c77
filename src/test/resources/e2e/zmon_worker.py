"""Runs one check as ZMON's worker does, with its functions over a real API server.

Arguments: the server, its CA's file, a token, a folder for counters, a file with a node exporter's text. The command comes
by standard input; what it returns is printed as JSON.
"""
import collections
import json
import os
import re
import ssl
import sys
import urllib.request

SERVER, AUTHORITY, TOKEN, COUNTERS, EXPORTER = sys.argv[1:]
SECONDS = 60.0


def get(path):
    request = urllib.request.Request(SERVER + path, headers={'Authorization': 'Bearer ' + TOKEN})
    context = ssl.create_default_context(cafile=AUTHORITY)
    with urllib.request.urlopen(request, context=context, timeout=20) as response:
        return response.read().decode()


def samples(text):
    found = collections.defaultdict(list)
    for line in text.splitlines():
        match = re.fullmatch(r'([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)', line)
        if match:
            labels = dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', match[2] or ''))
            found[match[1]].append((labels, float(match[3])))
    return found


class Kubernetes:
    def __init__(self, namespace='default'):
        self.scope = '' if namespace is None else '/namespaces/' + namespace

    def nodes(self):
        return json.loads(get('/api/v1/nodes'))['items']

    def services(self):
        return json.loads(get('/api/v1%s/services' % self.scope))['items']

    def endpoints(self):
        return json.loads(get('/api/v1%s/endpoints' % self.scope))['items']

    def metrics(self):
        return samples(get('/metrics'))


class Counter:
    """The first value has no rate yet, and one that falls has none again, as with ZMON's."""

    def __init__(self, key):
        self.file = os.path.join(COUNTERS, key)

    def per_second(self, value):
        last = float(open(self.file).read()) if os.path.exists(self.file) else value
        with open(self.file, 'w') as file:
            file.write(repr(value))
        return max(0.0, (value - last) / SECONDS)


class Http:
    def __init__(self, url, timeout=10):
        assert url == 'http://192.0.2.7:9100/metrics', url

    def prometheus(self):
        return samples(open(EXPORTER).read())


names = {'kubernetes': Kubernetes, 'counter': Counter, 'http': Http, 'entity': {'internal_ip': '192.0.2.7'}}
exec(compile(sys.stdin.read(), 'command', 'exec'), names)
print(json.dumps(names['check'](), sort_keys=True))
